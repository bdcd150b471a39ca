/** The click track of test/fixtures/audio, by its formula, and where its clicks are in other PCM. */
import { readFileSync } from "node:fs";
import { createOggEncoder } from "wasm-media-encoders";
import { wavOf } from "./wav.ts";

export const clickRate = 44_100;
export const clickTimesS: readonly number[] = [0.25, 0.75, 1.25, 1.75, 2.25, 2.75];

export function clickSamples(): Float32Array {
  const samples = new Float32Array(3 * clickRate);
  for (const startS of clickTimesS) {
    const start = Math.round(startS * clickRate);
    for (let i = 0; i < 0.02 * clickRate; i++) {
      const t = i / clickRate;
      samples[start + i] = 0.8 * Math.sin(2 * Math.PI * 1000 * t) * Math.exp(-200 * t);
    }
  }
  return samples;
}

async function clicksAsOgg(): Promise<Uint8Array> {
  const encoder = await createOggEncoder();
  encoder.configure({ channels: 1, sampleRate: clickRate, vbrQuality: 4, oggSerialNo: 1 });
  const parts = [encoder.encode([clickSamples()]).slice(), encoder.finalize().slice()];
  return new Uint8Array(Buffer.concat(parts));
}

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../fixtures/audio/${name}`, import.meta.url)));

/** The click track in every format. */
export async function clickFiles(): Promise<ReadonlyMap<string, Uint8Array>> {
  return new Map([
    ["clicks.wav", wavOf([clickSamples()], clickRate)],
    ["clicks.ogg", await clicksAsOgg()],
    ...["clicks.mp3", "clicks.flac", "clicks.opus", "clicks.m4a", "clicks-late-index.m4a"].map(
      (name) => [name, fixture(name)] as const,
    ),
  ]);
}

/** When the click near each expected time starts: where the signal first passes 30 % of that click's peak, 0.05 ms after its start by the formula. */
export function foundClicksS(samples: Float32Array, sampleRate: number): number[] {
  return clickTimesS.map((timeS) => {
    const from = Math.round((timeS - 0.1) * sampleRate);
    const near = samples.subarray(from, from + Math.round(0.2 * sampleRate));
    const peak = near.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);
    return (from + near.findIndex((sample) => Math.abs(sample) > 0.3 * peak)) / sampleRate;
  });
}
