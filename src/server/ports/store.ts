/**
 * What the server keeps. Small ports, each with an in-memory twin; one contract test runs over every adapter.
 * A resolved promise of a writing method means: durable, also after kill -9 or a power cut.
 */
import type { Track, TrackSource } from "#domain/track.ts";
import type { AuditStore } from "./audit.ts";
import type { ConsentStore } from "./consents.ts";
import type { DataKeyStore } from "./data-keys.ts";
import type { EmbeddingStore } from "./embedder.ts";
import type { OauthStore } from "./oauth.ts";
import type { OwnClassStore } from "./own-classes.ts";
import type { PasskeyStore } from "./passkeys.ts";
import type { UsageStore } from "./usage.ts";
import type { WebhookStore } from "./webhooks.ts";
import type { RetentionStore } from "./retention.ts";
import type { TasteStore } from "./taste-store.ts";
import type { GridStore } from "./grids.ts";
import type { SoundStore } from "./sounds.ts";

/** A file of the library: what was found, when, and what became of it. */
export interface LibraryFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** The track it became, or why it did not become one. */
  readonly outcome: { readonly trackId: string } | { readonly reason: string };
}

export interface TrackListOptions {
  readonly limit: number;
  readonly cursor: string | null;
  readonly confident?: boolean;
}

export interface TrackPage {
  readonly items: readonly Track[];
  readonly nextCursor: string | null;
}

export interface TrackName extends Pick<Track, "id" | "title" | "artist"> {
  /** 0 without a usable grid. */
  readonly tempoBpm: number;
}

/** The picture of a track, as found in its file. */
export interface Cover {
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

/** Tracks are read with the grid kept for them (`GridStore`), and written with the one analysis found. */
export interface TrackStore {
  /** Insert or replace, with its file and its cover. */
  putTrack(track: Track, file: LibraryFile, cover?: Cover | null): Promise<void>;
  putFailure(file: LibraryFile): Promise<void>;
  getTrack(id: string): Promise<Track | null>;
  /** Absolute path of the audio file of a track. */
  audioPath(id: string): Promise<string | null>;
  getCover(id: string): Promise<Cover | null>;
  /** By artist, then title; with `confident`, only tracks whose grid is sure (true) or unsure (false). */
  listTracks(options: TrackListOptions): Promise<TrackPage>;
  allTracks(): Promise<readonly Track[]>;
  /** Every track by name and tempo alone, in the order of `listTracks`: light enough for a library of any size. */
  trackNames(): Promise<readonly TrackName[]>;
  countTracks(): Promise<Readonly<Record<TrackSource, number>>>;
  getFile(path: string): Promise<LibraryFile | null>;
  /** Every file known, tracks and failures, in no order. */
  allFiles(): Promise<readonly LibraryFile[]>;
  failures(): Promise<readonly LibraryFile[]>;
  /** Forgets a file; a track without any file left goes with it. */
  removeFile(path: string): Promise<void>;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: "owner" | "member";
  /** scrypt hash with its parameters; null while no password is set. */
  readonly passwordHash: string | null;
  /** A passkey is asked for beside the password. */
  readonly asksPasskey: boolean;
}

export interface Session {
  /** SHA-256 of the cookie's secret, hex. */
  readonly tokenHash: string;
  readonly personId: string;
  /** What the browser said it is; "" when it said nothing. */
  readonly device: string;
  readonly createdAtMs: number;
  readonly lastUsedAtMs: number;
  readonly expiresAtMs: number;
}

/** A one-time link that makes a member of whoever holds it. */
export interface Invitation {
  readonly id: string;
  /** SHA-256 of the link's secret, hex. */
  readonly tokenHash: string;
  /** For whom it was made. */
  readonly name: string;
  readonly expiresAtMs: number;
}

export interface PeopleStore {
  putPerson(person: Person): Promise<void>;
  getPerson(id: string): Promise<Person | null>;
  owner(): Promise<Person | null>;
  /** The owner and the members, in order of their ids. */
  everybody(): Promise<readonly Person[]>;
  /** Forgets a member and their sessions; an owner stays. */
  removeMember(id: string): Promise<void>;
  putSession(session: Session): Promise<void>;
  getSession(tokenHash: string): Promise<Session | null>;
  sessionsOf(personId: string): Promise<readonly Session[]>;
  removeSession(tokenHash: string): Promise<void>;
  /** Signs a person out everywhere. */
  removeSessionsOf(personId: string): Promise<void>;
  /** Forgets the sessions of everybody that have ended by now. */
  removeExpiredSessions(nowMs: number): Promise<void>;
  /** Remembers that a browser has signed in as this person, by the hash of its secret. */
  putDevice(personId: string, tokenHash: string): Promise<void>;
  isDeviceOf(personId: string, tokenHash: string): Promise<boolean>;
  putInvitation(invitation: Invitation): Promise<void>;
  invitations(): Promise<readonly Invitation[]>;
  /** Answers an invitation and forgets it: of two at once, one gets null. */
  takeInvitation(tokenHash: string): Promise<Invitation | null>;
}

/** Sealed bytes with what is needed to open them again, apart from the key. */
export interface SealedRow {
  readonly personId: string;
  readonly workoutId: string;
  readonly sealed: Uint8Array;
}

/** A workout as the store sees it: everything about it is sealed. */
export interface StoredWorkout extends SealedRow {
  readonly finished: boolean;
}

export interface WorkoutStore {
  /** Insert or replace; the head while it runs, head + end + facts once finished. */
  putWorkout(workout: StoredWorkout): Promise<void>;
  getWorkout(personId: string, workoutId: string): Promise<StoredWorkout | null>;
  /** Newest first by workout id (ids are time-ordered). */
  listWorkouts(
    personId: string,
    options: { readonly limit: number; readonly cursor: string | null },
  ): Promise<{ items: readonly StoredWorkout[]; nextCursor: string | null }>;
  /** Idempotent: the same sequence number again is accepted and changes nothing. */
  putChunk(chunk: SealedRow & { readonly sequence: number }): Promise<void>;
  chunks(
    personId: string,
    workoutId: string,
  ): Promise<readonly (SealedRow & { readonly sequence: number })[]>;
  /** Forgets the series of a workout; the workout stays. */
  removeChunks(personId: string, workoutId: string): Promise<void>;
  removeWorkout(personId: string, workoutId: string): Promise<void>;
  /** Ids of the workouts that have a series, in no order. */
  workoutsWithChunks(personId: string): Promise<readonly string[]>;
}

export interface SettingsStore {
  /** Small JSON values such as the music folders; null when never put. Server secrets are NOT among them. */
  getSetting(name: string): Promise<unknown>;
  putSetting(name: string, value: unknown): Promise<void>;
}

/** The sealed athlete profile: weight and heart rates are as intimate as a workout. */
export interface AthleteStore {
  getAthlete(personId: string): Promise<Uint8Array | null>;
  putAthlete(personId: string, sealed: Uint8Array): Promise<void>;
}

export interface ErasureStore {
  /** Deletes every row that is a person's but the person: sessions, workouts, profile, consents, data keys. */
  eraseRowsOf(personId: string): Promise<void>;
}

/** The store cannot do what was asked; `message` is one clear line for the owner of the server. */
export class StoreError extends Error {
  override name = "StoreError";
  readonly reason: StoreFailure;

  constructor(reason: StoreFailure, message: string) {
    super(message);
    this.reason = reason;
  }
}
export type StoreFailure = "full" | "read-only" | "in-use" | "damaged" | "closed" | "other";

export interface Store {
  readonly tracks: TrackStore;
  readonly grids: GridStore;
  readonly sounds: SoundStore;
  readonly people: PeopleStore;
  readonly passkeys: PasskeyStore;
  readonly workouts: WorkoutStore;
  readonly settings: SettingsStore;
  readonly athletes: AthleteStore;
  readonly consents: ConsentStore;
  readonly dataKeys: DataKeyStore;
  readonly audit: AuditStore;
  readonly erasure: ErasureStore;
  readonly ownClasses: OwnClassStore;
  readonly oauth: OauthStore;
  readonly usage: UsageStore;
  readonly webhooks: WebhookStore;
  readonly taste: TasteStore;
  readonly retention: RetentionStore;
  readonly embeddings: EmbeddingStore;
  /** A consistent copy of everything, written to a file that must not exist yet. */
  backup(path: string): Promise<void>;
  close(): Promise<void>;
}
