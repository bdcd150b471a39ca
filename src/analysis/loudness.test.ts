import assert from "node:assert/strict";
import { test } from "node:test";
import { createLoudnessMeter, type Loudness } from "./loudness.ts";

function sine(
  frequencyHz: number,
  amplitude: number,
  seconds: number,
  sampleRate: number,
  phase = 0,
): Float32Array {
  return Float32Array.from(
    { length: seconds * sampleRate },
    (_, i) => amplitude * Math.sin((2 * Math.PI * frequencyHz * i) / sampleRate + phase),
  );
}

function measure(channels: readonly Float32Array[], sampleRate: number, pieceFrames = 4096): Loudness {
  const meter = createLoudnessMeter(sampleRate, channels.length);
  for (let at = 0; at < channels[0].length; at += pieceFrames) {
    meter.push(channels.map((channel) => channel.subarray(at, at + pieceFrames)));
  }
  return meter.finish();
}

function near(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} +- ${tolerance}`);
}

test("a full-scale 997 Hz sine in one channel reads -3.01 LUFS (BS.1770-4, note to 5.1), at any sample rate", () => {
  for (const sampleRate of [22_050, 44_100, 48_000, 96_000]) {
    near(measure([sine(997, 1, 5, sampleRate)], sampleRate).loudnessLufs, -3.01, 0.05);
  }
});

test("stereo -23 dBFS sine reads -23 LUFS (after EBU Tech 3341, case 1), and 10 dB less reads 10 LU less (case 2)", () => {
  const at = (db: number) => {
    const tone = sine(1000, 10 ** (db / 20), 6, 48_000);
    return measure([tone, tone], 48_000).loudnessLufs;
  };
  near(at(-23), -23, 0.1);
  near(at(-33), -33, 0.1);
});

test("quiet passages are gated out (after EBU Tech 3341, case 3, shortened)", () => {
  const tone = new Float32Array([
    ...sine(1000, 10 ** (-36 / 20), 5, 48_000),
    ...sine(1000, 10 ** (-23 / 20), 15, 48_000),
    ...sine(1000, 10 ** (-36 / 20), 5, 48_000),
  ]);
  near(measure([tone, tone], 48_000).loudnessLufs, -23, 0.1);
});

test("true peak finds what lies between the samples (EBU Tech 3341, case 16)", () => {
  // A quarter of the sample rate, 45 degrees off: every sample at 0.707 of the peak.
  const { truePeakDbtp } = measure([sine(12_000, 0.5, 1, 48_000, Math.PI / 4)], 48_000);
  near(truePeakDbtp, -6, 0.4);
});

test("silence and too short signals", () => {
  assert.deepEqual(measure([new Float32Array(48_000)], 48_000), { loudnessLufs: -70, truePeakDbtp: -120 });
  assert.equal(measure([sine(1000, 0.5, 0.3, 48_000)], 48_000).loudnessLufs, -70);
});

test("the pieces do not matter", () => {
  const tone = sine(440, 0.3, 3, 44_100);
  const [one, other] = [measure([tone], 44_100, 4096), measure([tone], 44_100, 777)];
  near(one.loudnessLufs, other.loudnessLufs, 1e-6);
  near(one.truePeakDbtp, other.truePeakDbtp, 1e-6);
});
