import assert from "node:assert/strict";
import { test } from "node:test";
import type { LibraryInfo, SoundtrackAnswer } from "#protocol/api/schemas.ts";
import { isEnough } from "./class-music.ts";

function libraryWith(tracks: number, state: LibraryInfo["progress"]["state"]): LibraryInfo {
  const progress = {
    done: tracks,
    total: 41,
    failed: 0,
    tracksPerMinute: 0,
    secondsLeft: null,
    current: null,
  };
  return { folders: [], tracks, demo: true, progress: { ...progress, state }, failures: [] };
}

function soundtrackWith(repeats: number): SoundtrackAnswer {
  const metrics = { timeWithin4Pct: 100, timeWithin8Pct: 100, meanStretchPct: 0, energyCorrelation: 1 };
  return {
    classId: "c",
    slots: [],
    tracks: [],
    missing: [],
    swaps: [],
    cost: 1,
    lowerBound: 1,
    gapPct: 0,
    metrics: { ...metrics, keyCompatiblePct: 100, repeats },
  };
}

test("a class waits while music is on its way and a track would come back", () => {
  assert.equal(isEnough({ library: undefined, soundtrack: undefined }), false);
  assert.equal(isEnough({ library: libraryWith(0, "composing"), soundtrack: undefined }), false);
  assert.equal(isEnough({ library: libraryWith(3, "composing"), soundtrack: undefined }), false);
  assert.equal(isEnough({ library: libraryWith(3, "composing"), soundtrack: soundtrackWith(4) }), false);
  assert.equal(isEnough({ library: libraryWith(3, "scanning"), soundtrack: soundtrackWith(4) }), false);
});

test("it begins when the music lasts, or when there will be no more", () => {
  assert.equal(isEnough({ library: libraryWith(9, "composing"), soundtrack: soundtrackWith(0) }), true);
  assert.equal(isEnough({ library: libraryWith(3, "idle"), soundtrack: soundtrackWith(4) }), true);
});

test("it waits for an empty library to get some", () => {
  assert.equal(isEnough({ library: libraryWith(0, "idle"), soundtrack: undefined }), false);
});
