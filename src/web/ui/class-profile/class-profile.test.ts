import assert from "node:assert/strict";
import { test } from "node:test";
import type { SeriesRow } from "#domain/workout.ts";
import { doneBlocks, profileLabel, readingAt, targetText } from "./reading.ts";
import {
  bandOf,
  boxHeight,
  boxWidth,
  cadenceLine,
  doneLines,
  effortOf,
  energyLine,
  frameOf,
  stepOf,
  type ProfileBlock,
  type ProfileTrack,
} from "./shapes.ts";

const base = { kind: "work", label: "Hard", hrZone: null, rpe: null, energy: { from: 0.5, to: 0.5 } };
function block(startS: number, durationS: number, rest: Partial<ProfileBlock> = {}): ProfileBlock {
  return { ...base, startS, durationS, cadence: null, power: null, ...rest };
}
function track(startS: number, endS: number, rest: Partial<ProfileTrack> = {}): ProfileTrack {
  const plain = { trackId: "t", title: "T", artist: "A", energy: 0.5, tempoBpm: 120, stretch: 1, why: [] };
  return { ...plain, startS, endS, ...rest };
}
const steady = (value: number) => ({ from: value, to: value });

test("effort is read from power before anything else, and grows with it", () => {
  const easy = effortOf(block(0, 60, { power: steady(0.5), rpe: 9 }));
  const hard = effortOf(block(0, 60, { power: steady(1.1), rpe: 1 }));
  assert.ok(easy.from < hard.from);
  assert.ok(effortOf(block(0, 60, { rpe: 3 })).from < effortOf(block(0, 60, { rpe: 8 })).from);
  assert.ok(effortOf(block(0, 60, { power: steady(9) })).to <= 1, "never out of the drawing");
  assert.ok(effortOf(block(0, 60, { power: steady(0) })).to > 0, "rest is still seen");
});

test("steps stand on the waterline, as wide as their time", () => {
  const frame = frameOf(200, false);
  assert.equal(frame.baseY, boxHeight);
  const { points } = stepOf(frame, block(50, 100));
  const corners = points.split(" ").map((corner) => corner.split(",").map(Number));
  assert.deepEqual(
    corners.map(([x]) => x),
    [boxWidth / 4, boxWidth / 4, (boxWidth * 3) / 4, (boxWidth * 3) / 4],
  );
  assert.equal(corners[0]?.[1], boxHeight);
  assert.ok(frameOf(200, true).baseY < boxHeight, "the music needs room");
});

test("the energy a class asks for is drawn as high as the band of a track that has it", () => {
  const frame = frameOf(200, true);
  const line = energyLine(frame, [
    block(0, 100, { energy: steady(0.2) }),
    block(100, 100, { energy: steady(0.9) }),
  ]);
  const corners = line
    .slice(1)
    .split("L")
    .map((corner) => corner.split(" ").map(Number));
  for (const [index, energy] of [0.2, 0.2, 0.9, 0.9].entries()) {
    const { y, height } = bandOf(frame, track(0, 100, { energy }));
    assert.ok(Math.abs((corners[index]?.[1] ?? 0) - (y + height)) < 0.02);
  }
  assert.deepEqual(
    corners.map(([x]) => x),
    [0, boxWidth / 2, boxWidth / 2, boxWidth],
  );
});

test("the cadence line breaks where a block has no target", () => {
  const frame = frameOf(300, false);
  const line = cadenceLine(frame, [
    block(0, 100, { cadence: steady(80) }),
    block(100, 100),
    block(200, 100, { cadence: steady(95) }),
  ]);
  assert.equal(line.match(/M/g)?.length, 2);
  assert.equal(cadenceLine(frame, [block(0, 300)]), "");
});

test("a band hangs deeper with energy and is cut denser with tempo", () => {
  const frame = frameOf(600, true);
  const cuts = (tempoBpm: number) => bandOf(frame, track(0, 300, { tempoBpm })).cuts.match(/M/g)?.length ?? 0;
  // 300 s at 128 BPM are 640 beats: 20 groups of 32, so 19 cuts between them.
  assert.equal(cuts(128), 19);
  assert.ok(cuts(160) > cuts(80));
  assert.equal(cuts(0), 0, "no grid, no texture");
  assert.ok(
    bandOf(frame, track(0, 300, { energy: 0.9 })).height >
      bandOf(frame, track(0, 300, { energy: 0.1 })).height,
  );
  assert.ok(bandOf(frame, track(0, 300, { energy: 1 })).height + bandOf(frame, track(0, 300)).y <= boxHeight);
});

test("what was done lies on the targets' own scale, and is not drawn where nothing was measured", () => {
  const frame = frameOf(100, false);
  const blocks = [block(0, 100, { power: steady(1), cadence: steady(90) })];
  const row = (tS: number, powerW: number | null): SeriesRow => ({
    tS,
    powerW,
    cadence: null,
    heartRateBpm: null,
    speedMps: null,
    tempoBpm: null,
    phaseErrorMs: null,
  });
  const rows = Array.from({ length: 100 }, (_, tS) => row(tS, tS >= 40 && tS < 60 ? null : 200));
  const { power, cadence } = doneLines(frame, rows, blocks, 200);
  assert.equal(power.match(/M/g)?.length, 2);
  assert.equal(cadence, "");
  const edgeY = Number(stepOf(frame, blocks[0]).edge.match(/^M\S+ (\S+)L/)?.[1]);
  const lineY = Number(power.match(/^M\S+ ([\d.]+)L/)?.[1]);
  assert.ok(Math.abs(edgeY - lineY) < 0.02, "power at the target lies on the step's edge");
});

test("a moment is read as block, target and track", () => {
  const blocks = [
    block(0, 100, { label: "Warm-up", cadence: { from: 80, to: 90 }, power: { from: 0.5, to: 0.7 } }),
    block(100, 100, { label: "Hard", rpe: 8 }),
  ];
  const tracks = [
    track(0, 120, { title: "One", stretch: 1.02, tempoBpm: 100 }),
    track(120, 200, { title: "Two" }),
  ];
  const reading = readingAt(blocks, tracks, "cycling", 50);
  assert.equal(reading?.block, "Warm-up");
  assert.equal(reading.target.replaceAll("\u00a0", " "), "85 rpm, 60 % of FTP");
  assert.equal(reading.track?.title, "One");
  assert.equal(reading.music.replaceAll("\u00a0", " "), "102 BPM, +2.0 %");
  assert.equal(readingAt(blocks, tracks, "cycling", 150)?.track?.title, "Two");
  assert.equal(targetText(blocks[1], 0, "cycling"), "effort 8 of 10");
  assert.equal(targetText(block(0, 1), 0, "running"), "free");
  assert.equal(readingAt([], [], "cycling", 0), null);
});

test("blocks as they were done take the time they took; skipped ones vanish", () => {
  const blocks = [
    block(0, 100, { label: "A" }),
    block(100, 100, { label: "B" }),
    block(200, 100, { label: "C" }),
  ];
  const done = doneBlocks(blocks, [
    { blockIndex: 0, startS: 0, endS: 60 },
    { blockIndex: 1, startS: 60, endS: 60 },
    { blockIndex: 2, startS: 60, endS: 160 },
    { blockIndex: 9, startS: 160, endS: 170 },
  ]);
  assert.deepEqual(
    done.map(({ label, startS, durationS }) => [label, startS, durationS]),
    [
      ["A", 0, 60],
      ["C", 60, 100],
    ],
  );
  assert.match(profileLabel(blocks, [track(0, 300)], 300), /3 blocks in 5:00.*1\s?track beneath/);
});
