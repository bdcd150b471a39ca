import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { SeriesRow, WorkoutEnd, WorkoutHead } from "#domain/workout.ts";
import type { Checkpoint, Course, KeepStore, KeptWorkout } from "./kept-workout.ts";
import { upload } from "./upload.ts";
import type { KeepServer, Reply } from "./upload.ts";

const head: WorkoutHead = {
  id: "w1",
  classId: "c",
  classTitle: "C",
  sport: "cycling",
  startedAtMs: 1,
  mode: "auto",
  source: "none",
};
const end: WorkoutEnd = {
  durationS: 1,
  reason: "ended-early",
  trackPlays: [],
  blockPasses: [],
  distrustS: 0,
};
const checkpoint: Checkpoint = { classTimeS: 0, elapsedS: 0, distrustS: 0, trackPlays: [], blockPasses: [] };

function row(tS: number): SeriesRow {
  return {
    tS,
    cadence: tS,
    powerW: null,
    heartRateBpm: null,
    speedMps: null,
    tempoBpm: null,
    phaseErrorMs: null,
  };
}

class MemoryStore implements KeepStore {
  readonly workouts = new Map<string, KeptWorkout>();
  readonly kept = new Map<string, SeriesRow[]>();
  async put(workout: KeptWorkout) {
    this.workouts.set(workout.head.id, workout);
  }
  async get(id: string) {
    return this.workouts.get(id) ?? null;
  }
  async all() {
    return [...this.workouts.values()];
  }
  async update(id: string, change: (workout: KeptWorkout) => KeptWorkout) {
    const before = this.workouts.get(id);
    if (before === undefined) return null;
    this.workouts.set(id, change(before));
    return this.workouts.get(id) ?? null;
  }
  async addRow(id: string, added: SeriesRow, at: Checkpoint) {
    this.kept.set(id, [...(this.kept.get(id) ?? []), added]);
    await this.update(id, (workout) => ({ ...workout, checkpoint: at, rowCount: workout.rowCount + 1 }));
  }
  async rows(id: string, fromRow: number, toRow: number) {
    return (this.kept.get(id) ?? []).slice(fromRow, toRow);
  }
  async remove(id: string) {
    this.workouts.delete(id);
    this.kept.delete(id);
  }
}

async function begun(rows: number): Promise<MemoryStore> {
  const store = new MemoryStore();
  const course = {} as Course;
  await store.put({
    head,
    course,
    checkpoint: null,
    rowCount: 0,
    headAcknowledged: false,
    chunks: [],
    end: null,
  });
  for (let tS = 0; tS < rows; tS++) await store.addRow("w1", row(tS), checkpoint);
  return store;
}

/** A server that does what the fates say: answer, answer and lose the reply, or stay silent. First chunk wins. */
class FakeServer implements KeepServer {
  readonly chunks = new Map<number, readonly SeriesRow[]>();
  ended: WorkoutEnd | null = null;
  headed = false;
  readonly #fates: ("ok" | "reply lost" | "down" | "forgets")[];
  constructor(fates: ("ok" | "reply lost" | "down" | "forgets")[]) {
    this.#fates = fates;
  }
  #answer(act: () => Reply): Reply {
    const fate = this.#fates.shift() ?? "ok";
    if (fate === "down") return { kind: "later" };
    const reply = act();
    if (fate === "forgets" && this.ended === null) this.chunks.delete([...this.chunks.keys()][0] ?? -1);
    return fate === "reply lost" ? { kind: "later" } : reply;
  }
  async putHead() {
    return this.#answer(() => {
      this.headed = true;
      return { kind: "accepted" };
    });
  }
  async putChunk(_id: string, sequence: number, rows: readonly SeriesRow[]) {
    return this.#answer(() => {
      assert.ok(this.headed, "a chunk before its head");
      const there = this.chunks.get(sequence);
      if (there === undefined) this.chunks.set(sequence, rows);
      else assert.deepEqual(rows, there, "a chunk changed between two attempts");
      return { kind: "accepted" };
    });
  }
  async putEnd(_id: string, given: WorkoutEnd, chunks: number) {
    return this.#answer(() => {
      const sequences = Array.from({ length: chunks }, (_, n) => n).filter((n) => !this.chunks.has(n));
      if (sequences.length > 0) return { kind: "missing", sequences };
      this.ended = given;
      return { kind: "accepted" };
    });
  }
}

test("whatever the server does on the way, it ends with every row once, in order, and only then the browser lets go", async () => {
  const fate = fc.constantFrom("ok", "reply lost", "down", "forgets");
  await fc.assert(
    fc.asyncProperty(
      fc.array(fate, { maxLength: 30 }),
      fc.integer({ min: 0, max: 700 }),
      fc.nat(40),
      async (fates, early, late) => {
        const store = await begun(early);
        const server = new FakeServer(fates);
        await upload(store, server, "w1");
        for (let tS = early; tS < early + late; tS++) await store.addRow("w1", row(tS), checkpoint);
        await store.update("w1", (workout) => ({ ...workout, end }));
        let outcome = await upload(store, server, "w1");
        for (let attempt = 0; attempt < 40 && outcome.kind === "later"; attempt++) {
          assert.ok(server.ended !== null || store.workouts.has("w1"));
          outcome = await upload(store, server, "w1");
        }
        assert.equal(outcome.kind, "done");
        assert.deepEqual(server.ended, end);
        const received = [...server.chunks.entries()]
          .toSorted(([a], [b]) => a - b)
          .flatMap(([, rows]) => rows);
        assert.deepEqual(
          received.map(({ tS }) => tS),
          Array.from({ length: early + late }, (_, tS) => tS),
        );
        assert.equal(store.workouts.size, 0);
      },
    ),
    { numRuns: 60 },
  );
});

test("while it runs, rows are sent in fifteens, after an outage in larger pieces", async () => {
  const store = await begun(14);
  const server = new FakeServer([]);
  assert.equal((await upload(store, server, "w1")).kind, "up-to-date");
  assert.equal(server.chunks.size, 0);
  for (let tS = 14; tS < 1_000; tS++) await store.addRow("w1", row(tS), checkpoint);
  await upload(store, server, "w1");
  assert.deepEqual(
    [...server.chunks.values()].map((rows) => rows.length),
    [600, 400],
  );
});

test("a refusal is told and nothing is thrown away", async () => {
  const store = await begun(20);
  const server = new FakeServer([]);
  server.putHead = async () => ({ kind: "refused", reason: "no" });
  assert.deepEqual(await upload(store, server, "w1"), { kind: "refused", reason: "no" });
  assert.equal(store.workouts.size, 1);
});
