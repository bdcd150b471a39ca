/**
 * What the server keeps. Small ports, each with an in-memory twin; one contract test runs over every adapter.
 * A resolved promise of a writing method means: durable, also after kill -9 or a power cut.
 */
import type { AthleteProfile } from "#domain/athlete.ts";
import type { ClassPlan } from "#domain/class-plan.ts";
import type { Track } from "#domain/track.ts";

/** A file of the library: what was found, when, and what became of it. */
export interface LibraryFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** The track it became, or why it did not become one. */
  readonly outcome: { readonly trackId: string } | { readonly reason: string };
}

export interface TrackPage {
  readonly items: readonly Track[];
  readonly nextCursor: string | null;
}

export interface TrackStore {
  putTrack(track: Track, file: LibraryFile): Promise<void>;
  putFailure(file: LibraryFile): Promise<void>;
  getTrack(id: string): Promise<Track | null>;
  /** Absolute path of the audio file of a track. */
  audioPath(id: string): Promise<string | null>;
  listTracks(options: { readonly limit: number; readonly cursor: string | null }): Promise<TrackPage>;
  allTracks(): Promise<readonly Track[]>;
  getFile(path: string): Promise<LibraryFile | null>;
  failures(): Promise<readonly LibraryFile[]>;
  removeFile(path: string): Promise<void>;
  setTaste(trackId: string, taste: number): Promise<void>;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: "owner" | "member";
  /** scrypt hash with its parameters; null while no password is set. */
  readonly passwordHash: string | null;
}

export interface Session {
  /** SHA-256 of the cookie's secret, hex. */
  readonly tokenHash: string;
  readonly personId: string;
  readonly expiresAtMs: number;
}

export interface PeopleStore {
  putPerson(person: Person): Promise<void>;
  getPerson(id: string): Promise<Person | null>;
  owner(): Promise<Person | null>;
  putSession(session: Session): Promise<void>;
  getSession(tokenHash: string): Promise<Session | null>;
  removeSession(tokenHash: string): Promise<void>;
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
  removeWorkout(personId: string, workoutId: string): Promise<void>;
}

export interface SettingsStore {
  /** Small JSON values: music folders, server secrets are NOT among them. */
  getSetting(name: string): Promise<unknown>;
  putSetting(name: string, value: unknown): Promise<void>;
  getAthlete(personId: string): Promise<AthleteProfile | null>;
  putAthlete(personId: string, profile: AthleteProfile): Promise<void>;
}

/** Classes people imported or made; the built-in catalogue is code. */
export interface ClassStore {
  putClass(plan: ClassPlan): Promise<void>;
  getClass(id: string): Promise<ClassPlan | null>;
  listClasses(): Promise<readonly ClassPlan[]>;
  removeClass(id: string): Promise<void>;
}

export interface Store {
  readonly tracks: TrackStore;
  readonly people: PeopleStore;
  readonly workouts: WorkoutStore;
  readonly settings: SettingsStore;
  readonly classes: ClassStore;
  /** A consistent copy of everything, written to `path`. */
  backup(path: string): Promise<void>;
  close(): Promise<void>;
}
