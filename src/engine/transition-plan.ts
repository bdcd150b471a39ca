import type { Milliseconds } from "#domain/units.ts";
import type { Deck } from "./deck.ts";

/**
 * match: beats and bar lines of both decks run together under the crossfade. cut: the new track starts on the bar line
 * at its own tempo, because the class jumps there, or on a stroke of a person whom the track before could not follow. plain: a crossfade of tracks without a common pulse.
 */
export type TransitionStyle = "match" | "cut" | "plain";

export interface TransitionPlan {
  readonly style: TransitionStyle;
  readonly fromMs: Milliseconds;
  /** The incoming track's entry bar line sounds here. */
  readonly midMs: Milliseconds;
  readonly toMs: Milliseconds;
}

export interface TransitionWish {
  readonly outgoing: Deck;
  readonly incoming: Deck;
  readonly entryS: number;
  /** Where the middle should be. */
  readonly wantedMs: Milliseconds;
  /** Nothing can sound before. */
  readonly earliestMs: Milliseconds;
  /** A short fade on the next bar line. */
  readonly hurry: boolean;
  /** The pulse's base rate in cadence units per second. */
  readonly unitsPerS: number;
  /** Where near an output time a beat would meet a stroke; null where the pulse is to be kept. */
  strokeNear(tMs: Milliseconds): Milliseconds | null;
}

/** An incoming track that would play outside these rates cannot take over the tempo that sounds: cut instead. */
const slowestMatch = 0.86;
const fastestMatch = 1.14;
const cutHalfMs = 30;
/** A bar line this much ago may still have its nearest stroke ahead. */
const strokeSlackMs = 300;
const plainHalfMs = 1500;
/** Bars shorter than this are crossfaded over four of them, longer ones over two. */
const shortBarMs = 2200;
/** Nothing of a track is trusted to sound in its last moments (encoder padding, rounding of durations). */
const tailGuardS = 0.15;

function styleOf(wish: TransitionWish): TransitionStyle {
  const { outgoing, incoming, unitsPerS, entryS } = wish;
  if (!outgoing.led || !incoming.led || !(unitsPerS > 0)) return "plain";
  if (wish.hurry && wish.strokeNear(wish.earliestMs) !== null) return "cut";
  const rate = incoming.rateFor(unitsPerS, entryS);
  return rate >= slowestMatch && rate <= fastestMatch ? "match" : "cut";
}

/** When and how one deck should hand over to the other, on a bar line of the outgoing track. */
export function planTransition(wish: TransitionWish): TransitionPlan {
  const style = styleOf(wish);
  const { outgoing, earliestMs } = wish;
  const endMs = outgoing.line.timeOf(outgoing.track.durationS - tailGuardS);
  if (style === "plain" || outgoing.map === null) {
    const halfMs = plainHalfMs;
    const midMs = Math.max(earliestMs + halfMs, Math.min(wish.wantedMs, endMs - halfMs));
    return { style, fromMs: midMs - halfMs, midMs, toMs: Math.max(midMs, Math.min(midMs + halfMs, endMs)) };
  }
  const map = outgoing.map;
  const timeOfBeat = (beat: number): Milliseconds => outgoing.line.timeOf(map.steadySourceAt(beat));
  const bar = map.beatsPerBar;
  const beatMs =
    (1000 * map.beatPeriodS(outgoing.line.valueAt(earliestMs))) / outgoing.line.rateAt(earliestMs);
  const halfBeats = halfBeatsOf(style, wish.hurry, bar, beatMs);
  const halfMs = style === "cut" ? cutHalfMs : halfBeats * beatMs;
  const onStroke = style === "cut" && wish.strokeNear(earliestMs) !== null;
  const first = outgoing.beatAt(earliestMs + halfMs - (onStroke ? strokeSlackMs : 0));
  const last = outgoing.beatAt(endMs) - halfMs / beatMs;
  const wanted = wish.hurry ? first : outgoing.beatAt(wish.wantedMs) - bar / 2;
  let midBeat = map.downbeatFrom(Math.max(wanted, first));
  if (midBeat > last && last > first) {
    const earlier = map.downbeatFrom(last - bar);
    midBeat = earlier <= last ? earlier : last;
  }
  if (style === "cut") return cutAt(wish, timeOfBeat(midBeat), timeOfBeat(map.downbeatFrom(midBeat + 1)));
  const midMs = timeOfBeat(midBeat);
  return {
    style,
    fromMs: Math.max(earliestMs, timeOfBeat(midBeat - halfBeats)),
    midMs,
    toMs: timeOfBeat(midBeat + halfBeats),
  };
}

/** A cut on the stroke nearest to a bar line, or to the next one when that stroke is too near now. */
function cutAt(wish: TransitionWish, barMs: Milliseconds, nextBarMs: Milliseconds): TransitionPlan {
  const soonestMs = wish.earliestMs + cutHalfMs;
  const strokes = [barMs, nextBarMs].map((atMs) => wish.strokeNear(atMs) ?? atMs);
  const midMs = strokes.find((atMs) => atMs >= soonestMs) ?? nextBarMs;
  return { style: "cut", fromMs: midMs - cutHalfMs, midMs, toMs: midMs + cutHalfMs };
}

function halfBeatsOf(style: TransitionStyle, hurry: boolean, bar: number, beatMs: number): number {
  if (style === "cut") return 0;
  if (hurry) return 1;
  return bar * beatMs < shortBarMs ? 2 * bar : bar;
}
