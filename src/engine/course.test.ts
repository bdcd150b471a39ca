import assert from "node:assert/strict";
import { test } from "node:test";
import type { Slot } from "#domain/soundtrack.ts";
import type { PlannerTrack } from "#domain/track.ts";
import type { BoothView } from "./booth-view.ts";
import { Course } from "./course.ts";
import { MotionLine } from "./motion-line.ts";

function track(id: string, tempoBpm: number): PlannerTrack {
  return { id, title: id, artist: "", durationS: 240, tempoBpm, key: null, energy: 0.5, taste: 0.5 };
}

const slot: Slot = {
  startS: 0,
  endS: 200,
  trackId: "planned",
  sourceStartS: 0,
  tempoRatio: 2,
  stretch: 1,
  why: [],
};

function at(cadence: number): BoothView {
  return {
    nowMs: 0,
    atMs: 0,
    pulse: new MotionLine(0, 0, cadence / 60),
    unitsPerS: cadence / 60,
    classTimeS: 0,
    msAtClassTime: (classTimeS) => classTimeS * 1000,
    elapsedAt: (tMs) => tMs / 1000,
    cadenceFrom: () => cadence,
    strokeNear: () => null,
    energyAt: () => 0.5,
  };
}

/** The track that comes next at a cadence, where the plan of 80 rpm named one of 160 BPM. */
function nextAt(cadence: number, others: readonly PlannerTrack[]): string | undefined {
  const tracks = [track("planned", 160), ...others];
  const course = new Course("cycling", [slot], new Map(tracks.map((each) => [each.id, each])));
  return course.nextTurn(at(cadence))?.track.id;
}

test("the planned track comes next as long as the person's cadence stretches it by 5 % at most", () => {
  assert.equal(nextAt(80, [track("other", 160)]), "planned");
  assert.equal(nextAt(84, [track("other", 168)]), "planned");
});

test("at 7 % another one comes that fits, and the planned one where none fits clearly better", () => {
  assert.equal(nextAt(86, [track("other", 172)]), "other");
  assert.equal(nextAt(86, [track("other", 162)]), "planned");
  assert.equal(nextAt(86, []), "planned");
});

test("beyond 8 % any that is within it comes, and the planned one where there is none", () => {
  assert.equal(nextAt(87.5, [track("other", 163)]), "other");
  assert.equal(nextAt(95, [track("other", 160)]), "planned");
});
