/** A person's taste: what they said and imported is kept sealed, what they did is read from their workouts, nothing is shared. */
import { forget, forgetAll, sayOfArtist, sayOfTrack } from "#domain/taste/change.ts";
import {
  freshness,
  nothingSaid,
  type ArtistWord,
  type HeardTrack,
  type LearnedSource,
  type SaidTaste,
  type TrackWord,
} from "#domain/taste/evidence.ts";
import { importedEvidence, nothingImported, type TasteImport } from "#domain/taste/imports.ts";
import { trackMatcher } from "#domain/taste/matching.ts";
import { artistKey } from "#domain/taste/names.ts";
import { tasteModel, type TasteTrack, type TrackTaste } from "#domain/taste/model.ts";
import { noTaste, type PlannerTaste } from "#domain/taste/planner-taste.ts";
import { signalsOf, type TasteSignal } from "#domain/taste/signals.ts";
import type { Clock } from "#server/ports/environment.ts";
import type { KeptWorkout } from "#server/ports/biometrics.ts";
import { SealError, type Sealer } from "#server/ports/sealer.ts";
import type { TrackName } from "#server/ports/store.ts";
import type { TasteStore } from "#server/ports/taste-store.ts";
import type { Consents } from "./consents.ts";
import type { CountedTracks } from "./counted-tracks.ts";
import type { Lesson, Lessons } from "./lessons.ts";
import { countOf, freeId, mustBeNew, type ImportCount } from "./taste-imports.ts";

/** The row that holds what a person said; imports have rows of their own. */
const saidRow = "said";
const dayMs = 86_400_000;
/** From this taste on a track counts as liked. */
const likedFrom = 0.65;

/** Who gets to see a taste: the person, or an app that acts for them. Nobody (a service account) has none. */
export interface TasteViewer {
  readonly personId: string | null;
  /** An app sees what was said and imported; what workouts told is not shared by allowing suggestions. */
  readonly isApp: boolean;
}

export interface KeepTaste {
  /** How much a person likes tracks, and why. */
  model(viewer: TasteViewer): Promise<(track: TasteTrack) => TrackTaste>;
  /** The same for the whole library; `version` changes when the taste may have. */
  forPlanner(viewer: TasteViewer): Promise<{ readonly taste: PlannerTaste; readonly version: string }>;
  wordOnArtist(personId: string, artist: string): Promise<ArtistWord | null>;
  /** Tempos of the tracks this person likes, ascending; those without a usable grid are left out. */
  likedTempos(personId: string): Promise<readonly number[]>;
  /** Everything a taste is made of, and whether workouts may count in it. */
  signals(
    personId: string,
  ): Promise<{ readonly signals: readonly TasteSignal[]; readonly usesWorkouts: boolean }>;
  /** Null takes the word back. */
  sayOfTrack(personId: string, trackId: string, word: TrackWord | null): Promise<void>;
  sayOfArtist(personId: string, artist: string, word: ArtistWord | null): Promise<void>;
  /** What was learned so far from a source, of one track or of all (null), counts no more. */
  forget(personId: string, source: LearnedSource, trackId: string | null): Promise<void>;
  /** Forgets all words, all imports and all that was learned so far. */
  reset(personId: string): Promise<void>;
  imports(personId: string): Promise<readonly ImportCount[]>;
  /** Rejects with `Refusal` "conflict" when it is there already, or there are too many. */
  addImport(personId: string, added: Omit<TasteImport, "id">): Promise<ImportCount>;
  removeImport(personId: string, id: string): Promise<boolean>;
  /** All that is kept, as it is kept. */
  kept(personId: string): Promise<{ readonly said: SaidTaste; readonly imports: readonly TasteImport[] }>;
  /** Forgets what is held in memory of a person. */
  drop(personId: string): void;
  /** Makes what was kept with the tracks, before taste was a person's, the owner's words. */
  adoptEarlier(ownerId: string): Promise<void>;
}

export interface KeepTasteParts {
  readonly taste: TasteStore;
  readonly sealer: Sealer;
  readonly library: CountedTracks;
  readonly lessons: Lessons;
  readonly consents: Pick<Consents, "onChange">;
  readonly clock: Clock;
}

type TasteModel = (track: TasteTrack) => TrackTaste;

interface Kept {
  readonly said: SaidTaste;
  readonly imports: readonly TasteImport[];
}

interface Known extends Kept {
  /** Of tracks heard in workouts, as far as those may count. */
  readonly heard: ReadonlyMap<string, number>;
  readonly version: string;
  readonly usesWorkouts: boolean;
  readonly model: TasteModel;
  readonly modelForApps: TasteModel;
}

/** A simulated or replayed athlete has no taste: only what somebody chose (a skip) counts there, never the effort. */
function isOwnEffort(source: string): boolean {
  return source !== "simulated" && source !== "replay";
}

function heardIn({ head, end, facts }: KeptWorkout): HeardTrack[] {
  if (end === null) return [];
  const efforts = isOwnEffort(head.source)
    ? new Map((facts?.trackEffort ?? []).map(({ startS, effortPct }) => [startS, effortPct]))
    : null;
  return end.trackPlays.map(({ trackId, startS, endS, skipped }) => ({
    trackId,
    atMs: head.startedAtMs + startS * 1000,
    heardS: endS - startS,
    skipped,
    effortPct: efforts?.get(startS) ?? null,
  }));
}

const nobodysTaste: TasteModel = () => ({ taste: 0.5, banned: false, word: null, reasons: [] });

class TasteKeeper implements KeepTaste {
  readonly #parts: KeepTasteParts;
  readonly #known = new Map<string, Promise<Known>>();
  readonly #writes = new Map<string, Promise<void>>();
  readonly #versions = new Map<string, number>();
  #names: { readonly version: number; readonly names: Promise<readonly TrackName[]> } | null = null;

  constructor(parts: KeepTasteParts) {
    this.#parts = parts;
    parts.consents.onChange(async ({ personId }) => {
      this.#known.delete(personId);
    });
  }

  async model({ personId, isApp }: TasteViewer): Promise<TasteModel> {
    if (personId === null) return nobodysTaste;
    const { model, modelForApps } = await this.#knownOf(personId);
    return isApp ? modelForApps : model;
  }

  async forPlanner(viewer: TasteViewer): Promise<{ taste: PlannerTaste; version: string }> {
    if (viewer.personId === null) return { taste: noTaste, version: "nobody" };
    const [{ version }, model, names] = await Promise.all([
      this.#knownOf(viewer.personId),
      this.model(viewer),
      this.#allNames(),
    ]);
    const tastes = new Map<string, number>();
    const banned = new Set<string>();
    for (const name of names) {
      const { taste, banned: isBanned } = model(name);
      if (taste !== 0.5) tastes.set(name.id, taste);
      if (isBanned) banned.add(name.id);
    }
    // To an app nothing that workouts told.
    const heard = viewer.isApp ? noTaste.heard : (await this.#knownOf(viewer.personId)).heard;
    return { taste: { tastes, banned, heard }, version: `${version} ${viewer.isApp}` };
  }

  async likedTempos(personId: string): Promise<readonly number[]> {
    const [{ model }, names] = await Promise.all([this.#knownOf(personId), this.#allNames()]);
    return names
      .filter((name) => name.tempoBpm > 0 && model(name).taste >= likedFrom && !model(name).banned)
      .map(({ tempoBpm }) => tempoBpm)
      .toSorted((a, b) => a - b);
  }

  async wordOnArtist(personId: string, artist: string): Promise<ArtistWord | null> {
    const { said } = await this.#knownOf(personId);
    return new Map(Object.entries(said.artists)).get(artistKey(artist))?.word ?? null;
  }

  async signals(personId: string): Promise<{ signals: readonly TasteSignal[]; usesWorkouts: boolean }> {
    const [{ said, model, usesWorkouts }, names] = await Promise.all([
      this.#knownOf(personId),
      this.#allNames(),
    ]);
    return { signals: signalsOf(names, said, model), usesWorkouts };
  }

  sayOfTrack(personId: string, trackId: string, word: TrackWord | null): Promise<void> {
    return this.#change(personId, (said, nowMs) => sayOfTrack(said, trackId, word, nowMs));
  }

  sayOfArtist(personId: string, artist: string, word: ArtistWord | null): Promise<void> {
    return this.#change(personId, (said, nowMs) => sayOfArtist(said, artist, word, nowMs));
  }

  forget(personId: string, source: LearnedSource, trackId: string | null): Promise<void> {
    return this.#change(personId, (said, nowMs) => forget(said, source, trackId, nowMs));
  }

  async reset(personId: string): Promise<void> {
    await this.#change(personId, (_, nowMs) => forgetAll(nowMs));
    for (const { id } of await this.imports(personId)) await this.removeImport(personId, id);
  }

  kept(personId: string): Promise<Kept> {
    return this.#read(personId);
  }

  async imports(personId: string): Promise<readonly ImportCount[]> {
    const { imports } = await this.#knownOf(personId);
    if (imports.length === 0) return [];
    const matcher = trackMatcher(await this.#allNames());
    return imports.map((one) => countOf(one, matcher)).toSorted((a, b) => b.importedAtMs - a.importedAtMs);
  }

  async addImport(personId: string, added: Omit<TasteImport, "id">): Promise<ImportCount> {
    let kept: TasteImport = { ...added, id: "" };
    await this.#inTurn(personId, async () => {
      const { imports } = await this.#read(personId);
      kept = { ...added, id: freeId(imports, added.importedAtMs) };
      mustBeNew(imports, kept);
      await this.#put(personId, kept.id, kept);
    });
    return countOf(kept, trackMatcher(await this.#allNames()));
  }

  async removeImport(personId: string, id: string): Promise<boolean> {
    if (id === saidRow || !(await this.imports(personId)).some((known) => known.id === id)) return false;
    await this.#parts.taste.removeTaste(personId, id);
    this.#bump(personId);
    return true;
  }

  drop(personId: string): void {
    this.#known.delete(personId);
  }

  async adoptEarlier(ownerId: string): Promise<void> {
    const earlier = await this.#parts.taste.earlierTaste();
    if (earlier.length === 0) return;
    await this.#change(ownerId, (said, nowMs) =>
      earlier.reduce(
        (sum, { trackId, taste }) => sayOfTrack(sum, trackId, taste > 0.5 ? "like" : "less", nowMs),
        said,
      ),
    );
    await this.#parts.taste.forgetEarlierTaste();
  }

  /** Words change one after the other: none is lost when two come at once. */
  #change(personId: string, change: (said: SaidTaste, nowMs: number) => SaidTaste): Promise<void> {
    return this.#inTurn(personId, async () => {
      const { said } = await this.#read(personId);
      await this.#put(personId, saidRow, change(said, this.#parts.clock.nowMs()));
    });
  }

  #inTurn(personId: string, write: () => Promise<void>): Promise<void> {
    const before = this.#writes.get(personId) ?? Promise.resolve();
    const changed = before.catch(() => undefined).then(write);
    this.#writes.set(personId, changed);
    return changed;
  }

  async #put(personId: string, id: string, value: SaidTaste | TasteImport): Promise<void> {
    const plain = new TextEncoder().encode(JSON.stringify(value));
    const sealed = await this.#parts.sealer.seal({ personId, category: "taste", rowId: id }, plain);
    await this.#parts.taste.putTaste({ personId, id, sealed });
    this.#bump(personId);
  }

  async #read(personId: string): Promise<Kept> {
    const rows = await this.#parts.taste.tasteOf(personId);
    let said = nothingSaid;
    const imports: TasteImport[] = [];
    for (const { id, sealed } of rows) {
      const plain = await this.#parts.sealer.open({ personId, category: "taste", rowId: id }, sealed);
      const value = JSON.parse(new TextDecoder().decode(plain)) as unknown;
      if (id === saidRow) said = value as SaidTaste;
      else imports.push(value as TasteImport);
    }
    return { said, imports };
  }

  async #allNames(): Promise<readonly TrackName[]> {
    const { library } = this.#parts;
    const version = library.version();
    if (this.#names?.version !== version) this.#names = { version, names: library.tracks.trackNames() };
    return this.#names.names;
  }

  async #learn(personId: string, lesson: Lesson, version: string, nowMs: number): Promise<Known> {
    const kept = await this.#read(personId).catch((error: unknown) => {
      // A key that is gone takes the taste with it; the music still plays.
      if (error instanceof SealError) return { said: nothingSaid, imports: [] };
      throw error;
    });
    const imported =
      kept.imports.length === 0
        ? nothingImported
        : importedEvidence(kept.imports, trackMatcher(await this.#allNames()));
    const heard = lesson.workouts.flatMap(heardIn);
    const told = { said: kept.said, ...imported, nowMs };
    const model = tasteModel({ ...told, heard });
    const modelForApps = tasteModel({ ...told, heard: [] });
    const fresh = freshness(heard, nowMs);
    return { ...kept, version, usesWorkouts: lesson.allowed, heard: fresh, model, modelForApps };
  }

  /** Learned once, and again when something it is made of has changed; its ages move on once a day. */
  async #knownOf(personId: string): Promise<Known> {
    const { clock, library, lessons } = this.#parts;
    const lesson = await lessons.of(personId);
    const nowMs = Math.ceil((clock.nowMs() + 1) / dayMs) * dayMs;
    const changes = this.#versions.get(personId) ?? 0;
    const version = [changes, lesson.version, library.version(), nowMs].join(" ");
    const known = this.#known.get(personId);
    if (known !== undefined && (await known).version === version) return known;
    const learned = this.#learn(personId, lesson, version, nowMs);
    this.#known.set(personId, learned);
    learned.catch(() => this.#known.delete(personId));
    return learned;
  }

  #bump(personId: string): void {
    this.#versions.set(personId, (this.#versions.get(personId) ?? 0) + 1);
  }
}

/** Forgets what it has learned when a person changes what they allow, before that change is answered. */
export function createKeepTaste(parts: KeepTasteParts): KeepTaste {
  return new TasteKeeper(parts);
}
