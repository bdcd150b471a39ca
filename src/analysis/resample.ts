/** Half-width of the interpolation kernel, in samples of the lower of the two rates. */
const halfWidth = 12;
/** Kernel positions between two samples; 1/512 sample is beneath hearing and far beneath beat accuracy. */
const phases = 512;

export interface Resampler {
  push(input: Float32Array): Float32Array;
  finish(): Float32Array;
}

function kernelTable(cutoff: number, taps: number): Float32Array {
  const table = new Float32Array((phases + 1) * taps);
  for (let phase = 0; phase <= phases; phase++) {
    for (let tap = 0; tap < taps; tap++) {
      const x = tap - (taps / 2 - 1) - phase / phases;
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * x * cutoff) / (Math.PI * x * cutoff);
      const window = 0.5 + 0.5 * Math.cos((Math.PI * x) / (taps / 2));
      table[phase * taps + tap] = Math.abs(x) < taps / 2 ? cutoff * sinc * window : 0;
    }
  }
  return table;
}

/**
 * Band-limited change of rate by a windowed sinc, in pieces and without delay: output sample i lies at i / toRate
 * seconds of the input.
 */
export function createResampler(fromRate: number, toRate: number): Resampler {
  const step = fromRate / toRate;
  const cutoff = Math.min(1, 1 / step) * (step === 1 ? 1 : 0.95);
  const taps = 2 * Math.ceil(halfWidth * Math.max(1, step));
  const table = kernelTable(cutoff, taps);
  const lead = taps / 2 - 1;
  let held = new Float32Array(lead);
  let heldStart = -lead;
  let produced = 0;

  const take = (input: Float32Array): Float32Array => {
    const joined = new Float32Array(held.length + input.length);
    joined.set(held);
    joined.set(input, held.length);
    const end = heldStart + joined.length;
    const count = Math.max(0, Math.ceil((end - taps / 2) / step) - produced);
    const output = new Float32Array(count);
    for (let i = 0; i < count; i++) {
      const at = (produced + i) * step;
      const base = Math.floor(at);
      const row = Math.round((at - base) * phases) * taps;
      const from = base - lead - heldStart;
      let sum = 0;
      for (let tap = 0; tap < taps; tap++) sum += joined[from + tap] * table[row + tap];
      output[i] = sum;
    }
    produced += count;
    const keepFrom = Math.max(0, Math.floor(produced * step) - lead - heldStart);
    held = joined.slice(keepFrom);
    heldStart += keepFrom;
    return output;
  };
  return step === 1
    ? { push: (input) => input, finish: () => new Float32Array(0) }
    : { push: take, finish: () => take(new Float32Array(taps / 2)) };
}
