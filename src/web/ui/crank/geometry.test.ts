import assert from "node:assert/strict";
import { test } from "node:test";
import { gapDegrees, phaseAt, pointAt, ringPath, sparkAt } from "./geometry.ts";

test("the phase lies between two neighbouring events", () => {
  assert.deepEqual(phaseAt([0, 400, 800], 500), { lastMs: 400, share: 0.25, periodMs: 400 });
  assert.deepEqual(phaseAt([0, 400, 800], 400), { lastMs: 400, share: 0, periodMs: 400 });
  assert.equal(phaseAt([0, 400], 500), null, "nothing predicted");
  assert.equal(phaseAt([600], 500), null, "nothing seen yet");
  assert.equal(phaseAt([], 500), null);
});

test("angles go clockwise from twelve o'clock", () => {
  const near = (point: { x: number; y: number }, x: number, y: number) =>
    assert.ok(Math.hypot(point.x - x, point.y - y) < 1e-9, JSON.stringify(point));
  near(pointAt(0, 40), 50, 10);
  near(pointAt(90, 40), 90, 50);
  near(pointAt(180, 40), 50, 90);
});

test("a quarter of a stroke late is an eighth of a bicycle's turn, a quarter of a step's", () => {
  assert.equal(gapDegrees(100, 400, 2), 45);
  assert.equal(gapDegrees(-50, 400, 1), -45);
  assert.equal(gapDegrees(400, 400, 1), 75, "drawn no wider than what can be read");
  assert.equal(gapDegrees(100, 0, 1), 0, "no period, no angle");
});

test("the ring opens at the gap and closes without one", () => {
  assert.match(ringPath(0, 46), /^M50\.00 4\.00A46 46 0 1 1 49\.99 4\.00$/);
  assert.match(ringPath(90, 46), /^M96\.00 50\.00A46 46 0 1 1 50\.00 4\.00$/);
  assert.match(ringPath(-90, 46), /^M50\.00 4\.00A46 46 0 1 1 4\.00 50\.00$/);
});

test("the spark is brightest at the beat and fades", () => {
  assert.equal(sparkAt([0, 500], 500), 1);
  assert.equal(sparkAt([0, 500], 590, 180), 0.5);
  assert.equal(sparkAt([0, 500], 480), 0);
  assert.equal(sparkAt([], 480), 0);
});
