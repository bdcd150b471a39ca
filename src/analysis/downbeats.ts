/** Which beats start a bar: the most likely way of counting through the beats of a track, by what the network hears at each. */
import { clamp } from "#domain/units.ts";
import { onsetRate } from "./onsets.ts";

/** Bars that music is counted in, with the log of how usual each is. */
const metres: readonly (readonly [beats: number, prior: number])[] = [
  [4, 0],
  [3, -4],
  [5, -12],
];
/** What it costs to lose count once, as a bar of another length does. */
const slip = -7;
/** A beat counts the most likely frame this near. */
const reachFrames = 3;
const [leastChance, mostChance] = [0.01, 0.95];

function chanceNear(chances: Float32Array, timeS: number): number {
  const middle = Math.round(timeS * onsetRate);
  let most = 0;
  for (let i = middle - reachFrames; i <= middle + reachFrames; i++) most = Math.max(most, chances[i] ?? 0);
  return clamp(most, leastChance, mostChance);
}

/** The most likely count of each beat, 0 for a downbeat, in bars of `length` beats, and its log-probability (Viterbi). */
function counted(
  chances: readonly number[],
  length: number,
): { readonly counts: number[]; readonly score: number } {
  let scores = new Float64Array(length);
  const before: Int8Array[] = [];
  for (const chance of chances) {
    const best = scores.indexOf(Math.max(...scores));
    const next = new Float64Array(length);
    const from = new Int8Array(length);
    for (let count = 0; count < length; count++) {
      const usual = (count + length - 1) % length;
      from[count] = scores[usual] >= scores[best] + slip ? usual : best;
      const arrived = Math.max(scores[usual], scores[best] + slip);
      next[count] = arrived + Math.log(count === 0 ? chance : 1 - chance);
    }
    scores = next;
    before.push(from);
  }
  const score = Math.max(...scores);
  const counts: number[] = [];
  let count = scores.indexOf(score);
  for (const from of before.toReversed()) {
    counts.push(count);
    count = from[count];
  }
  return { counts: counts.reverse(), score };
}

/** The downbeats among `beatsS` by the chance of one at each frame; none when there are too few beats to count. */
export function downbeatsOf(beatsS: readonly number[], downbeat: Float32Array): number[] {
  if (beatsS.length < 8) return [];
  const chances = beatsS.map((beat) => chanceNear(downbeat, beat));
  const ways = metres.map(([length, prior]) => {
    const { counts, score } = counted(chances, length);
    return { counts, score: score + prior };
  });
  const best = ways.reduce((a, b) => (b.score > a.score ? b : a));
  return beatsS.filter((_, i) => best.counts[i] === 0);
}
