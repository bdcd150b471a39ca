import type { Sample } from "#domain/sensor.ts";
import { type CrankEstimate, estimateCrank } from "#engine/calibrate-crank.ts";

/** Three minutes and more of one notification a second, and of taps with every turn. */
const keptAtMost = 240;
const fewestTaps = 16;
const everyTaps = 8;

/**
 * Taps with each push of the foot, while a crank sensor talks, tell where in the revolution it counts: every few taps
 * what they tell by now is handed to `onEstimate`.
 */
export class CrankTaps {
  readonly #samples = new Map<string, Sample[]>();
  readonly #taps: number[] = [];
  readonly #onEstimate: (sensor: string, estimate: CrankEstimate) => void;
  #count = 0;

  constructor(onEstimate: (sensor: string, estimate: CrankEstimate) => void) {
    this.#onEstimate = onEstimate;
  }

  hear(sample: Sample): void {
    if (!sample.measurements.some(({ kind }) => kind === "crank")) return;
    const samples = this.#samples.get(sample.sensor) ?? [];
    this.#samples.set(sample.sensor, samples);
    samples.push(sample);
    if (samples.length > keptAtMost) samples.shift();
  }

  tap(tMs: number): void {
    this.#taps.push(tMs);
    if (this.#taps.length > keptAtMost) this.#taps.shift();
    this.#count += 1;
    if (this.#count < fewestTaps || this.#count % everyTaps !== 0) return;
    for (const [sensor, samples] of this.#samples) {
      const estimate = estimateCrank(samples, this.#taps);
      if (estimate !== null) this.#onEstimate(sensor, estimate);
    }
  }
}
