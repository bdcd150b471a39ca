import { freshness, nothingSaid, type HeardTrack } from "#domain/taste/evidence.ts";
import { importedEvidence, nothingImported } from "#domain/taste/imports.ts";
import { trackMatcher } from "#domain/taste/matching.ts";
import { tasteModel, type TasteTrack, type TrackTaste } from "#domain/taste/model.ts";
import type { KeptWorkout } from "#server/ports/biometrics.ts";
import type { Clock } from "#server/ports/environment.ts";
import { SealError } from "#server/ports/sealer.ts";
import type { TrackName } from "#server/ports/store.ts";
import type { CountedTracks } from "./counted-tracks.ts";
import type { Lesson, Lessons } from "./lessons.ts";
import type { KeptTaste, SealedTaste } from "./sealed-taste.ts";

const dayMs = 86_400_000;

export type TasteModel = (track: TasteTrack) => TrackTaste;

interface Known extends KeptTaste {
  /** Of tracks heard in workouts, as far as those may count. */
  readonly heard: ReadonlyMap<string, number>;
  readonly version: string;
  readonly usesWorkouts: boolean;
  readonly model: TasteModel;
  readonly modelForApps: TasteModel;
}

interface Parts {
  readonly library: CountedTracks;
  readonly lessons: Lessons;
  readonly clock: Clock;
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

/** What follows from all that is known of a person's taste, held in memory until any of it changes. */
export class LearnedTaste {
  readonly #parts: Parts;
  readonly #kept: SealedTaste;
  readonly #known = new Map<string, Promise<Known>>();
  readonly #versions = new Map<string, number>();
  #names: { readonly version: number; readonly names: Promise<readonly TrackName[]> } | null = null;

  constructor(parts: Parts, kept: SealedTaste) {
    this.#parts = parts;
    this.#kept = kept;
  }

  /** What was kept of this person is another now. */
  changed(personId: string): void {
    this.#versions.set(personId, (this.#versions.get(personId) ?? 0) + 1);
  }

  drop(personId: string): void {
    this.#known.delete(personId);
  }

  async names(): Promise<readonly TrackName[]> {
    const { library } = this.#parts;
    const version = library.version();
    if (this.#names?.version !== version) this.#names = { version, names: library.tracks.trackNames() };
    return this.#names.names;
  }

  async #learn(personId: string, lesson: Lesson, version: string, nowMs: number): Promise<Known> {
    const kept = await this.#kept.read(personId).catch((error: unknown) => {
      // A key that is gone takes the taste with it; the music still plays.
      if (error instanceof SealError) return { said: nothingSaid, imports: [] };
      throw error;
    });
    const imported =
      kept.imports.length === 0
        ? nothingImported
        : importedEvidence(kept.imports, trackMatcher(await this.names()));
    const heard = lesson.workouts.flatMap(heardIn);
    const told = { said: kept.said, ...imported, nowMs };
    const model = tasteModel({ ...told, heard });
    const modelForApps = tasteModel({ ...told, heard: [] });
    const fresh = freshness(heard, nowMs);
    return { ...kept, version, usesWorkouts: lesson.allowed, heard: fresh, model, modelForApps };
  }

  /** Learned once, and again when something it is made of has changed; its ages move on once a day. */
  async of(personId: string): Promise<Known> {
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
}
