import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { aMinorChords, cMajorChords, perform, type BandScore, type Performance } from "#test/support/band.ts";
import { moodOf, moodWords } from "#domain/mood.ts";
import { seededRandom } from "#domain/seeded-random.ts";
import type { TrackProfile } from "#domain/track.ts";
import { agreement } from "./confidence.ts";
import { createProfiler } from "./profile.ts";

function profileOf(channels: readonly Float32Array[], sampleRate: number, pieceFrames = 8192): TrackProfile {
  const profiler = createProfiler(sampleRate, channels.length);
  for (let at = 0; at < channels[0].length; at += pieceFrames) {
    profiler.push(channels.map((channel) => channel.subarray(at, at + pieceFrames)));
  }
  return profiler.finish();
}

const band: BandScore = {
  tempoBpm: 124,
  beatsPerBar: 4,
  seconds: 24,
  sampleRate: 44_100,
  chords: cMajorChords,
  drums: 1,
};

function noise(frames: number, amplitude: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length: frames }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (amplitude * state) / 2 ** 31;
  });
}

/** A voice without a beat: buzzing syllables of uneven length and pitch, with breaks for breath. */
function speech(seconds: number, sampleRate: number): Float32Array {
  const random = seededRandom(5);
  const samples = new Float32Array(seconds * sampleRate);
  for (let at = 0; at < samples.length;) {
    const length = Math.round((0.08 + 0.25 * random()) * sampleRate);
    const pitchHz = 90 + 60 * random();
    const formantHz = 400 + 1200 * random();
    const loud = 0.1 + 0.2 * random();
    for (let i = 0; i < length && at + i < samples.length; i++) {
      const sinceGlottis = ((i * pitchHz) / sampleRate) % 1;
      const ring = Math.exp(-6 * sinceGlottis) * Math.sin((2 * Math.PI * formantHz * sinceGlottis) / pitchHz);
      samples[at + i] = loud * Math.sin((Math.PI * i) / length) * ring;
    }
    at += length + Math.round((random() < 0.2 ? 0.3 + 0.6 * random() : 0.05 * random()) * sampleRate);
  }
  return samples;
}

function assertGrid(profile: TrackProfile, played: Performance, tempoBpm: number): void {
  assert.ok(Math.abs(profile.tempoBpm - tempoBpm) < 0.05, `${profile.tempoBpm} for ${tempoBpm}`);
  assert.ok(profile.tempoConfidence > 0.5, `confidence ${profile.tempoConfidence}`);
  assert.ok(agreement(profile.beatsS, played.beatsS) > 0.97, "beats");
  assert.ok(agreement(profile.downbeatsS, played.downbeatsS) > 0.9, "downbeats");
  const late = profile.beatsS.map((beat) =>
    Math.min(...played.beatsS.map((other) => Math.abs(other - beat))),
  );
  assert.ok(late.toSorted((a, b) => a - b)[Math.floor(late.length * 0.9)] < 0.015, "within 15 ms");
}

describe("a band whose beats are known", () => {
  for (const tempoBpm of [84, 124, 172]) {
    test(`${tempoBpm} BPM in four`, () => {
      const played = perform({ ...band, tempoBpm });
      assertGrid(profileOf([played.samples], 44_100), played, tempoBpm);
    });
  }

  test("a waltz, at another sample rate, in stereo", () => {
    const played = perform({ ...band, tempoBpm: 138, beatsPerBar: 3, sampleRate: 48_000 });
    assertGrid(profileOf([played.samples, played.samples], 48_000), played, 138);
  });

  test("its key, major and minor", () => {
    const major = profileOf([perform({ ...band, drums: 0.3 }).samples], 44_100);
    assert.equal(major.key, "8B");
    const minor = profileOf([perform({ ...band, drums: 0.3, chords: aMinorChords }).samples], 44_100);
    assert.equal(minor.key, "8A");
  });

  test("more drums, faster: more energy", () => {
    const calm = profileOf([perform({ ...band, tempoBpm: 80, drums: 0 }).samples], 44_100);
    const easy = profileOf([perform({ ...band, tempoBpm: 96, drums: 0.3 }).samples], 44_100);
    const driving = profileOf([perform({ ...band, tempoBpm: 168, drums: 1 }).samples], 44_100);
    assert.ok(
      calm.energy < easy.energy && easy.energy < driving.energy,
      `${calm.energy} ${easy.energy} ${driving.energy}`,
    );
  });

  test("heard through a telephone or clipped, the tempo stays", () => {
    const telephone = perform({ ...band, sampleRate: 8000 });
    assert.ok(Math.abs(profileOf([telephone.samples], 8000).tempoBpm - 124) < 0.2);
    const clipped = perform(band).samples.map((value) => Math.max(-0.5, Math.min(0.5, 20 * value)));
    assert.ok(Math.abs(profileOf([clipped], 44_100).tempoBpm - 124) < 0.2);
  });

  test("its mood: major is brighter, drums at speed are more driving", () => {
    const moodOfBand = (score: Partial<BandScore>) =>
      moodOf(profileOf([perform({ ...band, ...score }).samples], 44_100));
    const calm = moodOfBand({ tempoBpm: 76, drums: 0, chords: aMinorChords });
    const bright = moodOfBand({ tempoBpm: 76, drums: 0 });
    const driving = moodOfBand({ tempoBpm: 168 });
    assert.ok(bright.valence > calm.valence + 0.2, `${bright.valence} ${calm.valence}`);
    assert.ok(driving.arousal > calm.arousal + 0.2, `${driving.arousal} ${calm.arousal}`);
    assert.ok(moodWords(calm).includes("calm"));
  });

  test("the pieces do not matter", () => {
    const { samples } = perform({ ...band, seconds: 20 });
    const [one, other] = [profileOf([samples], 44_100, 8192), profileOf([samples], 44_100, 1001)];
    assert.deepEqual(one.beatsS, other.beatsS);
    assert.equal(one.durationS, 20);
  });
});

describe("what has no beat gets no grid", () => {
  const cases: Readonly<Record<string, readonly [readonly Float32Array[], number]>> = {
    silence: [[new Float32Array(44_100 * 10)], 44_100],
    "constant offset": [[new Float32Array(44_100 * 10).fill(0.4)], 44_100],
    "white noise": [[noise(44_100 * 20, 0.3)], 44_100],
    "a long sine": [[Float32Array.from({ length: 44_100 * 12 }, (_, i) => 0.3 * Math.sin(i * 0.06))], 44_100],
    "one sample": [[Float32Array.of(0.5)], 44_100],
    "a tenth of a second": [[noise(4410, 0.5)], 44_100],
    "one second": [[noise(44_100, 0.5)], 44_100],
    "telephone noise": [[noise(8000 * 10, 0.2)], 8000],
    "a voice": [[speech(30, 44_100)], 44_100],
    "a voice on the telephone": [[speech(30, 8000)], 8000],
    "clipped noise": [[noise(44_100 * 12, 8).map((value) => Math.max(-1, Math.min(1, value)))], 44_100],
  };
  for (const [name, [channels, sampleRate]] of Object.entries(cases)) {
    test(name, () => {
      const profile = profileOf(channels, sampleRate);
      assert.deepEqual(profile.beatsS, []);
      assert.deepEqual(profile.downbeatsS, []);
      assert.equal(profile.confident, false);
      assert.equal(profile.tempoBpm, 0);
      for (const value of [
        profile.energy,
        profile.keyConfidence,
        profile.loudnessLufs,
        profile.truePeakDbtp,
      ]) {
        assert.ok(Number.isFinite(value), `${value}`);
      }
      assert.ok(profile.energy >= 0 && profile.energy <= 1);
    });
  }
});
