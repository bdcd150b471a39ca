import assert from "node:assert/strict";
import { test } from "node:test";
import { writeMidi, type MidiEvent } from "midi-file";
import { seededRandom } from "#domain/seeded-random.ts";
import { driftingTime } from "./drift.ts";
import { readMidi, truthOfMidi, warpedMidi, warpedTruth } from "./midi-times.ts";

const note = (deltaTime: number): MidiEvent => ({
  deltaTime,
  type: "noteOn",
  channel: 0,
  noteNumber: 60,
  velocity: 90,
});

/** Two bars of 3/4 at 120, then 4/4 at 60 BPM; a note on every beat from the second on. */
function song(): Uint8Array {
  const time = (numerator: number, deltaTime: number): MidiEvent => ({
    deltaTime,
    type: "timeSignature",
    numerator,
    denominator: 4,
    metronome: 24,
    thirtyseconds: 8,
  });
  const conductor: MidiEvent[] = [
    time(3, 0),
    { deltaTime: 0, type: "setTempo", microsecondsPerBeat: 500_000 },
    time(4, 600),
    { deltaTime: 0, type: "setTempo", microsecondsPerBeat: 1_000_000 },
    { deltaTime: 0, type: "endOfTrack" },
  ];
  const notes = [
    ...Array.from({ length: 10 }, () => note(100)),
    { deltaTime: 0, type: "endOfTrack" } as const,
  ];
  const header = { format: 1, numTracks: 2, ticksPerBeat: 100 } as const;
  return Uint8Array.from(writeMidi({ header, tracks: [conductor, notes] }));
}

test("beats and bars through tempo and metre changes", () => {
  const truth = truthOfMidi(readMidi(song()));
  assert.deepEqual(truth.beatsS, [0, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 7]);
  assert.deepEqual(truth.downbeatsS, [0, 1.5, 3, 7]);
  assert.deepEqual([truth.fromS, truth.toS], [0.5, 7]);
});

test("a warped file has its notes where the warped truth says, under one tempo", () => {
  const warp = driftingTime(seededRandom(3));
  const music = readMidi(song());
  const again = readMidi(warpedMidi(music, warp, 5.5));
  assert.ok(!again.tracks.flat().some(({ event }) => event.type === "setTempo"));
  const notes = again.tracks
    .flat()
    .filter(({ event }) => event.type === "noteOn")
    .map(({ tick }) => again.secondsAt(tick));
  const truth = warpedTruth(truthOfMidi(music), warp, 5.5);
  assert.equal(notes.length, truth.beatsS.length - 1);
  for (const [i, time] of notes.entries()) assert.ok(Math.abs(time - truth.beatsS[i + 1]) < 1e-4);
  assert.equal(truth.downbeatsS?.length, 3);
});

test("drift stays within 6 % and starts at zero", () => {
  const warp = driftingTime(seededRandom(9));
  assert.equal(warp(0), 0);
  const rates = Array.from({ length: 1000 }, (_, i) => warp((i + 1) / 5) - warp(i / 5)).map((gap) => gap * 5);
  assert.ok(Math.min(...rates) > 0.94 && Math.max(...rates) < 1.06);
  assert.ok(Math.max(...rates) - Math.min(...rates) > 0.04);
});
