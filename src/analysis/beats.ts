/** From what the beat network hears to beats: the whole track, in pieces short enough that a mix may change its tempo. */
import { clamp } from "#domain/units.ts";
import { barPointerBeats, type BarPointerOptions } from "./bar-pointer.ts";
import { beatLogits, type BeatLogits } from "./beat-network.ts";
import { melBands } from "./mel.ts";
import { onsetRate } from "./onsets.ts";

/** Keeps the memory of the search at 50 MB, however long a mix is. */
const pieceS = 600;
/** Pieces overlap so that a beat near the seam is seen whole by one of them. */
const overlapS = 10;

/** However sure the network is, it may be wrong. */
const [leastChance, mostChance] = [1e-4, 1 - 1e-4];
/** The most likely frame within this many after the start of a beat is where it sounds. */
const beatFrames = 6;
/** Where people tap along, with its spread in octaves (after Moelants 2002, widened on training material). */
const [usualBpm, spreadOctaves] = [115, 0.8];

const search: BarPointerOptions = {
  beatParts: 12,
  steadiness: 200,
  slowestBpm: 52,
  fastestBpm: 215,
  tempoPrior: (bpm) => -0.5 * (Math.log2(bpm / usualBpm) / spreadOctaves) ** 2,
};

/** How likely a beat and a downbeat are at each frame, `onsetRate` frames a second. */
export interface BeatChances {
  readonly beat: Float32Array;
  readonly downbeat: Float32Array;
}

const chanceOf = (logit: number) => 1 / (1 + Math.exp(-logit));

/**
 * The network hears every other frame; it is asked about the even and about the odd ones, and the answers are averaged,
 * each between its neighbours where it has none.
 */
export function beatChances(mel: Float32Array): BeatChances {
  const frames = mel.length / melBands;
  const found = { beat: new Float32Array(frames), downbeat: new Float32Array(frames) };
  for (const phase of [0, 1]) {
    const heard = new Float32Array(Math.floor((frames - phase + 1) / 2) * melBands);
    for (let i = 0; i * melBands < heard.length; i++) {
      const at = (2 * i + phase) * melBands;
      heard.set(mel.subarray(at, at + melBands), i * melBands);
    }
    const logits = beatLogits(heard);
    for (const voice of ["beat", "downbeat"] satisfies (keyof BeatLogits)[]) {
      const chances = logits[voice].map(chanceOf);
      const lastOne = chances.length - 1;
      for (let t = 0; t < frames; t++) {
        const at = clamp((t - phase) / 2, 0, lastOne);
        found[voice][t] += (chances[Math.floor(at)] + chances[Math.ceil(at)]) / 4;
      }
    }
  }
  return found;
}

function beatsOfPiece(chances: Float32Array): number[] {
  const bounded = chances.map((chance) => clamp(chance, leastChance, mostChance));
  return barPointerBeats(bounded, search).map((start) => {
    let likeliest = start;
    for (let i = start; i < Math.min(chances.length, start + beatFrames); i++)
      if (chances[i] > chances[likeliest]) likeliest = i;
    return likeliest / onsetRate;
  });
}

/** Beats of a whole track by the chance of one at each frame, seconds from its start, ascending. */
export function trackBeats(chances: Float32Array): number[] {
  const pieceFrames = pieceS * onsetRate;
  const overlapFrames = overlapS * onsetRate;
  const beats: number[] = [];
  for (let from = 0; from < chances.length; from += pieceFrames - overlapFrames) {
    const seamS = from === 0 ? 0 : (from + overlapFrames / 2) / onsetRate;
    const found = beatsOfPiece(chances.subarray(from, from + pieceFrames)).map(
      (beatS) => beatS + from / onsetRate,
    );
    while ((beats.at(-1) ?? -1) >= seamS) beats.pop();
    const closest = (beats.at(-1) ?? -Infinity) + 0.2;
    for (const beatS of found) if (beatS >= seamS && beatS > closest) beats.push(beatS);
    if (from + pieceFrames >= chances.length) break;
  }
  return beats;
}

/** How likely the network finds beats where they were put, on average; 0 for none. */
export function meanChanceAt(beatsS: readonly number[], chances: Float32Array): number {
  const sum = beatsS.reduce((total, beatS) => total + (chances[Math.round(beatS * onsetRate)] ?? 0), 0);
  return beatsS.length === 0 ? 0 : sum / beatsS.length;
}
