import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultAthlete } from "#domain/athlete.ts";
import { SimulatedAthlete } from "#engine/athlete/simulated.ts";
import { block, clickTrack, cyclingClass, setupOf, slot } from "./fixtures.ts";
import { Rig } from "./rig.ts";

const slow = clickTrack("slow", 80);
const fast = clickTrack("fast", 166);
const spare = clickTrack("spare", 84);

function twoTracks(): { plan: ReturnType<typeof cyclingClass>; setup: ReturnType<typeof setupOf> } {
  const plan = cyclingClass([block(60, 80, 80, "warm-up"), block(60, 82)]);
  const slots = [slot(0, 60, slow, 1, 80), slot(60, 120, fast, 2, 82)];
  return { plan, setup: setupOf(plan, slots, [slow, fast, spare]) };
}

function bike(plan: ReturnType<typeof cyclingClass>, cadence: (tS: number) => number): SimulatedAthlete {
  return new SimulatedAthlete({ seed: 7, plan, athlete: defaultAthlete, intent: cadence });
}

test("without a sensor a class runs at its own tempo from start to end", () => {
  const rig = new Rig(twoTracks().setup);
  rig.start();
  rig.run(121);
  const rows = rig.of("row").map(({ row }) => row);
  assert.deepEqual(
    rows.map(({ tS }) => tS),
    Array.from({ length: 120 }, (_, second) => second),
  );
  assert.ok(Math.abs((rows[30].tempoBpm ?? 0) - 80) < 0.01);
  // 82 rpm at two beats a turn, some seconds after the crossfade.
  assert.ok(Math.abs((rows[90].tempoBpm ?? 0) - 164) < 0.01);
  const [ended] = rig.of("ended");
  assert.equal(ended.reason, "class-finished");
  assert.deepEqual(
    ended.blockPasses.map(({ blockIndex, skipped }) => [blockIndex, skipped]),
    [
      [0, false],
      [1, false],
    ],
  );
  assert.deepEqual(
    ended.trackPlays.map(({ trackId }) => trackId),
    ["slow", "fast"],
  );
  assert.deepEqual(
    rig.of("cue").map(({ text }) => text),
    ["Sit tall."],
  );
  assert.deepEqual(
    rig.of("count-in").map(({ secondsLeft }) => secondsLeft),
    [10, 9, 8, 7, 6, 5, 4, 3, 2, 1],
  );
});

test("both decks share tempo and bar lines while they overlap", () => {
  const rig = new Rig(twoTracks().setup);
  rig.start();
  rig.run(80);
  const [rise] = rig.of("deck-fade").filter(({ deck, toGain }) => deck === "b" && toGain === 1);
  assert.ok(rise.toMs - rise.fromMs > 2000);
  for (let tMs = rise.fromMs; tMs <= rise.toMs; tMs += 100) {
    const outgoing = ((rig.sourceAt("a", tMs) ?? 0) * 80) / 60;
    const incoming = ((rig.sourceAt("b", tMs) ?? 0) * 166) / 60;
    // Two incoming beats to an outgoing one; in ms of the outgoing beat (750 ms).
    const off = incoming / 2 - outgoing;
    const offMs = Math.abs(off - Math.round(off)) * 750;
    assert.ok(offMs < 10, `${offMs} ms apart at ${tMs}`);
  }
});

test("beats come to land on the strokes of a rider, and the music's tempo is theirs", () => {
  const plan = cyclingClass([block(240, 84)]);
  const track = clickTrack("track", 168);
  const source = bike(plan, () => 87);
  const setup = setupOf(plan, [slot(0, 240, track, 2, 84)], [track], { mode: "follow" });
  const rig = new Rig(setup, source);
  const offs: number[] = [];
  rig.start();
  rig.run(239, (tMs) => {
    if (tMs < 60_000 || tMs % 1000 !== 0) return;
    const beats = rig.engine.beatsBetween(tMs - 6000, tMs - 2000);
    for (const strokeMs of source.strokesBetween(tMs - 4500, tMs - 3500)) {
      offs.push(Math.min(...beats.map((beatMs) => Math.abs(beatMs - strokeMs))));
    }
  });
  offs.sort((a, b) => a - b);
  // The information bound at one notification a second is 8.5 ms / 29 ms; chance would be about 86 ms / 163 ms.
  assert.ok(offs[Math.floor(offs.length / 2)] < 20, `p50 ${offs[Math.floor(offs.length / 2)]}`);
  assert.ok(offs[Math.floor(offs.length * 0.95)] < 60, `p95 ${offs[Math.floor(offs.length * 0.95)]}`);
  assert.equal(rig.engine.snapshot(rig.nowMs).lock, "locked");
});

test("in a cool-down tempo never rises, whatever arrives", () => {
  const plan = cyclingClass([block(30, 85), block(120, 85, 75, "cool-down")]);
  const track = clickTrack("track", 168);
  for (const mode of ["auto", "follow", "lead"] as const) {
    const source = bike(plan, (tS) => 85 + Math.max(0, tS - 30) / 2);
    const rig = new Rig(setupOf(plan, [slot(0, 150, track, 2, 84)], [track], { mode }), source);
    rig.start();
    rig.run(150);
    const tempos = rig.of("row").map(({ row }) => row.tempoBpm ?? 0);
    for (let second = 33; second < 148; second++) {
      assert.ok(tempos[second] <= tempos[second - 1] + 0.02, `${mode}, ${second}: ${tempos[second]}`);
    }
  }
});

test("the music stays within the utmost stretch, however fast the legs", () => {
  const plan = cyclingClass([block(120, 84)]);
  const track = clickTrack("track", 168);
  const rig = new Rig(
    setupOf(plan, [slot(0, 120, track, 2, 84)], [track]),
    bike(plan, () => 125),
  );
  rig.start();
  rig.run(120);
  for (const { rate } of rig.of("deck-play")) assert.ok(rate >= 0.85 && rate <= 1.15, String(rate));
  assert.ok(rig.of("decision").some(({ value }) => value === "lets go"));
});

test("a skipped track is left at the next bar line and never comes back", () => {
  const { setup } = twoTracks();
  const rig = new Rig(setup);
  rig.start();
  rig.run(20);
  const commands = rig.give({ kind: "skip-track", tMs: rig.nowMs });
  assert.ok(commands.some(({ kind }) => kind === "need-replan"));
  rig.run(6);
  assert.equal(rig.engine.snapshot(rig.nowMs).trackId, "fast");
  rig.run(96);
  const [ended] = rig.of("ended");
  assert.deepEqual(
    ended.trackPlays.filter(({ trackId }) => trackId === "slow").map(({ skipped }) => skipped),
    [true],
  );
});

test("a skipped block takes the class and its soundtrack along", () => {
  const rig = new Rig(twoTracks().setup);
  rig.start();
  rig.run(20);
  rig.give({ kind: "skip-block", tMs: rig.nowMs });
  rig.run(6);
  const snapshot = rig.engine.snapshot(rig.nowMs);
  assert.equal(snapshot.blockIndex, 1);
  assert.equal(snapshot.trackId, "fast");
  assert.ok(Math.abs(snapshot.classTimeS - 66) < 0.1 && Math.abs(snapshot.elapsedS - 26) < 0.1);
  rig.run(60);
  assert.deepEqual(
    rig.of("ended")[0].blockPasses.map(({ skipped }) => skipped),
    [true, false],
  );
});

test("a pause stops class, rows and music; resuming goes on where it was", () => {
  const rig = new Rig(twoTracks().setup);
  rig.start();
  rig.run(10);
  rig.give({ kind: "pause", tMs: rig.nowMs });
  const before = rig.sourceAt("a", rig.nowMs + 45);
  rig.run(30);
  assert.equal(rig.engine.snapshot(rig.nowMs).phase, "paused");
  rig.give({ kind: "resume", tMs: rig.nowMs });
  const resumed = rig.of("deck-play").at(-1);
  assert.ok(Math.abs((resumed?.sourceS ?? 0) - (before ?? Number.NaN)) < 1e-6);
  rig.run(111);
  assert.equal(rig.of("row").length, 120);
  assert.ok(Math.abs(rig.of("ended")[0].durationS - 120) < 0.06);
});

test("a track that cannot be played is replaced at once", () => {
  const rig = new Rig(twoTracks().setup);
  rig.start();
  rig.run(5);
  rig.give({ kind: "track-failed", tMs: rig.nowMs, trackId: "slow" });
  rig.run(6);
  assert.notEqual(rig.engine.snapshot(rig.nowMs).trackId, "slow");
});

test("an interrupted workout goes on at its class time", () => {
  const { setup } = twoTracks();
  const rig = new Rig({ ...setup, resume: { classTimeS: 70, elapsedS: 65 } });
  rig.start();
  rig.run(3);
  const snapshot = rig.engine.snapshot(rig.nowMs);
  assert.equal(snapshot.trackId, "fast");
  assert.ok(Math.abs(snapshot.classTimeS - 73) < 0.1);
  assert.equal(rig.of("row")[0].row.tS, 65);
});

test("the same events give the same commands", () => {
  const run = (): string => {
    const { plan, setup } = twoTracks();
    const rig = new Rig(setup, new SimulatedAthlete({ seed: 3, plan, athlete: defaultAthlete }));
    rig.start();
    rig.run(60);
    return JSON.stringify(rig.commands);
  };
  assert.equal(run(), run());
});

test("a library of one short track plays it again rather than falling silent", () => {
  const plan = cyclingClass([block(150, 84)]);
  const track = clickTrack("only", 168, 60);
  const slots = [slot(0, 55, track, 2, 84), slot(55, 110, track, 2, 84), slot(110, 150, track, 2, 84)];
  const rig = new Rig(setupOf(plan, slots, [track]));
  rig.start();
  rig.run(150);
  assert.equal(rig.of("ended")[0].trackPlays.length, 3);
});
