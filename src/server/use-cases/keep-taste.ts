/** A person's taste: what they said and imported is kept sealed, what they did is read from their workouts, nothing is shared. */
import { forget, forgetAll, sayOfArtist, sayOfTrack } from "#domain/taste/change.ts";
import {
  type ArtistWord,
  type LearnedSource,
  type SaidTaste,
  type TrackWord,
} from "#domain/taste/evidence.ts";
import type { TasteImport } from "#domain/taste/imports.ts";
import { trackMatcher } from "#domain/taste/matching.ts";
import { artistKey } from "#domain/taste/names.ts";
import type { TasteTrack, TrackTaste } from "#domain/taste/model.ts";
import { noTaste, type PlannerTaste } from "#domain/taste/planner-taste.ts";
import { signalsOf, type TasteSignal } from "#domain/taste/signals.ts";
import type { Clock } from "#server/ports/environment.ts";
import type { Sealer } from "#server/ports/sealer.ts";
import type { TasteStore } from "#server/ports/taste-store.ts";
import type { Consents } from "./consents.ts";
import type { CountedTracks } from "./counted-tracks.ts";
import type { Lessons } from "./lessons.ts";
import { LearnedTaste, type TasteModel } from "./learned-taste.ts";
import { saidRow, SealedTaste, type KeptTaste } from "./sealed-taste.ts";
import { countOf, freeId, mustBeNew, type ImportCount } from "./taste-imports.ts";

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
  kept(personId: string): Promise<KeptTaste>;
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

const nobodysTaste: TasteModel = () => ({ taste: 0.5, banned: false, word: null, reasons: [] });

class TasteKeeper implements KeepTaste {
  readonly #parts: KeepTasteParts;
  readonly #kept: SealedTaste;
  readonly #learned: LearnedTaste;
  readonly #writes = new Map<string, Promise<void>>();

  constructor(parts: KeepTasteParts) {
    this.#parts = parts;
    this.#kept = new SealedTaste(parts.taste, parts.sealer);
    this.#learned = new LearnedTaste(parts, this.#kept);
    parts.consents.onChange(async ({ personId }) => this.#learned.drop(personId));
  }

  async model({ personId, isApp }: TasteViewer): Promise<TasteModel> {
    if (personId === null) return nobodysTaste;
    const { model, modelForApps } = await this.#learned.of(personId);
    return isApp ? modelForApps : model;
  }

  async forPlanner(viewer: TasteViewer): Promise<{ taste: PlannerTaste; version: string }> {
    if (viewer.personId === null) return { taste: noTaste, version: "nobody" };
    const [{ version }, model, names] = await Promise.all([
      this.#learned.of(viewer.personId),
      this.model(viewer),
      this.#learned.names(),
    ]);
    const tastes = new Map<string, number>();
    const banned = new Set<string>();
    for (const name of names) {
      const { taste, banned: isBanned } = model(name);
      if (taste !== 0.5) tastes.set(name.id, taste);
      if (isBanned) banned.add(name.id);
    }
    // To an app nothing that workouts told.
    const heard = viewer.isApp ? noTaste.heard : (await this.#learned.of(viewer.personId)).heard;
    return { taste: { tastes, banned, heard }, version: `${version} ${viewer.isApp}` };
  }

  async likedTempos(personId: string): Promise<readonly number[]> {
    const [{ model }, names] = await Promise.all([this.#learned.of(personId), this.#learned.names()]);
    return names
      .filter((name) => name.tempoBpm > 0 && model(name).taste >= likedFrom && !model(name).banned)
      .map(({ tempoBpm }) => tempoBpm)
      .toSorted((a, b) => a - b);
  }

  async wordOnArtist(personId: string, artist: string): Promise<ArtistWord | null> {
    const { said } = await this.#learned.of(personId);
    return new Map(Object.entries(said.artists)).get(artistKey(artist))?.word ?? null;
  }

  async signals(personId: string): Promise<{ signals: readonly TasteSignal[]; usesWorkouts: boolean }> {
    const [{ said, model, usesWorkouts }, names] = await Promise.all([
      this.#learned.of(personId),
      this.#learned.names(),
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

  kept(personId: string): Promise<KeptTaste> {
    return this.#kept.read(personId);
  }

  async imports(personId: string): Promise<readonly ImportCount[]> {
    const { imports } = await this.#learned.of(personId);
    if (imports.length === 0) return [];
    const matcher = trackMatcher(await this.#learned.names());
    return imports.map((one) => countOf(one, matcher)).toSorted((a, b) => b.importedAtMs - a.importedAtMs);
  }

  async addImport(personId: string, added: Omit<TasteImport, "id">): Promise<ImportCount> {
    let kept: TasteImport = { ...added, id: "" };
    await this.#inTurn(personId, async () => {
      const { imports } = await this.#kept.read(personId);
      kept = { ...added, id: freeId(imports, added.importedAtMs) };
      mustBeNew(imports, kept);
      await this.#kept.put(personId, kept.id, kept);
      this.#learned.changed(personId);
    });
    return countOf(kept, trackMatcher(await this.#learned.names()));
  }

  async removeImport(personId: string, id: string): Promise<boolean> {
    if (id === saidRow || !(await this.imports(personId)).some((known) => known.id === id)) return false;
    await this.#kept.remove(personId, id);
    this.#learned.changed(personId);
    return true;
  }

  drop(personId: string): void {
    this.#learned.drop(personId);
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
      const { said } = await this.#kept.read(personId);
      await this.#kept.put(personId, saidRow, change(said, this.#parts.clock.nowMs()));
      this.#learned.changed(personId);
    });
  }

  #inTurn(personId: string, write: () => Promise<void>): Promise<void> {
    const before = this.#writes.get(personId) ?? Promise.resolve();
    const changed = before.catch(() => undefined).then(write);
    this.#writes.set(personId, changed);
    return changed;
  }
}

/** Forgets what it has learned when a person changes what they allow, before that change is answered. */
export function createKeepTaste(parts: KeepTasteParts): KeepTaste {
  return new TasteKeeper(parts);
}
