/**
 * Beats as the most likely path of a pointer that runs through one beat after the other, each about as long as the last
 * (bar-pointer model: Whiteley, Cemgil & Godsill 2006; Krebs, Boeck & Widmer 2015). Solved exactly over the starts of
 * beats instead of over every position between them.
 */
import { barPointerKernel } from "./bar-pointer-kernel.ts";
import { kernelOf } from "#domain/kernel.ts";
import { onsetRate } from "./onsets.ts";

export interface BarPointerOptions {
  /** The beat itself takes this share of the way to the next: 1 / `beatParts`. */
  readonly beatParts: number;
  /** How much a change of the interval costs; 100: a change of 1 % costs a factor of e. */
  readonly steadiness: number;
  readonly slowestBpm: number;
  readonly fastestBpm: number;
  /** Log-probability of a tempo whatever is heard, counted at each beat. */
  readonly tempoPrior: (bpm: number) => number;
}

/** Intervals this many frames longer or shorter are thought of from one beat to the next. */
const reach = 8;
const changes = 2 * reach + 1;
const never = -1e30;
/** In place of a step: this beat is the first. */
const first = -128;

interface SearchKernel {
  search(...parameters: number[]): void;
}

const openKernel = kernelOf<SearchKernel>(barPointerKernel);

/** What is fixed before the search: interval number i is `shortest + i` frames. */
interface Model {
  readonly frames: number;
  readonly shortest: number;
  readonly count: number;
  /** `count` and none or one more, which no path takes: the kernel works on two at once. */
  readonly width: number;
  /** Sums from the start of the log-chances of a beat, and of none, at each frame. */
  readonly beatSum: Float64Array;
  readonly restSum: Float64Array;
  /** Frames that the beat itself takes, and the log of its prior, by interval. */
  readonly beatFrames: Int32Array;
  readonly prior: Float64Array;
  /** What a step to interval i from each one within reach costs, [from][to]. */
  readonly change: Float64Array;
}

function modelOf(chances: Float32Array, options: BarPointerOptions): Model {
  const { beatParts, slowestBpm, fastestBpm, steadiness, tempoPrior } = options;
  const frames = chances.length;
  const shortest = Math.round((60 * onsetRate) / fastestBpm);
  const count = Math.round((60 * onsetRate) / slowestBpm) - shortest + 1;
  const width = count + (count % 2);
  const beatSum = new Float64Array(frames + 1);
  const restSum = new Float64Array(frames + 1);
  for (let t = 0; t < frames; t++) {
    beatSum[t + 1] = beatSum[t] + Math.log(chances[t]);
    restSum[t + 1] = restSum[t] + Math.log((1 - chances[t]) / (beatParts - 1));
  }
  const intervals = Float64Array.from({ length: width }, (_, i) => i + shortest);
  const change = Float64Array.from({ length: changes * width }, (_, at) => {
    const to = at % width;
    const from = to + Math.floor(at / width) - reach;
    if (from < 0 || from >= count) return never;
    return -steadiness * Math.abs(intervals[to] / intervals[from] - 1);
  });
  const beatFrames = Int32Array.from(intervals, (interval) => Math.max(1, Math.round(interval / beatParts)));
  const prior = intervals.map((interval) => tempoPrior((60 * onsetRate) / interval));
  return { frames, shortest, count, width, beatSum, restSum, beatFrames, prior, change };
}

/** Log-probability of what is heard during a beat from `start` on with interval number `i`, up to frame `end`. */
function heard({ beatSum, restSum, beatFrames }: Model, start: number, i: number, end: number): number {
  const beatEnd = Math.min(end, start + beatFrames[i]);
  return beatSum[beatEnd] - beatSum[start] + restSum[end] - restSum[beatEnd];
}

interface Search {
  /** Best score of a beat that starts at frame t with interval number i, for the last `shortest + count` frames. */
  readonly best: (t: number, i: number) => number;
  /** Interval number of the beat before, less its own; `first` where there is none. */
  readonly step: (t: number, i: number) => number;
}

function search(model: Model): Search {
  const { frames, shortest, width, beatSum, restSum, beatFrames, prior, change } = model;
  const { exports, put, room, doubles, bytes } = openKernel();
  const tables = [beatSum, restSum, beatFrames, prior, change].map(put);
  // Room on both sides, so that intervals beyond the ends need no question.
  const arriving = put(new Float64Array(width + 2 * reach).fill(never));
  // The longest interval and the frame itself, no further back.
  const rows = shortest + width;
  const bestAt = room(8 * rows * width);
  const stepAt = room((frames + 1) * width);
  exports.search(frames, shortest, width, rows, changes, never, ...tables, arriving, bestAt, stepAt);
  const best = doubles(bestAt, rows * width);
  const step = bytes(stepAt, (frames + 1) * width);
  return {
    best: (t, i) => best[(t % rows) * width + i],
    step: (t, i) => step[t * width + i],
  };
}

/** Frames at which beats begin, ascending, by the chance of a beat at each frame (100 a second; above 0, below 1). */
export function barPointerBeats(chances: Float32Array, options: BarPointerOptions): number[] {
  const model = modelOf(chances, options);
  const { frames, shortest, count } = model;
  if (frames < 2 * (shortest + count)) return [];
  const { best, step } = search(model);
  let last = { score: never, t: 0, i: 0 };
  for (let i = 0; i < count; i++) {
    for (let t = frames - i - shortest + 1; t < frames; t++) {
      const score = best(t, i) + heard(model, t, i, frames);
      if (score > last.score) last = { score, t, i };
    }
  }
  const beats: number[] = [];
  let { t, i } = last;
  while (step(t, i) !== first) {
    beats.push(t);
    i += step(t, i);
    t -= i + shortest;
  }
  beats.push(t);
  return beats.reverse();
}
