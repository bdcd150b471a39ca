import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClassPlan } from "#domain/class-plan.ts";
import { planSoundtrack } from "#domain/soundtrack/planner.ts";
import type { PlannerTrack } from "#domain/track.ts";
import type { PcmBlock } from "#protocol/audio/decode.ts";
import { Limiter } from "./limiter.ts";
import { mixSampleRate, renderMix } from "./render-mix.ts";

const cadence = 85;
const plan: ClassPlan = {
  id: "clicks",
  title: "Clicks",
  sport: "cycling",
  durationS: 130,
  family: "imported",
  description: "",
  intensity: "easy",
  level: "beginner",
  equipment: [],
  lowImpact: true,
  blocks: [
    {
      startS: 0,
      durationS: 130,
      kind: "steady",
      label: "Steady",
      cadence: { from: cadence, to: cadence },
      power: null,
      hrZone: null,
      rpe: null,
      energy: { from: 0.5, to: 0.5 },
    },
  ],
  cues: [],
  citation: null,
};

function track(id: string, tempoBpm: number): PlannerTrack {
  return {
    id,
    title: id,
    artist: "",
    durationS: 95,
    tempoBpm,
    key: "8A",
    energy: 0.5,
    taste: 0.5,
    loudnessLufs: -16,
  };
}

/** A short knock on every beat, at 44.1 kHz, in uneven pieces. */
async function* knocks({ tempoBpm, durationS }: PlannerTrack): AsyncGenerator<PcmBlock> {
  const sampleRate = 44_100;
  const sound = new Float32Array(durationS * sampleRate);
  for (let beatS = 0; beatS < durationS; beatS += 60 / tempoBpm) {
    const first = Math.round(beatS * sampleRate);
    for (let frame = 0; frame < 400 && first + frame < sound.length; frame += 1) {
      sound[first + frame] = 0.5 * Math.sin((2 * Math.PI * 1000 * frame) / sampleRate) * (1 - frame / 400);
    }
  }
  for (let at = 0, size = 1000; at < sound.length; at += size, size = 10_000 + ((size * 7) % 9973)) {
    yield { channels: [sound.subarray(at, at + size)], sampleRate };
  }
}

/** Times of the loudest place of each knock: above `threshold`, at least 150 ms apart. */
function knockTimes(sound: Float32Array, threshold: number): number[] {
  const times: number[] = [];
  const apart = 0.15 * mixSampleRate;
  for (let frame = 0; frame < sound.length; frame += 1) {
    if (Math.abs(sound[frame]) < threshold) continue;
    let best = frame;
    for (let at = frame; at < Math.min(sound.length, frame + 0.03 * mixSampleRate); at += 1) {
      if (Math.abs(sound[at]) > Math.abs(sound[best])) best = at;
    }
    times.push(best / mixSampleRate);
    frame = best + apart;
  }
  return times;
}

test("knocks of both tracks land on the beats of the class, across the change of track", async () => {
  const tracks = [track("slower", 166), track("faster", 173.5)];
  const soundtrack = planSoundtrack({ plan, tracks, seed: 1 });
  assert.equal(soundtrack.slots.length, 2);
  const byId = new Map(tracks.map((one) => [one.id, one]));
  const left = new Float32Array(plan.durationS * mixSampleRate);
  let frames = 0;
  for await (const [block, right] of renderMix({ plan, soundtrack, tracks: byId, openTrack: knocks })) {
    assert.equal(block.length, right.length);
    left.set(block, frames);
    frames += block.length;
  }
  assert.equal(frames, left.length);
  const times = knockTimes(left, 0.12).filter((tS) => tS > 1 && tS < plan.durationS - 5);
  const beatS = 60 / (2 * cadence);
  // Two beats per turn from the first downbeat on; all but a few must be heard.
  assert.ok(times.length >= 0.97 * ((plan.durationS - 6) / beatS), `${times.length} knocks`);
  const off = times.map((tS) => tS - Math.round(tS / beatS) * beatS).toSorted((a, b) => a - b);
  const middle = off[Math.floor(off.length / 2)];
  // A knock's loudest place is up to 9 ms after its start; every one must have the same offset.
  assert.ok(middle > -0.005 && middle < 0.012, `median ${middle}`);
  assert.ok(off[0] > middle - 0.01 && (off.at(-1) ?? 1) < middle + 0.01, `${off[0]} to ${off.at(-1)}`);
});

test("the limiter keeps every sample under its ceiling and leaves quiet sound alone", () => {
  const limiter = new Limiter(48_000);
  const loud = Float32Array.from({ length: 48_000 }, (_, frame) => {
    const level = frame < 10_000 ? 0.5 : frame % 7000 < 40 ? 3 : 1.2;
    return level * Math.sin(frame * 0.13);
  });
  const [left, right] = [loud.slice(), loud.slice()];
  limiter.process(left, right);
  assert.ok(left.every((sample) => Math.abs(sample) <= 10 ** (-1.5 / 20) + 1e-6));
  for (let frame = limiter.delayFrames; frame < 9000; frame += 1) {
    assert.ok(Math.abs(left[frame] - loud[frame - limiter.delayFrames]) < 1e-6);
  }
  assert.deepEqual(left, right);
});
