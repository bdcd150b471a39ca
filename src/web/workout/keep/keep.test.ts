import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { SeriesRow, WorkoutEnd, WorkoutHead } from "#domain/workout.ts";
import type { Checkpoint, Course } from "./kept-workout.ts";
import { MemoryKeepStore } from "./memory-keep-store.ts";
import { Keep } from "./keep.ts";
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

async function begun(rows: number): Promise<MemoryKeepStore> {
  const store = new MemoryKeepStore();
  const course = {} as Course;
  await store.put({
    head,
    course,
    detail: "full",
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

/** A server that takes nothing measured before it is told that it may. */
class ConsentServer extends FakeServer {
  allowed = false;
  asked = 0;
  readonly heads: string[] = [];
  override async putHead(_head?: WorkoutHead, detail?: "full" | "line"): Promise<Reply> {
    this.asked += 1;
    if (detail !== "line" && !this.allowed) return { kind: "no-consent" };
    this.heads.push(detail ?? "full");
    return super.putHead();
  }
}

/** Resolves once the server's answer about the workout is of this kind. */
function outcomeOf(keep: Keep, kind: string): Promise<void> {
  return new Promise((resolve) => {
    const stop = keep.subscribe((_, outcome) => {
      if (outcome.kind !== kind) return;
      stop();
      resolve();
    });
  });
}

async function rideWithoutConsent() {
  const store = new MemoryKeepStore();
  const server = new ConsentServer([]);
  const keep = new Keep(store, server);
  const refused = outcomeOf(keep, "no-consent");
  keep.begin(head, {} as Course);
  await refused;
  for (let tS = 0; tS < 40; tS++) keep.addRow("w1", row(tS), checkpoint);
  const refusedAgain = outcomeOf(keep, "no-consent");
  await keep.finish("w1", { ...end, durationS: 40 });
  await refusedAgain;
  return { store, server, keep };
}

test("before the person has decided nothing is lost, nothing is sent, and the server is left in peace", async () => {
  const { store, server, keep } = await rideWithoutConsent();
  assert.equal(keep.keepingOf("w1"), "no-consent");
  assert.equal(server.asked, 2, "at its begin and at its end");
  assert.equal(server.chunks.size, 0);
  assert.deepEqual((await keep.undecided()).length, 1);
  assert.equal((await store.rows("w1", 0, 99)).length, 40);
});

test("a yes sends all of it", async () => {
  const { store, server, keep } = await rideWithoutConsent();
  server.allowed = true;
  const done = outcomeOf(keep, "done");
  await keep.consented();
  await done;
  assert.equal([...server.chunks.values()].flat().length, 40);
  assert.equal(server.ended?.durationS, 40);
  assert.equal(store.workouts.size, 0);
  assert.equal(keep.keepingOf("w1"), "saved");
});

test("a no sends a line, and forgets the rest here too", async () => {
  const { store, server, keep } = await rideWithoutConsent();
  const done = outcomeOf(keep, "done");
  await keep.keepOnlyLine("w1");
  assert.deepEqual(await store.rows("w1", 0, 99), []);
  await done;
  assert.deepEqual(server.heads, ["line"]);
  assert.equal(server.chunks.size, 0);
  assert.deepEqual(server.ended, { ...end, durationS: 40 });
  assert.equal(store.workouts.size, 0);
});

test("a line is heard of at its end only", async () => {
  const store = new MemoryKeepStore();
  const server = new ConsentServer([]);
  const keep = new Keep(store, server);
  const quiet = outcomeOf(keep, "up-to-date");
  keep.begin(head, {} as Course, "line");
  await quiet;
  for (let tS = 0; tS < 40; tS++) keep.addRow("w1", row(tS), checkpoint);
  assert.equal(server.asked, 0);
  const done = outcomeOf(keep, "done");
  await keep.finish("w1", end);
  await done;
  assert.deepEqual([server.heads, server.chunks.size], [["line"], 0]);
});
