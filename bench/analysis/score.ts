/** From what trackers say to figures. */
import { hashText, seededRandom } from "#domain/seeded-random.ts";
import { beatF, within } from "./metrics/beat-f.ts";
import { meanInterval } from "./metrics/bootstrap.ts";
import { amlt, cmlt } from "./metrics/continuity.ts";
import { isTempoRight, isTempoRightAtSomeLevel, tempoOf } from "./metrics/tempo.ts";
import type { Estimate, TestTrack } from "./track.ts";

/** Each 0..1; null where the tracker, or the truth, says nothing. */
export interface Scores {
  readonly "tempo accuracy 1": number;
  readonly "tempo accuracy 2": number;
  readonly "beat F": number | null;
  readonly CMLt: number | null;
  readonly AMLt: number | null;
  readonly "downbeat F": number | null;
}

export interface Scored {
  readonly track: TestTrack;
  readonly estimate: Estimate;
  readonly scores: Scores;
}

export type Figures = Record<string, number | null>;

/** Scores one answer within the music of the track. */
export function scoreOf(track: TestTrack, estimate: Estimate): Scored {
  const inside = (times: readonly number[]) => within(times, track.fromS, track.toS);
  const truth = inside(track.beatsS);
  const found = estimate.beatsS === null ? null : inside(estimate.beatsS);
  const trueBpm = tempoOf(truth) ?? NaN;
  const foundBpm = estimate.tempoBpm ?? tempoOf(found ?? []);
  const bars =
    track.downbeatsS === null || estimate.downbeatsS === null
      ? null
      : beatF(inside(track.downbeatsS), inside(estimate.downbeatsS));
  return {
    track,
    estimate,
    scores: {
      "tempo accuracy 1": Number(isTempoRight(trueBpm, foundBpm)),
      "tempo accuracy 2": Number(isTempoRightAtSomeLevel(trueBpm, foundBpm)),
      "beat F": found && beatF(truth, found),
      CMLt: found && cmlt(truth, found),
      AMLt: found && amlt(truth, found),
      "downbeat F": bars,
    },
  };
}

const metrics = ["tempo accuracy 1", "tempo accuracy 2", "beat F", "CMLt", "AMLt", "downbeat F"] as const;

/** Means over a group of tracks, each with the ends of its 95 % interval beside it. */
export function groupFigures(group: string, scored: readonly Scored[], seed: number): Figures {
  const figures: Figures = {};
  for (const metric of metrics) {
    const values = scored.map(({ scores }) => scores[metric]).filter((value) => value !== null);
    const name = `${group} ${metric}`;
    // The same draws for every tracker: its intervals can be compared.
    const found = meanInterval(values, seededRandom(seed + hashText(name)));
    figures[name] = found?.mean ?? null;
    figures[`${name}, 95 % from`] = found?.low ?? null;
    figures[`${name}, 95 % to`] = found?.high ?? null;
  }
  return figures;
}

/** How good the grids are that the tracker itself is sure of; its confidence against what came of it (Brier 1950). */
export function confidenceFigures(scored: readonly Scored[]): Figures {
  const told = scored.filter(({ estimate }) => estimate.confident !== null);
  if (told.length === 0) return {};
  const sure = told.filter(({ estimate }) => estimate.confident === true);
  const brier = told.map(
    ({ estimate, scores }) => ((estimate.confidence ?? 0) - Number((scores["beat F"] ?? 0) >= rightF)) ** 2,
  );
  return {
    "confident share": sure.length / told.length,
    "confident beat F":
      sure.length === 0 ? null : sum(sure.map(({ scores }) => scores["beat F"] ?? 0)) / sure.length,
    "confidence Brier score": sum(brier) / told.length,
  };
}

/** A grid is right when it hits this share of beats: a few at the edges of a track may be argued about. */
const rightF = 0.9;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Seconds of music per second of one core. */
export function speedOf(scored: readonly Scored[]): number {
  return sum(scored.map(({ track }) => track.durationS)) / sum(scored.map(({ estimate }) => estimate.cpuS));
}
