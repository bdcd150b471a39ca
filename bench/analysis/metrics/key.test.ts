import assert from "node:assert/strict";
import { test } from "node:test";
import { writeMidi, type MidiEvent } from "midi-file";
import { tonalityOfMidi } from "../material/midi-key.ts";
import { readMidi } from "../material/midi-times.ts";
import { krumhanslKessler, temperley, tonalityByProfiles } from "./key-profiles.ts";
import { keyScore, tonalityOf } from "./key.ts";

const c = { tonic: 0, minor: false };

test("Camelot codes as tonic and mode", () => {
  assert.deepEqual(tonalityOf("8B"), c);
  assert.deepEqual(tonalityOf("8A"), { tonic: 9, minor: true });
  assert.deepEqual(tonalityOf("9B"), { tonic: 7, minor: false });
  assert.deepEqual(tonalityOf("1B"), { tonic: 11, minor: false });
  assert.deepEqual(tonalityOf("5A"), { tonic: 0, minor: true });
});

test("near keys score in part", () => {
  assert.equal(keyScore(c, c), 1);
  assert.equal(keyScore(c, { tonic: 7, minor: false }), 0.5);
  assert.equal(keyScore(c, { tonic: 5, minor: false }), 0.5);
  assert.equal(keyScore(c, { tonic: 9, minor: true }), 0.3);
  assert.equal(keyScore({ tonic: 9, minor: true }, c), 0.3);
  assert.equal(keyScore(c, { tonic: 0, minor: true }), 0.2);
  assert.equal(keyScore(c, { tonic: 2, minor: false }), 0);
  assert.equal(keyScore(c, null), 0);
});

test("a scale with a strong tonic is in its key by both profiles", () => {
  const gMajor = [1, 0, 1.5, 0, 1, 0, 0.7, 2, 0, 1, 0, 1.2];
  const aMinor = [1.3, 0, 1, 0, 1.5, 1, 0, 0.6, 0.4, 2, 0, 0.7];
  for (const profiles of [krumhanslKessler, temperley]) {
    assert.deepEqual(tonalityByProfiles(gMajor, profiles), { tonic: 7, minor: false });
    assert.deepEqual(tonalityByProfiles(aMinor, profiles), { tonic: 9, minor: true });
  }
});

/** Chords of a beat each, on channel 1; a drum that would mislead. */
function song(chords: readonly (readonly number[])[]) {
  const events: MidiEvent[] = chords.flatMap((notes) => [
    { deltaTime: 0, type: "noteOn", channel: 9, noteNumber: 37, velocity: 90 },
    ...notes.map((noteNumber): MidiEvent => ({
      deltaTime: 0,
      type: "noteOn",
      channel: 1,
      noteNumber,
      velocity: 90,
    })),
    ...notes.map((noteNumber, i): MidiEvent => ({
      deltaTime: i === 0 ? 100 : 0,
      type: "noteOff",
      channel: 1,
      noteNumber,
      velocity: 0,
    })),
    { deltaTime: 0, type: "noteOff", channel: 9, noteNumber: 37, velocity: 0 },
  ]);
  const header = { format: 0, numTracks: 1, ticksPerBeat: 100 } as const;
  const track: MidiEvent[] = [...events, { deltaTime: 0, type: "endOfTrack" }];
  return readMidi(Uint8Array.from(writeMidi({ header, tracks: [track] })));
}

test("a cadence in D has its key; a chromatic run has none", () => {
  const d = [38, 62, 66, 69];
  assert.deepEqual(tonalityOfMidi(song([d, [43, 62, 67, 71], [45, 61, 64, 69], d, d]), 60), {
    tonic: 2,
    minor: false,
  });
  // D major by its notes, but F# and C# lie in the bass throughout.
  assert.equal(
    tonalityOfMidi(
      song([
        [42, 62, 66, 69],
        [37, 62, 67, 71],
        [42, 61, 64, 69],
      ]),
      60,
    ),
    null,
  );
});
