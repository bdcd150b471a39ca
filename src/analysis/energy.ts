import { clamp, type Share } from "#domain/units.ts";
import type { OnsetCurve } from "./onsets.ts";

/** Onset strength is compared as if every track were mastered to this loudness, so that a quiet master of driving music still drives. */
const referenceLufs = -14;
/** Compressed magnitudes grow slower than the signal: about 0.6 dB for each dB. */
const levelExponent = 0.6;
/** Mean onset strength (at the reference level) at which a track is 63 % of the way to as busy as can be. */
const busyStrength = 14;
/** Clear onsets per second that feel like constant drive: sixteenths at 105 BPM. */
const drivingOnsetsPerS = 7;
const peakReach = 3;
const peakOverMean = 1.6;

function onsetsPerS(strength: Float32Array, mean: number, framesPerS: number): number {
  let onsets = 0;
  for (let i = peakReach; i < strength.length - peakReach; i++) {
    if (strength[i] < peakOverMean * mean) continue;
    let highest = true;
    for (let k = i - peakReach; k <= i + peakReach; k++) if (strength[k] > strength[i]) highest = false;
    if (highest) onsets++;
  }
  return (onsets / Math.max(1, strength.length)) * framesPerS;
}

/**
 * How driving a track feels, 0 calm to 1: mostly how much changes from moment to moment (mean spectral flux), then how
 * many clear onsets there are, then how loud it was mastered. A heuristic of ours; its order is checked on recordings
 * and on constructed cases, its scale carries no unit.
 */
export function energyOf(onsets: OnsetCurve, framesPerS: number, loudnessLufs: number): Share {
  const { strength } = onsets;
  if (strength.length === 0 || loudnessLufs <= -70) return 0;
  const mean = strength.reduce((sum, value) => sum + value, 0) / strength.length;
  const level = 10 ** ((levelExponent * clamp(referenceLufs - loudnessLufs, -12, 30)) / 20);
  const busy = 1 - Math.exp((-mean * level) / busyStrength);
  const drive = busy * clamp(onsetsPerS(strength, mean, framesPerS) / drivingOnsetsPerS, 0, 1);
  const loud = clamp((loudnessLufs + 32) / 24, 0, 1);
  return clamp(0.55 * busy + 0.3 * drive + 0.15 * loud, 0, 1);
}
