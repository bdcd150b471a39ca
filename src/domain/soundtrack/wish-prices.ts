/** What each different wish of a class costs with a track: most cells want the same as another one. */
import type { PlannerTrack } from "../track.ts";
import { cellS, energyCost, gridCost, rateAt, tempoCost, trackCost, type Wish } from "./objective.ts";
import type { Piece } from "./targets.ts";

/** Each different wish of a class once, and what of which each cell wants: parts `firstPart[cell]` to `firstPart[cell + 1]`. */
export interface WishTable {
  readonly wishes: readonly Wish[];
  /** Beats per minute that each ratio makes of each wish (`wish * ratios + ratio`), and 100 ln of it. */
  readonly beatsPerMinute: Float64Array;
  readonly logBeats: Float64Array;
  readonly firstPart: Int32Array;
  readonly wishOf: Int32Array;
  readonly lengthS: Float64Array;
}

/** Most pieces of a class want the same as another one: each different wish is priced once per track. */
export function wishTable(pieces: readonly (readonly Piece[])[], ratios: readonly number[]): WishTable {
  const indexOf = new Map<string, number>();
  const wishes: Wish[] = [];
  const firstPart = [0];
  const wishOf: number[] = [];
  const lengthS: number[] = [];
  for (const cell of pieces) {
    for (const piece of cell) {
      const name = `${piece.cadence} ${piece.energy}`;
      const known = indexOf.get(name) ?? wishes.length;
      if (known === wishes.length) {
        wishes.push({ cadence: piece.cadence, energy: piece.energy });
        indexOf.set(name, known);
      }
      wishOf.push(known);
      lengthS.push(piece.endS - piece.startS);
    }
    firstPart.push(wishOf.length);
  }
  const beatsPerMinute = Float64Array.from(
    wishes.flatMap(({ cadence }) => ratios.map((ratio) => ratio * (cadence ?? 0))),
  );
  return {
    wishes,
    beatsPerMinute,
    logBeats: beatsPerMinute.map((bpm) => 100 * Math.log(bpm)),
    firstPart: Int32Array.from(firstPart),
    wishOf: Int32Array.from(wishOf),
    lengthS: Float64Array.from(lengthS),
  };
}

/** Room for one track's figures, used again for the next. */
export interface Workspace {
  readonly costs: Float64Array;
  readonly rates: Float64Array;
  readonly playedS: Float64Array;
}

/** What each wish costs per second of one track, and how fast the track is played for it: `fitTempo` for many at once. */
export function priceWishes(track: PlannerTrack, table: WishTable, room: Workspace): void {
  const { wishes, beatsPerMinute, logBeats } = table;
  const ratios = wishes.length > 0 ? beatsPerMinute.length / wishes.length : 0;
  const always = trackCost(track);
  const unsure = gridCost(track);
  const logTempo = track.tempoBpm > 0 ? 100 * Math.log(track.tempoBpm) : Number.NaN;
  for (let wish = 0; wish < wishes.length; wish += 1) {
    const { cadence, energy } = wishes[wish]!;
    let cost = always + energyCost(track.energy, energy);
    let rate = 1;
    if (cadence !== null) {
      let off = Infinity;
      for (let at = wish * ratios; at < (wish + 1) * ratios; at += 1) {
        const here = Math.abs(logBeats[at]! - logTempo);
        if (!(here < off)) continue;
        off = here;
        rate = beatsPerMinute[at]! / track.tempoBpm;
      }
      cost += tempoCost(off) + unsure;
    }
    room.costs[wish] = cost / cellS;
    room.rates[wish] = rateAt(rate);
  }
}
