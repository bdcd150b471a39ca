/** Pages of workouts are opened once and remembered; whatever the order of reads and writes, none that is stale is shown. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { aesSealer } from "#server/adapters/keys/aes-sealer.ts";
import { memoryKeystore } from "#server/adapters/memory/memory-keystore.ts";
import { memoryStore } from "#server/adapters/memory/memory-store.ts";
import type { KeptWorkout } from "#server/ports/biometrics.ts";
import type { WorkoutStore } from "#server/ports/store.ts";
import { createSealedWorkouts, type SealedWorkouts } from "./sealed-workouts.ts";

const personId = "p";
const idOf = (n: number) => `0199b3a0-0000-7000-8000-00000000000${n}`;

/** The text counts the writes. */
function workoutOf(n: number, text: string): KeptWorkout {
  const head = {
    id: idOf(n),
    classId: "c",
    classTitle: "C",
    sport: "cycling",
    startedAtMs: 1_790_000_000_000,
    mode: "auto",
    source: "none",
  } as const;
  return { id: idOf(n), finished: false, detail: "full", head, end: null, facts: null, text };
}

/** The store, where each read and write takes effect and is answered at moments the scheduler chooses. */
function scheduledStore(scheduler: fc.Scheduler) {
  const store = memoryStore();
  const { workouts } = store;
  const moment = (label: string) => scheduler.schedule(Promise.resolve(), label);
  const slowly = async <T>(label: string, call: () => Promise<T>): Promise<T> => {
    await moment(`${label} begins`);
    const answer = await call();
    await moment(`${label} is answered`);
    return answer;
  };
  const scheduled: WorkoutStore = {
    ...workouts,
    listWorkouts: (person, page) => slowly("read", () => workouts.listWorkouts(person, page)),
    putWorkout: (workout) => slowly("write", () => workouts.putWorkout(workout)),
    removeWorkout: (person, id) => slowly("removal", () => workouts.removeWorkout(person, id)),
  };
  return { workouts: scheduled, dataKeys: store.dataKeys };
}

type Step = { readonly kind: "read" | "write" | "remove"; readonly n: number };
const stepArbitrary: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom("read", "write", "read", "remove"),
  n: fc.integer({ min: 1, max: 2 }),
});

/** What a page has to show at least: everything that was acknowledged before it was asked for. */
class Witness {
  readonly #sealed: SealedWorkouts;
  /** What each workout was made, in order; null is removed. `acknowledged` counts those that were answered. */
  readonly #made = new Map<number, { readonly texts: (string | null)[]; acknowledged: number }>();
  readonly #turns = new Map<number, Promise<void>>();
  #count = 0;

  constructor(sealed: SealedWorkouts) {
    this.#sealed = sealed;
  }

  /** Changes of one workout follow each other, so that their order is known; those of others run beside them. */
  change(n: number, isRemoval: boolean): Promise<void> {
    const turn = (this.#turns.get(n) ?? Promise.resolve()).then(() => this.#change(n, isRemoval));
    this.#turns.set(n, turn);
    return turn;
  }

  async read(): Promise<void> {
    const before = [...this.#made].map(([n, { acknowledged }]) => [n, acknowledged] as const);
    const page = await this.#sealed.page(personId, { limit: 10, cursor: null });
    for (const [n, acknowledged] of before) {
      if (acknowledged === 0) continue;
      const shown = page.items.find(({ id }) => id === idOf(n))?.text ?? null;
      const since = this.#made.get(n)?.texts.slice(acknowledged - 1) ?? [];
      assert.ok(since.includes(shown), `${shown} was over before the page was asked for: ${since.join(" ")}`);
    }
  }

  async #change(n: number, isRemoval: boolean): Promise<void> {
    this.#count += 1;
    const text = isRemoval ? null : String(this.#count);
    const made = this.#made.get(n) ?? { texts: [], acknowledged: 0 };
    this.#made.set(n, made);
    made.texts.push(text);
    if (text === null) await this.#sealed.remove(personId, idOf(n));
    else await this.#sealed.put(personId, workoutOf(n, text));
    made.acknowledged += 1;
  }
}

test("a page that was asked for after a change shows it, in whatever order reads and writes run", async () => {
  let shownFromMemory = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(stepArbitrary, { minLength: 4, maxLength: 9 }),
      async (s, steps) => {
        const { workouts, dataKeys } = scheduledStore(s);
        let reads = 0;
        const counted = {
          ...workouts,
          listWorkouts: (...args: Parameters<typeof workouts.listWorkouts>) => {
            reads += 1;
            return workouts.listWorkouts(...args);
          },
        };
        const witness = new Witness(createSealedWorkouts(counted, aesSealer(memoryKeystore(), dataKeys)));
        const begun: Promise<void>[] = [];
        const { task } = s.scheduleSequence(
          steps.map(({ kind, n }, at) => ({
            label: `${at} ${kind}`,
            // Not waited for: the next step may begin before this one is answered.
            async builder() {
              begun.push(kind === "read" ? witness.read() : witness.change(n, kind === "remove"));
            },
          })),
        );
        await s.waitFor(Promise.all([task, ...begun]));
        await s.waitFor(Promise.all(begun));
        shownFromMemory += steps.filter(({ kind }) => kind === "read").length - reads;
      },
    ),
    { numRuns: 500 },
  );
  assert.ok(shownFromMemory > 0, "pages were remembered at all");
});
