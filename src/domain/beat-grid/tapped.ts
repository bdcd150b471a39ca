/** A grid from a few taps: the taps say which pulse, the music says exactly where it lies. */
import { quantile, type Seconds } from "../units.ts";
import { timeBefore, type Region } from "./edit.ts";

/** Evenly spaced beats: beat n lies at `startS + n * beatS`. */
export interface BeatLine {
  readonly startS: Seconds;
  readonly beatS: Seconds;
}

/** Fewer taps are an accident, or say too little. */
export const fewestTaps = 4;
/** Taps nearer or further apart than this are no beat: 400 and 30 BPM. */
const [shortestGapS, longestGapS] = [0.15, 2] as const;

/** The line through taps by least squares; a tap left out counts as left out. Null when they are too few or no pulse. */
export function tappedLine(tapsS: readonly Seconds[]): BeatLine | null {
  const gaps = tapsS.slice(1).map((tapS, index) => tapS - (tapsS[index] ?? tapS));
  const gapS = quantile(gaps.toSorted(timeBefore), 0.5);
  if (tapsS.length < fewestTaps || !(gapS >= shortestGapS && gapS <= longestGapS)) return null;
  let beat = 0;
  const beats = [0, ...gaps.map((gap) => (beat += Math.max(1, Math.round(gap / gapS))))];
  const meanBeat = beats.reduce((sum, value) => sum + value, 0) / beats.length;
  const meanS = tapsS.reduce((sum, value) => sum + value, 0) / tapsS.length;
  let [products, squares] = [0, 0];
  for (const [index, value] of beats.entries()) {
    products += (value - meanBeat) * ((tapsS[index] ?? meanS) - meanS);
    squares += (value - meanBeat) ** 2;
  }
  const beatS = products / squares;
  return { beatS, startS: meanS - beatS * meanBeat };
}

/** How strongly music begins (note onsets) over time: value i at i / `rate` seconds. */
export interface OnsetStrength {
  readonly values: ArrayLike<number>;
  readonly rate: number;
}

/** People tap this far from the beat at most, most of them early (Repp 2005). */
const tapReachS = 0.08;
/** When the stretch listened to doubles, its old ends may have been this far off. */
const edgeReachS = 0.06;
const stepsPerSide = 12;
const refinements = 2;

function strengthAt({ values, rate }: OnsetStrength, atS: Seconds): number {
  const at = atS * rate;
  const below = Math.floor(at);
  const share = at - below;
  return (values[below] ?? 0) * (1 - share) + (values[below + 1] ?? 0) * share;
}

/** Mean onset strength on the beats of a line within a region. A beat a frame off still counts half. */
function strengthOn(onsets: OnsetStrength, { startS, beatS }: BeatLine, { fromS, toS }: Region): number {
  const from = Math.ceil((fromS - startS) / beatS);
  const to = Math.floor((toS - startS) / beatS);
  const frameS = 1 / onsets.rate;
  let sum = 0;
  for (let beat = from; beat <= to; beat++) {
    const atS = startS + beat * beatS;
    sum +=
      strengthAt(onsets, atS) + (strengthAt(onsets, atS - frameS) + strengthAt(onsets, atS + frameS)) / 2;
  }
  return sum / Math.max(1, to - from + 1);
}

/** The line near `line`, moved by at most `reachS` at either end of the region, that onsets speak for most. */
function bestNear(onsets: OnsetStrength, line: BeatLine, region: Region, reachS: Seconds): BeatLine {
  const firstBeat = Math.round((region.fromS - line.startS) / line.beatS);
  const lastBeat = Math.max(firstBeat + 1, Math.round((region.toS - line.startS) / line.beatS));
  let best = line;
  for (let round = 0, stepS = reachS / stepsPerSide; round <= refinements; round++, stepS /= 4) {
    const sides = round === 0 ? stepsPerSide : 4;
    const [firstS, lastS] = [firstBeat, lastBeat].map((beat) => best.startS + beat * best.beatS) as [
      number,
      number,
    ];
    let strongest = strengthOn(onsets, best, region);
    for (let a = -sides; a <= sides; a++) {
      for (let b = -sides; b <= sides; b++) {
        const beatS = (lastS + b * stepS - (firstS + a * stepS)) / (lastBeat - firstBeat);
        const candidate = { beatS, startS: firstS + a * stepS - firstBeat * beatS };
        const strength = strengthOn(onsets, candidate, region);
        if (strength > strongest) [best, strongest] = [candidate, strength];
      }
    }
  }
  return best;
}

/**
 * Brings a tapped line onto the music: first over the stretch that was tapped, then over one twice as long, until it
 * holds over the whole track. An error of 1 ms a beat, usual for eight taps, would be half a second after four minutes.
 */
export function refinedLine(
  line: BeatLine,
  tapsS: readonly Seconds[],
  onsets: OnsetStrength,
  track: Region,
): BeatLine {
  let region: Region = { fromS: tapsS[0] ?? track.fromS, toS: tapsS.at(-1) ?? track.toS };
  let refined = bestNear(onsets, line, region, tapReachS);
  while (region.fromS > track.fromS || region.toS < track.toS) {
    const halfS = (region.toS - region.fromS) / 2;
    region = {
      fromS: Math.max(track.fromS, region.fromS - halfS),
      toS: Math.min(track.toS, region.toS + halfS),
    };
    refined = bestNear(onsets, refined, region, edgeReachS);
  }
  return refined;
}
