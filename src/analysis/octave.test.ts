import assert from "node:assert/strict";
import { test } from "node:test";
import { inOctaveOf } from "./octave.ts";

const every = (stepS: number, fromS = 0) => Array.from({ length: 40 }, (_, i) => fromS + i * stepS);

test("beats take the octave of the onsets, at the network's times", () => {
  const network = every(0.4, 0.02);
  assert.deepEqual(inOctaveOf(network, every(0.4)), network);
  assert.deepEqual(
    inOctaveOf(network, every(0.8, 0.4)),
    network.filter((_, i) => i % 2 === 1),
  );
  const twice = inOctaveOf(network, every(0.2).slice(0, 80));
  assert.equal(twice.length, 79);
  assert.ok(Math.abs(twice[1] - 0.22) < 1e-9);
  assert.deepEqual(inOctaveOf(network, []), network, "nothing heard, nothing changed");
});
