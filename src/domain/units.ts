/** Names for the numbers that travel through the programme. The unit is always the last word of a variable's name too. */
export type Seconds = number;
export type Milliseconds = number;
/** Beats per minute of music. */
export type Bpm = number;
/** Revolutions per minute for cycling; strokes or steps per minute (spm) otherwise. */
export type Cadence = number;
export type Watts = number;
/** A share or probability, 0..1. Percentages (0..100) end in `Pct`. */
export type Share = number;

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

export function lerp(from: number, to: number, share: Share): number {
  return from + (to - from) * share;
}

/** The value below which `share` of the sorted-ascending `sorted` lies, by linear interpolation; NaN when empty. */
export function quantile(sorted: readonly number[], share: Share): number {
  if (sorted.length === 0) return Number.NaN;
  const at = clamp(share, 0, 1) * (sorted.length - 1);
  const low = Math.floor(at);
  const below = sorted[low] ?? Number.NaN;
  return lerp(below, sorted[Math.min(low + 1, sorted.length - 1)] ?? below, at - low);
}
