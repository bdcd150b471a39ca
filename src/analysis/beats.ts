/** From an onset curve to beats: the whole track, in pieces short enough that a mix may change its tempo. */
import { onsetRate } from "./onsets.ts";
import { agentBeats } from "./agent-tracker.ts";

/** Finds beats in an onset curve: seconds from its start, ascending. */
export type BeatTracker = (strength: Float32Array) => readonly number[];

/** Longer tracks are mixes and live sets, whose tempo changes; the tracker assumes one tempo within 20 %. */
const pieceS = 600;
/** Pieces overlap so that a beat near the seam is seen whole by one of them. */
const overlapS = 10;

/** Beats of a whole track; the tracker is the part that is meant to be replaced. */
export function trackBeats(strength: Float32Array, tracker: BeatTracker = agentBeats): number[] {
  const pieceFrames = pieceS * onsetRate;
  const overlapFrames = overlapS * onsetRate;
  const beats: number[] = [];
  for (let from = 0; from < strength.length; from += pieceFrames - overlapFrames) {
    const piece = strength.subarray(from, from + pieceFrames);
    const seamS = from === 0 ? 0 : (from + overlapFrames / 2) / onsetRate;
    const found = tracker(piece).map((beatS) => beatS + from / onsetRate);
    while ((beats.at(-1) ?? -1) >= seamS) beats.pop();
    const closest = (beats.at(-1) ?? -Infinity) + 0.2;
    for (const beatS of found) if (beatS >= seamS && beatS > closest) beats.push(beatS);
    if (from + pieceFrames >= strength.length) break;
  }
  return beats;
}
