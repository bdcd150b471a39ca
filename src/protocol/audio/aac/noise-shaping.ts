/** Temporal noise shaping: a filter along the frequencies that shapes the noise in time (ISO/IEC 14496-3, 4.6.9). */
import type { BitReader } from "./bits.ts";
import type { Windows } from "./channel.ts";
import { shortLength } from "./filter-bank.ts";

interface Filter {
  /** How many bands it covers, counted from the end of the filter above it. */
  readonly bandCount: number;
  readonly isDownward: boolean;
  readonly reflections: readonly number[];
}

/** The filters of each window, highest frequencies first. */
export type NoiseShaping = readonly (readonly Filter[])[];

/** A coefficient as stored -> a reflection coefficient (4.6.9.3). */
function reflection(stored: number, storedBits: number, resolutionBits: number): number {
  const value = stored >= 1 << (storedBits - 1) ? stored - (1 << storedBits) : stored;
  const steps = (1 << (resolutionBits - 1)) + (value >= 0 ? -0.5 : 0.5);
  return Math.sin((value * Math.PI) / (2 * steps));
}

export function readNoiseShaping(bits: BitReader, isShort: boolean): NoiseShaping {
  const [countBits, lengthBits, orderBits] = isShort ? [1, 4, 3] : [2, 6, 5];
  return Array.from({ length: isShort ? 8 : 1 }, () => {
    const filterCount = bits.read(countBits);
    const resolutionBits = filterCount > 0 ? bits.read(1) + 3 : 0;
    return Array.from({ length: filterCount }, () => {
      const bandCount = bits.read(lengthBits);
      const order = bits.read(orderBits);
      if (order === 0) return { bandCount, isDownward: false, reflections: [] };
      const isDownward = bits.flag();
      const storedBits = resolutionBits - bits.read(1);
      const reflections = Array.from({ length: order }, () =>
        reflection(bits.read(storedBits), storedBits, resolutionBits),
      );
      return { bandCount, isDownward, reflections };
    });
  });
}

/** Reflection coefficients -> the coefficients of the prediction, by Levinson's recursion. */
function predictor(reflections: readonly number[]): number[] {
  let a: number[] = [];
  for (const k of reflections) a = [...a.map((value, i) => value + k * a[a.length - 1 - i]!), k];
  return a;
}

/** Undoes the encoder's filters, in place. */
export function shapeNoise(spectrum: Float64Array, shaping: NoiseShaping, windows: Windows): void {
  const { bands, bandCount, tnsBandCount } = windows;
  const limit = Math.min(tnsBandCount, bandCount);
  for (const [w, filters] of shaping.entries()) {
    let bottom = bands.length - 1;
    for (const filter of filters) {
      const top = bottom;
      bottom = Math.max(0, top - filter.bandCount);
      const from = w * shortLength + bands[Math.min(bottom, limit)]!;
      const to = w * shortLength + bands[Math.min(top, limit)]!;
      const a = predictor(filter.reflections);
      const step = filter.isDownward ? -1 : 1;
      const start = filter.isDownward ? to - 1 : from;
      for (let m = 0; m < to - from; m++) {
        const at = start + m * step;
        let value = spectrum[at]!;
        const reach = Math.min(m, a.length);
        for (let i = 1; i <= reach; i++) value -= a[i - 1]! * spectrum[at - i * step]!;
        spectrum[at] = value;
      }
    }
  }
}
