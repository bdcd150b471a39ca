import { hashText } from "../seeded-random.ts";
import type { CamelotKey, PlannerTrack } from "../track.ts";
import type { Seconds } from "../units.ts";
import {
  changeCostOf,
  neededRepeatCost,
  repeatCost,
  shortestSlotS,
  tempoRatiosOf,
  type SoundtrackClass,
} from "./objective.ts";
import { playableOf, type Playable } from "./playable.ts";
import { cellBoundaries, piecesOf, type Piece } from "./targets.ts";
import { priceWishes, wishTable, type Workspace, type WishTable } from "./wish-prices.ts";

/** 24 keys of the Camelot wheel, and one place for "unknown". */
export const keyCount = 25;
const keyNames: readonly (CamelotKey | null)[] = [
  ...Array.from({ length: 24 }, (_, key): CamelotKey => `${(key >> 1) + 1}${key % 2 === 0 ? "A" : "B"}`),
  null,
];

export function keyIndexOf(key: CamelotKey | null): number {
  const index = keyNames.indexOf(key);
  return index === -1 ? keyCount - 1 : index;
}

/** `changeCosts[from * keyCount + to]` */
const changeCosts = Float64Array.from({ length: keyCount * keyCount }, (_, pair) =>
  changeCostOf(keyNames[Math.floor(pair / keyCount)] ?? null, keyNames[pair % keyCount] ?? null),
);

/**
 * A planning problem as arrays. Boundaries 0..cells; a segment (track, i, j) plays a track from boundary i to j and is
 * allowed when `earliest[track * stride + j] <= i <= latestStart[j]`. Its cost is `prefix[.. + j] - prefix[.. + i]`.
 */
export interface Instance {
  readonly pieces: readonly (readonly Piece[])[];
  readonly ratios: readonly number[];
  readonly boundaries: readonly Seconds[];
  readonly cells: number;
  /** cells + 1 */
  readonly stride: number;
  readonly tracks: readonly PlannerTrack[];
  readonly playable: readonly Playable[];
  readonly keyOf: Uint8Array;
  /** A number for each artist, -1 for an unknown one. */
  readonly artistOf: Int32Array;
  readonly changeCosts: Float64Array;
  /** Cost of entering the first track in each key: 0, or a change from what sounds already. */
  readonly entryCosts: Float64Array;
  /** Cost of ending in each key: 0, except for a part of a soundtrack that goes on with a given track. */
  readonly exitCosts: Float64Array;
  readonly prefix: Float64Array;
  readonly earliest: Int16Array;
  readonly latestStart: Int16Array;
  readonly shortestS: Seconds;
  /** Least cost of a track that comes back. */
  readonly repeatCost: number;
  /** Fewest cells of a segment. */
  readonly shortestCells: number;
}

export interface InstanceInput {
  readonly plan: SoundtrackClass;
  readonly tracks: readonly PlannerTrack[];
  readonly seed: number;
  readonly fromS: Seconds;
  /** The key of the track that sounds before `fromS`; undefined at the start of a class. */
  readonly previousKey?: CamelotKey | null;
}

/** The latest start of a segment that may end at each boundary; -1 where none may. */
export function latestStarts(boundaries: readonly Seconds[], shortestS: Seconds): Int16Array {
  const latest = new Int16Array(boundaries.length).fill(-1);
  for (let end = 1, start = 0; end < boundaries.length; end += 1) {
    while ((boundaries[end] ?? 0) - (boundaries[start + 1] ?? Infinity) >= shortestS - 1e-9) start += 1;
    if ((boundaries[end] ?? 0) - (boundaries[start] ?? 0) >= shortestS - 1e-9) latest[end] = start;
  }
  return latest;
}

/** The first end of a segment from each boundary; cells + 1 where there is none. */
export function firstEnds({ stride, cells, latestStart }: Instance): Int32Array {
  const first = new Int32Array(stride);
  for (let start = 0, end = 0; start < stride; start += 1) {
    while (end <= cells && latestStart[end]! < start) end += 1;
    first[start] = end;
  }
  return first;
}

/** Fills one track's rows of running cost and earliest starts. */
function fillRows(
  instance: Instance,
  track: number,
  { table, room }: { table: WishTable; room: Workspace },
): void {
  const { stride, cells, prefix, earliest } = instance;
  const { costs, rates, playedS } = room;
  const lengthS = instance.playable[track]!.lengthS;
  priceWishes(instance.tracks[track]!, table, room);
  const { firstPart, wishOf, lengthS: partS } = table;
  const row = track * stride;
  let cost = 0;
  let sourceS = 0;
  for (let cell = 0, part = 0; cell < cells; cell += 1) {
    for (const end = firstPart[cell + 1]!; part < end; part += 1) {
      const wish = wishOf[part]!;
      const length = partS[part]!;
      cost += costs[wish]! * length;
      sourceS += rates[wish]! * length;
    }
    prefix[row + cell + 1] = cost;
    playedS[cell + 1] = sourceS;
  }
  for (let end = 0, start = 0; end < stride; end += 1) {
    const from = playedS[end]! - lengthS;
    while (playedS[start]! < from) start += 1;
    earliest[row + end] = start;
  }
}

/** Tags that say that the artist is not known. */
const noArtist = /^(unknown|various)( artists?)?$|^$/i;
/** Who has more of a library than this cannot be kept apart in it, and is not. */
const mostOfLibrary = 0.25;

function artistsOf(tracks: readonly PlannerTrack[]): Int32Array {
  const names = tracks.map(({ artist }) => artist.trim().toLowerCase());
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const spaced = [...counts].filter(
    ([name, count]) => !noArtist.test(name) && count <= Math.max(2, mostOfLibrary * tracks.length),
  );
  const numbers = new Map(spaced.map(([name], index) => [name, index]));
  return Int32Array.from(names, (name) => numbers.get(name) ?? -1);
}

/** The order of tracks decides ties, and the seed decides the order: a library may come in any order. */
function orderBySeed(tracks: readonly PlannerTrack[], seed: number): PlannerTrack[] {
  const ranked = tracks.map((track) => ({ track, rank: hashText(`${seed} ${track.id}`) }));
  return ranked
    .sort((a, b) => a.rank - b.rank || (a.track.id < b.track.id ? -1 : 1))
    .map(({ track }) => track);
}

/** Lays a planning problem out. Slots shorter than `shortestS` are not allowed. */
export function layOut(input: InstanceInput, shortestS: Seconds = shortestSlotS): Instance {
  const { plan, seed, fromS, previousKey } = input;
  const boundaries = cellBoundaries(fromS, plan.durationS);
  const pieces = piecesOf(plan, boundaries);
  const tracks = orderBySeed(
    input.tracks.filter((track) => playableOf(track).lengthS >= shortestS),
    seed,
  );
  const stride = boundaries.length;
  const entryCosts = new Float64Array(keyCount);
  if (previousKey !== undefined) {
    const from = keyIndexOf(previousKey) * keyCount;
    entryCosts.set(changeCosts.subarray(from, from + keyCount));
  }
  const playable = tracks.map((track) => playableOf(track));
  const libraryS = playable.reduce((sum, { lengthS }) => sum + lengthS, 0);
  const latestStart = latestStarts(boundaries, shortestS);
  const lengths = Array.from(latestStart, (start, end) => (start === -1 ? Infinity : end - start));
  const instance: Instance = {
    pieces,
    ratios: tempoRatiosOf(plan.sport),
    boundaries,
    cells: stride - 1,
    stride,
    tracks,
    playable,
    keyOf: Uint8Array.from(tracks, (track) => keyIndexOf(track.key)),
    artistOf: artistsOf(tracks),
    changeCosts,
    entryCosts,
    exitCosts: new Float64Array(keyCount),
    prefix: new Float64Array(tracks.length * stride),
    earliest: new Int16Array(tracks.length * stride),
    latestStart,
    shortestS,
    repeatCost: libraryS < plan.durationS - fromS ? neededRepeatCost : repeatCost,
    shortestCells: Math.min(stride, ...lengths),
  };
  const table = wishTable(pieces, instance.ratios);
  const room: Workspace = {
    costs: new Float64Array(table.wishes.length),
    rates: new Float64Array(table.wishes.length),
    playedS: new Float64Array(stride),
  };
  for (let track = 0; track < tracks.length; track += 1) fillRows(instance, track, { table, room });
  return instance;
}

/** A part of an instance: boundaries `first` to `last`, some of its tracks, between two keys (-1: the instance's own ends). */
export function partOf(
  instance: Instance,
  tracks: readonly number[],
  [first, last]: readonly [number, number],
  [keyBefore, keyAfter]: readonly [number, number],
): Instance {
  const { stride } = instance;
  const length = last - first + 1;
  const prefix = new Float64Array(tracks.length * length);
  const earliest = new Int16Array(tracks.length * length);
  tracks.forEach((track, index) => {
    const row = track * stride;
    prefix.set(instance.prefix.subarray(row + first, row + last + 1), index * length);
    for (let at = 0; at < length; at += 1) {
      earliest[index * length + at] = Math.max(0, instance.earliest[row + first + at]! - first);
    }
  });
  return {
    ...instance,
    pieces: instance.pieces.slice(first, last),
    boundaries: instance.boundaries.slice(first, last + 1),
    cells: length - 1,
    stride: length,
    tracks: tracks.map((track) => instance.tracks[track]!),
    playable: tracks.map((track) => instance.playable[track]!),
    keyOf: Uint8Array.from(tracks, (track) => instance.keyOf[track]!),
    artistOf: Int32Array.from(tracks, (track) => instance.artistOf[track]!),
    entryCosts:
      keyBefore === -1
        ? instance.entryCosts
        : Float64Array.from({ length: keyCount }, (_, key) => changeCosts[keyBefore * keyCount + key]!),
    exitCosts:
      keyAfter === -1
        ? instance.exitCosts
        : Float64Array.from({ length: keyCount }, (_, key) => changeCosts[key * keyCount + keyAfter]!),
    prefix,
    earliest,
    latestStart: instance.latestStart.subarray(first, last + 1).map((start) => Math.max(-1, start - first)),
  };
}
