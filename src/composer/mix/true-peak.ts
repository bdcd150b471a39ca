/** Four-fold oversampling by windowed sinc (BS.1770-4, annex 2): three interpolated points between samples, 24 taps. */
const taps = 24;
const phases = [1, 2, 3].map((quarter) => {
  const filter = Float64Array.from({ length: taps }, (_, tap) => {
    const at = tap - taps / 2 + 1 - quarter / 4;
    const window = 0.5 + 0.5 * Math.cos((Math.PI * at) / (taps / 2));
    return at === 0 ? 1 : (Math.sin(Math.PI * at) / (Math.PI * at)) * window;
  });
  const sum = filter.reduce((total, value) => total + value, 0);
  return filter.map((value) => value / sum);
});

/**
 * The highest of |sample| and the points reconstructed between it and the next one. `floor` saves work: where neither
 * sample reaches it, only the sample itself is looked at.
 */
export function truePeakAt(samples: Float32Array, frame: number, floor: number): number {
  const here = Math.abs(samples[frame]);
  const next = Math.abs(frame + 1 < samples.length ? samples[frame + 1] : 0);
  if (here < floor && next < floor) return here;
  let peak = here;
  const first = frame - taps / 2 + 1;
  if (first < 0 || first + taps > samples.length) return peak;
  for (const filter of phases) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) sum += filter[tap] * samples[first + tap];
    peak = Math.max(peak, Math.abs(sum));
  }
  return peak;
}
