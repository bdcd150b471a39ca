/** From an onset curve to beats: the whole track, in pieces short enough that a mix may change its tempo. */
import { clamp } from "#domain/units.ts";
import { barPointerBeats } from "./bar-pointer.ts";
import { onsetRate } from "./onsets.ts";

/** Keeps the memory of the search at 50 MB, however long a mix is. */
const pieceS = 600;
/** Pieces overlap so that a beat near the seam is seen whole by one of them. */
const overlapS = 10;

/** An onset is what rises above the mean this far around it, in frames. */
const aroundFrames = 40;
/** The onset that only 3 % of all frames exceed is as clear as an onset gets. */
const clearQuantile = 0.97;
/** A clear onset is a beat this often; silence where a beat should be happens too. */
const [clearChance, silentChance, highestChance] = [0.6, 0.02, 0.78];
/** The strongest onset within this many frames after the start of a beat is where it sounds. */
const beatFrames = 6;
/** Where people tap along, with its spread in octaves (after Moelants 2002, widened on training material). */
const [usualBpm, spreadOctaves] = [115, 0.8];

const search = {
  beatParts: 12,
  steadiness: 100,
  slowestBpm: 52,
  fastestBpm: 215,
  tempoPrior: (bpm: number) => -0.5 * (Math.log2(bpm / usualBpm) / spreadOctaves) ** 2,
} as const;

/** The probability of a beat at each frame of an onset curve, as far as one frame can tell. */
function beatChances(pulse: Float32Array): Float32Array {
  const sums = new Float64Array(pulse.length + 1);
  for (let i = 0; i < pulse.length; i++) sums[i + 1] = sums[i] + pulse[i];
  const mean = sums[pulse.length] / pulse.length;
  const clear = pulse.toSorted()[Math.floor(pulse.length * clearQuantile)];
  return pulse.map((value, i) => {
    const from = Math.max(0, i - aroundFrames);
    const to = Math.min(pulse.length, i + aroundFrames + 1);
    const around = (sums[to] - sums[from]) / (to - from);
    const height = (value - around) / Math.max(1e-9, clear - Math.min(around, mean));
    return clamp(clearChance * height, silentChance, highestChance);
  });
}

function beatsOfPiece(pulse: Float32Array): number[] {
  return barPointerBeats(beatChances(pulse), search).map((start) => {
    let strongest = start;
    for (let i = start; i < Math.min(pulse.length, start + beatFrames); i++)
      if (pulse[i] > pulse[strongest]) strongest = i;
    return strongest / onsetRate;
  });
}

/** Beats of a whole track by its onset curve (`OnsetCurve.pulse`), seconds from its start, ascending. */
export function trackBeats(pulse: Float32Array): number[] {
  const pieceFrames = pieceS * onsetRate;
  const overlapFrames = overlapS * onsetRate;
  const beats: number[] = [];
  for (let from = 0; from < pulse.length; from += pieceFrames - overlapFrames) {
    const seamS = from === 0 ? 0 : (from + overlapFrames / 2) / onsetRate;
    const found = beatsOfPiece(pulse.subarray(from, from + pieceFrames)).map(
      (beatS) => beatS + from / onsetRate,
    );
    while ((beats.at(-1) ?? -1) >= seamS) beats.pop();
    const closest = (beats.at(-1) ?? -Infinity) + 0.2;
    for (const beatS of found) if (beatS >= seamS && beatS > closest) beats.push(beatS);
    if (from + pieceFrames >= pulse.length) break;
  }
  return beats;
}
