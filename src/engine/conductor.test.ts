import assert from "node:assert/strict";
import { test } from "node:test";
import { Conductor } from "./conductor.ts";
import { Deck } from "./deck.ts";
import { MotionLine } from "./motion-line.ts";

const cadencePerS = 1.5;
const ratio = 2;

/** How far a track of `tempoBpm` is stretched when beats are `errorMs` before the strokes of somebody at 90 rpm; and the lock. */
function conduct(tempoBpm: number, errorMs: number, basePerS = cadencePerS) {
  const track = {
    id: "t",
    title: "",
    artist: "",
    durationS: 200,
    tempoBpm,
    key: null,
    energy: 0.5,
    taste: 0.5,
  };
  const deck = new Deck("a", track, ratio, 1);
  const natural = (60 * cadencePerS * ratio) / tempoBpm;
  deck.start(0, 10, natural);
  const conductor = new Conductor(basePerS);
  const lateUnits = (errorMs / 1000) * cadencePerS;
  const { unitsPerS, lock } = conductor.step({
    nowMs: 1000,
    atMs: 1000,
    heardMs: 1000,
    pulse: new MotionLine(0, 0, cadencePerS),
    movement: {
      quality: "phase",
      unitsPerS: cadencePerS,
      momentUnitsPerS: cadencePerS,
      changing: false,
      sigmaMs: 10,
      phaseAt: (tMs) => deck.phaseAt(tMs) + lateUnits,
    },
    mode: "follow",
    targetUnitsPerS: cadencePerS,
    envelope: { low: 1, high: 2 },
    blockKind: "work",
    mayLeadUp: true,
    deck,
    plannedStretch: natural,
    lockPeriod: 0.5,
  });
  return { stretch: deck.rateFor(unitsPerS, 10), lock };
}

const stretchAt = (...given: Parameters<typeof conduct>): number => conduct(...given).stretch;

// 170 BPM at 90 rpm is stretched by 5.9 %: up to 8 % there is room for 2 %, which makes up for 12 ms within 0.6 s.
test("a small phase error does not stretch a track beyond 8 %, either way", () => {
  for (const errorMs of [12, 20, 30]) {
    const faster = stretchAt(170, errorMs);
    assert.ok(faster > 1.06 && faster < 1.08, `${errorMs} ms: ${faster}`);
    const slower = stretchAt(191.5, -errorMs);
    assert.ok(slower < 0.94 && slower > 0.92, `${-errorMs} ms: ${slower}`);
  }
});

test("a pull with room, or back towards the original speed, is not held back", () => {
  assert.ok(Math.abs(stretchAt(180, 12) - 1.04) < 0.002);
  assert.ok(Math.abs(stretchAt(170, -12) / (180 / 170) - 0.96) < 0.002);
});

test("a great error, or somebody who is near the limit themselves, is met all the same", () => {
  assert.ok(stretchAt(170, 90) > 1.08);
  assert.ok(stretchAt(167.5, 15) > 1.1);
});

test("a base tempo that is still far off is pulled by 6 % at most", () => {
  const tempoBpm = 191.5;
  const basePerS = 0.9 * cadencePerS;
  assert.ok(stretchAt(tempoBpm, 10, basePerS) <= (60 * basePerS * ratio * 1.0601) / tempoBpm);
});

test("beats that cannot go as fast as the strokes are not locked to them, though one lies on another now and then", () => {
  assert.equal(conduct(180, 0).lock, "locked");
  assert.equal(conduct(180, 0, 0.95 * cadencePerS).lock, "locked", "the pull makes up for 5 %");
  assert.equal(conduct(180, 0, 0.9 * cadencePerS).lock, "searching");
});
