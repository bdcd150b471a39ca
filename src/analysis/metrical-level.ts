/**
 * Which level of a track's metre is counted as its beat: the network finds beats well but may find those of half, twice or two
 * thirds of the tempo. A small model, trained on rendered music (training/metrical-level), weighs what is heard on, between
 * and across the beats of each level against what usually is on beats at that tempo.
 */
import { quantile } from "#domain/units.ts";
import type { BeatChances } from "./beats.ts";
import { melBands } from "./mel.ts";
import { levelWeights } from "./metrical-level-weights.ts";
import { onsetRate } from "./onsets.ts";

/** Each beat is cut into this many steps; a level is a number of steps. */
const stepsPerBeat = 6;
/** Three, two, one and a half times the tempo, the tempo, and 3/4, 2/3, 1/2 and 1/3 of it. */
const levels = [2, 3, 4, 6, 8, 9, 12, 18] as const;
const [slowestBpm, fastestBpm] = [48, 230];
const fewestBeats = 6;
/** Bands of the mel frames in which rises are told apart: bass, low, middle, high. */
const groups = [0, 8, 24, 48, melBands] as const;
/** A rise is counted over so many frames, as the network does. */
const riseFrames = 2;
const tempoBellsBpm = [55, 68, 84, 104, 128, 158, 195] as const;
const bellOctaves = 0.2;
const peakOverMean = 1.6;

/** Rises of magnitude in each group of bands; a rise over the loudest neighbouring band before is none. */
export function bandRises(mel: Float32Array): Float32Array[] {
  const frames = mel.length / melBands;
  return groups.slice(1).map((end, group) => {
    const rises = new Float32Array(frames);
    for (let t = riseFrames; t < frames; t++) {
      const now = t * melBands;
      const before = (t - riseFrames) * melBands;
      for (let band = groups[group]; band < end; band++) {
        const loudest = Math.max(
          mel[before + band],
          mel[before + Math.max(0, band - 1)],
          mel[before + Math.min(melBands - 1, band + 1)],
        );
        const rise = mel[now + band] - loudest;
        if (rise > 0) rises[t] += rise;
      }
    }
    return rises;
  });
}

const mean = (values: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return values.length === 0 ? 0 : sum / values.length;
};

/** What a level is judged by, the tempo it stands for, and its beats. */
export interface LevelCandidate {
  /** Times the tempo of the beats given. */
  readonly ratio: number;
  readonly tempoBpm: number;
  /** Seconds, ascending: those given, and between them where this level has more. */
  readonly beatsS: readonly number[];
  readonly features: Float32Array;
}

interface Steps {
  /** Times of the steps of all beats, in seconds. */
  readonly timesS: Float64Array;
  readonly beatS: number;
}

function stepsOf(beatsS: readonly number[]): Steps {
  const timesS = Float64Array.from({ length: (beatsS.length - 1) * stepsPerBeat + 1 }, (_, i) => {
    const beat = Math.min(beatsS.length - 2, Math.floor(i / stepsPerBeat));
    return beatsS[beat] + (i / stepsPerBeat - beat) * (beatsS[beat + 1] - beatsS[beat]);
  });
  const gaps = beatsS.slice(1).map((beat, i) => beat - beatsS[i]);
  return {
    timesS,
    beatS: quantile(
      gaps.toSorted((a, b) => a - b),
      0.5,
    ),
  };
}

/** The highest value within two frames of each time that is `offset` steps after one of `starts`. */
function heardAt(
  curve: Float32Array,
  steps: Steps,
  starts: readonly number[],
  ...offsets: number[]
): number[] {
  const heard: number[] = [];
  for (const offset of offsets) {
    for (const start of starts) {
      const at = start + offset;
      const low = Math.floor(at);
      if (low + 1 >= steps.timesS.length && at > low) continue;
      if (low >= steps.timesS.length) continue;
      const next = steps.timesS[Math.min(low + 1, steps.timesS.length - 1)];
      const frame = Math.round((steps.timesS[low] + (at - low) * (next - steps.timesS[low])) * onsetRate);
      let highest = 0;
      for (let t = frame - 2; t <= frame + 2; t++) highest = Math.max(highest, curve[t] ?? 0);
      heard.push(highest);
    }
  }
  return heard;
}

const alternation = (heard: readonly number[]) =>
  Math.abs(mean(heard.filter((_, i) => i % 2 === 0)) - mean(heard.filter((_, i) => i % 2 === 1)));

/** How far one beat in `length` stands out as the downbeat, and how likely it is one. */
function barContrast(downbeats: readonly number[], length: number): [number, number] {
  const places = Array.from({ length }, (_, place) =>
    mean(downbeats.filter((_d, i) => i % length === place)),
  );
  const highest = Math.max(...places);
  return [highest - mean(places), highest];
}

function onsetsPerS(rises: readonly Float32Array[]): number {
  const total = rises[0].map((_, t) => rises.reduce((sum, group) => sum + group[t], 0));
  const clear = peakOverMean * mean(total);
  let onsets = 0;
  for (let t = 1; t < total.length - 1; t++)
    if (total[t] > clear && total[t] > total[t - 1] && total[t] >= total[t + 1]) onsets++;
  return (onsets / Math.max(1, total.length)) * onsetRate;
}

/** Numbers of the steps that are beats of `level`: of all ways to start counting, the one the network finds likeliest. */
function startsOf(steps: Steps, level: number, beat: Float32Array): number[] {
  const ways = Array.from({ length: level }, (_, phase) => {
    const starts: number[] = [];
    for (let at = phase; at < steps.timesS.length; at += level) starts.push(at);
    return starts;
  });
  const chances = ways.map((starts) => mean(heardAt(beat, steps, starts, 0)));
  return ways[chances.indexOf(Math.max(...chances))];
}

function featuresOf(
  steps: Steps,
  starts: readonly number[],
  level: number,
  chances: BeatChances,
  rises: readonly Float32Array[],
  density: number,
): Float32Array {
  const tempoBpm = (60 * stepsPerBeat) / (level * steps.beatS);
  const [half, third, quarter] = [[level / 2], [level / 3, (2 * level) / 3], [level / 4, (3 * level) / 4]];
  const onBeats = heardAt(chances.beat, steps, starts, 0);
  const asDownbeats = heardAt(chances.downbeat, steps, starts, 0);
  const octave = Math.log2(tempoBpm);
  return Float32Array.from([
    octave - Math.log2(115),
    ...tempoBellsBpm.map((bpm) => Math.exp(-0.5 * ((octave - Math.log2(bpm)) / bellOctaves) ** 2)),
    mean(onBeats),
    ...[half, third, quarter].map((offsets) => mean(heardAt(chances.beat, steps, starts, ...offsets))),
    mean(asDownbeats),
    mean(heardAt(chances.downbeat, steps, starts, ...half)),
    ...rises.flatMap((group) => {
      const usual = Math.max(1e-6, mean(group));
      const on = heardAt(group, steps, starts, 0);
      const relative = (heard: readonly number[]) => mean(heard) / usual;
      return [
        ...[on, ...[half, third, quarter].map((offsets) => heardAt(group, steps, starts, ...offsets))].map(
          (heard) => Math.log(0.2 + relative(heard)),
        ),
        alternation(on) / (mean(on) + 0.2 * usual),
      ];
    }),
    alternation(onBeats),
    ...[2, 3, 4].flatMap((length) => barContrast(asDownbeats, length)),
    Math.log(0.1 + (density * 60) / tempoBpm),
  ]);
}

/** The levels that the beats `beatsS` may belong to; their own is the one of ratio 1. */
export function levelCandidates(
  beatsS: readonly number[],
  chances: BeatChances,
  mel: Float32Array,
): LevelCandidate[] {
  if (beatsS.length < fewestBeats) return [];
  const steps = stepsOf(beatsS);
  const rises = bandRises(mel);
  const density = onsetsPerS(rises);
  return levels.flatMap((level) => {
    const ratio = stepsPerBeat / level;
    const tempoBpm = (60 * ratio) / steps.beatS;
    if (tempoBpm < slowestBpm || tempoBpm > fastestBpm) return [];
    const starts = startsOf(steps, level, chances.beat);
    if (starts.length < fewestBeats) return [];
    const features = featuresOf(steps, starts, level, chances, rises, density);
    return [{ ratio, tempoBpm, beatsS: starts.map((at) => steps.timesS[at]), features }];
  });
}

/** One hidden layer of rectified units over standardised features: weights in the order of training/metrical-level/fit.py. */
function scoreOf(features: Float32Array): number {
  const { mean: centre, spread, hidden, hiddenBias, out } = levelWeights;
  let score = 0;
  for (let unit = 0; unit < hiddenBias.length; unit++) {
    let sum = hiddenBias[unit];
    for (let i = 0; i < features.length; i++)
      sum += hidden[unit * features.length + i] * ((features[i] - centre[i]) / spread[i]);
    if (sum > 0) score += out[unit] * sum;
  }
  return score;
}

export interface Level extends LevelCandidate {
  /** How likely it is the one that is counted, of all that were weighed. */
  readonly chance: number;
}

/** The likeliest level; null when there are too few beats to tell. */
export function likeliestLevel(candidates: readonly LevelCandidate[]): Level | null {
  const weights = candidates.map(({ features }) => Math.exp(scoreOf(features)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const best = weights.indexOf(Math.max(...weights));
  return best < 0 ? null : { ...candidates[best], chance: weights[best] / sum };
}
