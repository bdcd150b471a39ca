import assert from "node:assert/strict";
import { test } from "node:test";
import { createLoudnessMeter } from "#analysis/loudness.ts";
import { leadInS } from "../arrangement.ts";
import { composeScore } from "../compose-score.ts";
import { trackSpecs } from "../demo-specs.ts";
import type { Score } from "../score.ts";
import { sampleRate } from "../synth/wavetable.ts";
import { master, type MeasureLoudness } from "./master.ts";
import { mixScore } from "./render-score.ts";

const measure: MeasureLoudness = (left, right) => {
  const meter = createLoudnessMeter(sampleRate, 2);
  meter.push([left, right]);
  return meter.finish();
};

/** The first seconds of a section, moved to the start. */
function excerpt(score: Score, kind: string, beats: number): Score {
  const section = score.sections.find((one) => one.kind === kind);
  const from = (section?.startBar ?? 0) * score.spec.beatsPerBar;
  const cut = <T extends { readonly beat: number }>(events: readonly T[]): T[] =>
    events
      .filter((event) => event.beat >= from && event.beat < from + beats)
      .map((event) => ({ ...event, beat: event.beat - from }));
  const parts = score.parts.map((part) => ({ ...part, notes: cut(part.notes) }));
  return { ...score, drums: cut(score.drums), parts, risers: [] };
}

function mix(score: Score, durationS: number): { left: Float32Array; right: Float32Array } {
  const frames = Math.round(durationS * sampleRate);
  const left = new Float32Array(frames);
  const right = new Float32Array(frames);
  mixScore(score, left, right);
  return { left, right };
}

function spec(slug: string) {
  const found = trackSpecs.find((one) => one.slug.startsWith(slug));
  assert.ok(found);
  return found;
}

test("hits sound where the grid says, to the millisecond", () => {
  for (const { slug, tempoBpm } of [spec("twenty"), spec("corner"), spec("ridge"), spec("kite")]) {
    const score = composeScore(spec(slug));
    const beats = 12;
    const drums = Array.from({ length: beats }, (_, beat) => ({ beat, voice: "kick", velocity: 1 }) as const);
    const { left } = mix({ ...score, drums, parts: [], risers: [] }, leadInS + (beats * 60) / tempoBpm + 1);
    const jumps = left.map((value, frame) => Math.abs(value - (frame > 0 ? left[frame - 1] : 0)));
    const biggest = jumps.reduce((most, value) => Math.max(most, value), 0);
    for (let beat = 1; beat < beats; beat++) {
      const wanted = (leadInS + (beat * 60) / tempoBpm) * sampleRate;
      const from = Math.round(wanted - 0.02 * sampleRate);
      // A beater is all treble: where the wave first jumps, the hit begins.
      let onset = from;
      while (jumps[onset] < 0.2 * biggest) onset += 1;
      const errorMs = ((onset - wanted) / sampleRate) * 1000;
      assert.ok(Math.abs(errorMs) <= 1, `${slug} beat ${beat}: ${errorMs.toFixed(2)} ms`);
    }
  }
});

test("the same score gives the same samples", () => {
  const score = excerpt(composeScore(spec("static")), "drop", 4);
  const once = mix(score, 2);
  assert.deepEqual(mix(score, 2), once);
  assert.ok(once.left.some((value) => Math.abs(value) > 0.05));
});

test("every style is mastered to -14 LUFS without a peak above -3.3 dBTP, and sounds on both sides", () => {
  const seen = new Set<string>();
  for (const one of trackSpecs) {
    if (seen.has(one.style)) continue;
    seen.add(one.style);
    const { left, right } = mix(excerpt(composeScore(one), "drop", 4), 2.4);
    const { loudnessLufs, truePeakDbtp } = master(left, right, sampleRate, -14, measure);
    assert.ok(Math.abs(loudnessLufs + 14) <= 0.4, `${one.style}: ${loudnessLufs} LUFS`);
    assert.ok(truePeakDbtp <= -3.3, `${one.style}: ${truePeakDbtp} dBTP`);
    assert.ok(left.every(Number.isFinite) && right.every(Number.isFinite));
    const side = left.reduce((sum, value, frame) => sum + (value - right[frame]) ** 2, 0);
    const middle = left.reduce((sum, value, frame) => sum + (value + right[frame]) ** 2, 0);
    assert.ok(side > middle / 10_000 && side < middle, `${one.style}: ${side / middle}`);
  }
});
