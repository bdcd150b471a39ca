import assert from "node:assert/strict";
import { test } from "node:test";
import { leadVoices, nearestPitch, readProgression, scaleOfKey } from "./harmony.ts";

const pitchClasses = "C C# D D# E F F# G G# A A# B".split(" ");
const names = (tones: readonly number[]): string => tones.map((tone) => pitchClasses[tone]).join(" ");
const chords = (key: `${number}${"A" | "B"}`, symbols: string): string[] =>
  readProgression(scaleOfKey(key), symbols).map((chord) => names(chord.tones));

test("Camelot codes name the keys of the circle of fifths", () => {
  const tonics = { "8B": "C", "9B": "G", "7B": "F", "1B": "B", "8A": "A", "5A": "C", "4A": "F", "10A": "B" };
  for (const [key, tonic] of Object.entries(tonics)) {
    const scale = scaleOfKey(key as `${number}A`);
    assert.equal(pitchClasses[scale.tonic], tonic, key);
    assert.equal(scale.minor, key.endsWith("A"));
  }
});

test("chord symbols spell the chords a musician writes for them", () => {
  assert.deepEqual(chords("8B", "1 4 57 29 5s"), ["C E G", "F A C", "G B D F", "D F A C E", "G C D"]);
  assert.deepEqual(chords("8A", "1 6 3 7"), ["A C E", "F A C", "C E G", "G B D"]);
  assert.deepEqual(chords("8A", "5 5M 5M7 1p"), ["E G B", "E G# B", "E G# B D", "A E"]);
});

test("voices move little: no jump over a fourth where the chord has a nearer tone", () => {
  const progression = readProgression(scaleOfKey("8B"), "19 67 29 57 1 6 4 5s");
  const voicings = leadVoices(progression, 52, 79);
  voicings.forEach((voicing, index) => {
    const { tones } = progression[index];
    assert.deepEqual(new Set(voicing.map((midi) => midi % 12)), new Set(tones.slice(-4)));
    assert.ok(voicing.every((midi) => midi >= 52 && midi <= 79));
    if (index === 0) return;
    const before = voicings[index - 1];
    for (const midi of voicing) {
      assert.ok(Math.min(...before.map((other) => Math.abs(other - midi))) <= 5, `chord ${index}`);
    }
  });
});

test("the nearest pitch of a class is at most a tritone away", () => {
  for (let midi = 36; midi < 60; midi++) {
    for (let pitchClass = 0; pitchClass < 12; pitchClass++) {
      const nearest = nearestPitch(pitchClass, midi);
      assert.equal(nearest % 12, pitchClass);
      assert.ok(Math.abs(nearest - midi) <= 6);
    }
  }
});
