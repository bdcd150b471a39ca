import { seededRandom } from "#domain/seeded-random.ts";
import type { NoteSound } from "../synth/voice.ts";
import { sampleRate } from "../synth/wavetable.ts";

/** Band-passed noise that climbs from 300 Hz to 7 kHz and swells, different on each side; ends at once. */
export function riserSound(frames: number): NoteSound {
  return { left: riserSide(frames, 71), right: riserSide(frames, 72) };
}

function riserSide(frames: number, seed: number): Float32Array {
  const samples = new Float32Array(frames);
  const random = seededRandom(seed);
  let band = 0;
  let low = 0;
  let g = 0;
  for (let frame = 0; frame < frames; frame++) {
    const share = frame / frames;
    if (frame % 64 === 0) g = 2 * Math.sin((Math.PI * 300 * (7000 / 300) ** share) / sampleRate);
    low += g * band;
    const high = 2 * random() - 1 - low - 0.5 * band;
    band += g * high;
    samples[frame] = band * share * share * Math.min(1, (frames - frame) / 400);
  }
  return samples;
}
