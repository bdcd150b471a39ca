import type { SeriesRow, WorkoutEnd, WorkoutHead } from "#domain/workout.ts";
import { openIndexedStore } from "./indexed-store.ts";
import type { Leaves } from "../../ui/routes.ts";
import type { Checkpoint, Course, KeepStore, KeptWorkout } from "./kept-workout.ts";
import { MemoryKeepStore } from "./memory-keep-store.ts";
import { keepServer, noServer } from "./server.ts";
import type { KeepServer, UploadOutcome } from "./upload.ts";
import { Uploader } from "./uploader.ts";

/** Whether an effort is safe: on the server, or so far only in this browser; there too until the person has decided ("no-consent"). */
export type Keeping = "saved" | "in-this-browser" | "offline" | "no-consent";

type OutcomeListener = (id: string, outcome: UploadOutcome) => void;

/** Keeps workouts in this browser until the server has acknowledged all of them. */
export class Keep {
  readonly #store: KeepStore;
  readonly #uploader: Uploader;
  readonly #listeners = new Set<OutcomeListener>();
  readonly #keeping = new Map<string, Keeping>();
  /** Ended here: only safe once the server has the end as well. */
  readonly #finished = new Set<string>();
  /** Writes follow one another: a row must not overtake the one before. */
  #writes: Promise<unknown> = Promise.resolve();

  constructor(store: KeepStore, server: KeepServer) {
    this.#store = store;
    this.#uploader = new Uploader({ store, server, onOutcome: (id, outcome) => this.#note(id, outcome) });
  }

  /** A new workout: from here on it survives a reload. With detail "line" the server hears of it at its end only. */
  begin(head: WorkoutHead, course: Course, detail: KeptWorkout["detail"] = "full"): void {
    const fresh = { checkpoint: null, rowCount: 0, headAcknowledged: false, chunks: [], end: null };
    this.#write(head.id, () => this.#store.put({ head, course, detail, ...fresh }));
  }

  addRow(id: string, row: SeriesRow, checkpoint: Checkpoint): void {
    this.#write(id, () => this.#store.addRow(id, row, checkpoint));
  }

  /** The soundtrack changed (after a skip): going on later needs the new one. */
  changeCourse(id: string, course: Course): void {
    this.#write(id, () => this.#store.update(id, (workout) => ({ ...workout, course })));
  }

  /** It is over. Resolves when that is kept; the server hears of it as soon as it can. */
  async finish(id: string, end: WorkoutEnd): Promise<void> {
    this.#finished.add(id);
    if (this.keepingOf(id) !== "no-consent") this.#keeping.set(id, "in-this-browser");
    const write = () => this.#store.update(id, (workout) => ({ ...workout, end }));
    this.#write(id, write, true);
    await this.#writes;
  }

  /** Workouts that were begun in this browser and neither finished nor ended, newest first. */
  async unfinished(): Promise<readonly KeptWorkout[]> {
    const all = await this.#store.all();
    return all.filter(({ end }) => end === null).toSorted((a, b) => b.head.startedAtMs - a.head.startedAtMs);
  }

  get(id: string): Promise<KeptWorkout | null> {
    return this.#store.get(id);
  }

  /** Ends a workout that was interrupted and shall not go on: what was done of it stays. Nothing done: nothing stays. */
  async endAsItIs(id: string): Promise<void> {
    const workout = await this.#store.get(id);
    if (workout === null) return;
    const { checkpoint } = workout;
    if (checkpoint === null || workout.rowCount === 0) {
      await this.#store.remove(id);
      return;
    }
    await this.finish(id, {
      durationS: checkpoint.elapsedS,
      reason: "ended-early",
      trackPlays: checkpoint.trackPlays,
      blockPasses: checkpoint.blockPasses,
      distrustS: checkpoint.distrustS,
    });
  }

  /** Finished workouts the server has refused until the person decides whether they may be kept. */
  async undecided(): Promise<readonly KeptWorkout[]> {
    const all = await this.#store.all();
    return all.filter(({ head, end }) => end !== null && this.keepingOf(head.id) === "no-consent");
  }

  /** The person has said yes: what waited for that is sent. */
  async consented(): Promise<void> {
    const waiting = [...this.#keeping].filter(([, keeping]) => keeping === "no-consent");
    for (const [id] of waiting) this.#keeping.set(id, "in-this-browser");
    await this.sendAll();
  }

  /** The person has said no: what was measured is forgotten here, and only that it took place is sent. */
  async keepOnlyLine(id: string): Promise<void> {
    const bare = { trackPlays: [], blockPasses: [], distrustS: 0 };
    await this.#store.update(id, ({ end, ...workout }) => {
      const fresh = { detail: "line", headAcknowledged: false, chunks: [], rowCount: 0 } as const;
      return { ...workout, ...fresh, end: end && { ...end, ...bare } };
    });
    await this.#store.removeRows(id);
    this.#keeping.set(id, "in-this-browser");
    this.#uploader.nudge(id);
  }

  /** Sends whatever earlier pages left behind. */
  async sendAll(): Promise<void> {
    for (const { head } of await this.#store.all()) this.#uploader.nudge(head.id);
  }

  retryNow(): void {
    this.#uploader.retryNow();
  }

  keepingOf(id: string): Keeping {
    return this.#keeping.get(id) ?? "in-this-browser";
  }

  /** Hears of every attempt to send; returns how to stop that. */
  subscribe(listener: OutcomeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** While the answer would be the same, the server is not asked again with every row, only with the last word. */
  #write(id: string, write: () => Promise<unknown>, isLast = false): void {
    const nudge = (): void => {
      if (isLast || this.keepingOf(id) !== "no-consent") this.#uploader.nudge(id);
    };
    this.#writes = this.#writes
      .then(write)
      .then(nudge, (error: unknown) => console.error("Keeping the workout failed.", error));
  }

  #note(id: string, outcome: UploadOutcome): void {
    if (outcome.kind === "later") this.#keeping.set(id, "offline");
    else if (outcome.kind === "no-consent") this.#keeping.set(id, "no-consent");
    else if (outcome.kind === "done" || (outcome.kind === "up-to-date" && !this.#finished.has(id))) {
      this.#keeping.set(id, "saved");
    } else this.#keeping.set(id, "in-this-browser");
    for (const listener of this.#listeners) listener(id, outcome);
  }
}

let opened: Promise<Keep> | null = null;

/** The one Keep of this page. Opening it also sends what earlier pages left behind, now and whenever the network returns. */
export function openKeep(): Promise<Keep> {
  opened ??= (async () => {
    const keep = new Keep(await openIndexedStore(), keepServer);
    addEventListener("online", () => keep.retryNow());
    await keep.sendAll();
    return keep;
  })();
  return opened;
}

/** For a private session: the same, without a trace in this browser. */
export function privateKeep(leaves: Exclude<Leaves, "all">): Keep {
  return new Keep(new MemoryKeepStore(), leaves === "line" ? keepServer : noServer);
}
