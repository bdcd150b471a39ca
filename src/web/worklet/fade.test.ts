import assert from "node:assert/strict";
import { test } from "node:test";
import { Fade } from "./fade.ts";

function close(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);
}

test("two opposite fades always sum to a power of one", () => {
  const rising = new Fade(0);
  const falling = new Fade(1);
  rising.ramp(1, 3, 1);
  falling.ramp(1, 3, 0);
  for (const tS of [0, 1, 1.3, 2, 2.9, 3, 4]) close(rising.gainAt(tS) ** 2 + falling.gainAt(tS) ** 2, 1);
  close(rising.gainAt(2), Math.SQRT1_2);
});

test("a ramp that begins during another cuts it and goes on from there", () => {
  const fade = new Fade(0);
  fade.ramp(0, 4, 1);
  fade.ramp(2, 3, 0);
  close(fade.gainAt(1), Math.sqrt(0.25));
  close(fade.gainAt(2), Math.sqrt(0.5));
  close(fade.gainAt(2.5), 0.5);
  close(fade.gainAt(5), 0);
});

test("an instant ramp takes effect from its moment on, also after earlier ramps are forgotten", () => {
  const fade = new Fade(0);
  fade.ramp(1, 1, 1);
  close(fade.gainAt(0.9), 0);
  close(fade.gainAt(1.1), 1);
  fade.advance(2);
  close(fade.gainAt(2), 1);
});
