import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { seededRandom } from "#domain/seeded-random.ts";
import { beatLogits } from "./beat-network.ts";
import { melBands } from "./mel.ts";

const fixtureFrames = 150;

/** Random input and torch's answers to it, written by training/beat-net/export.py: mel [frame][band], then both logits. */
async function fixture() {
  const bytes = await readFile(new URL("./beat-network-fixture.bin", import.meta.url));
  const floats = new Float32Array(Uint8Array.from(bytes).buffer);
  const answersFrom = fixtureFrames * melBands;
  return {
    mel: floats.slice(0, answersFrom),
    beat: floats.slice(answersFrom, answersFrom + fixtureFrames),
    downbeat: floats.slice(answersFrom + fixtureFrames),
  };
}

function furthest(a: Float32Array, b: Float32Array): number {
  assert.equal(a.length, b.length);
  return Math.max(...a.map((value, i) => Math.abs(value - b[i])));
}

test("the network says what it said where it was trained", async () => {
  const { mel, beat, downbeat } = await fixture();
  const found = beatLogits(mel);
  // Weights are rounded to 16 bits (three decimal digits), the trained ones are not; logits span some twenty.
  assert.ok(furthest(found.beat, beat) < 0.05, `beats ${furthest(found.beat, beat)}`);
  assert.ok(furthest(found.downbeat, downbeat) < 0.05, `downbeats ${furthest(found.downbeat, downbeat)}`);
});

test("where a long track is cut does not matter", () => {
  const random = seededRandom(3);
  const frames = 26_000;
  const late = 3001;
  const heard = 1100;
  const mel = Float32Array.from({ length: frames * melBands }, () => 3 * random());
  const whole = beatLogits(mel);
  const rest = beatLogits(mel.subarray(late * melBands));
  // What lies before the cut is heard for 1,024 frames, 20 s.
  assert.deepEqual(rest.beat.subarray(heard), whole.beat.subarray(late + heard));
  assert.deepEqual(rest.downbeat.subarray(heard), whole.downbeat.subarray(late + heard));
});
