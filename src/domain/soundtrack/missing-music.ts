/**
 * What music a library lacks for a class. Only what follows from the two alone is said, so every number is true of them:
 * where a sentence calls for tracks, no plan could do without them.
 */
import type { Sport } from "../class-plan.ts";
import { moodOfEnergy } from "../music-intent.ts";
import type { PlannerTrack } from "../track.ts";
import type { Bpm, Cadence, Seconds, Share } from "../units.ts";
import { energyScale, tempoRatiosOf } from "./objective.ts";
import { playableOf } from "./playable.ts";
import type { Piece } from "./targets.ts";
import { movementWords } from "./why.ts";

/** As far as the figure `timeWithin8Pct` goes. */
const furthestStretch: Share = 0.08;
/** Less is not worth a sentence. */
const leastS: Seconds = 60;
/** Cadences this far apart are one want: a track between them is within 6 % of both. */
const cadenceSpan = 1.12;
const energySpan: Share = 0.25;
/** Tempos outside are hardly ever what a musician would tap. */
const usualTempo: readonly [Bpm, Bpm] = [50, 210];

/** How long a class asks for values that one kind of track can serve. */
interface Want {
  readonly values: readonly number[];
  readonly low: number;
  readonly high: number;
  readonly lengthS: Seconds;
}

function lengthsOf(pieces: readonly Piece[], valueOf: (piece: Piece) => number | null): Map<number, Seconds> {
  const lengths = new Map<number, Seconds>();
  for (const piece of pieces) {
    const value = valueOf(piece);
    if (value !== null) lengths.set(value, (lengths.get(value) ?? 0) + piece.endS - piece.startS);
  }
  return lengths;
}

function wantsOf(
  lengths: Iterable<readonly [value: number, lengthS: Seconds]>,
  isOneKind: (low: number, high: number) => boolean,
): Want[] {
  const wants: Want[] = [];
  for (const [value, lengthS] of [...lengths].sort((a, b) => a[0] - b[0])) {
    const last = wants.at(-1);
    if (last === undefined || !isOneKind(last.low, value)) {
      wants.push({ values: [value], low: value, high: value, lengthS });
    } else {
      const values = [...last.values, value];
      wants[wants.length - 1] = { values, low: last.low, high: value, lengthS: last.lengthS + lengthS };
    }
  }
  return wants.filter((want) => want.lengthS >= leastS);
}

function minutes(lengthS: Seconds): string {
  const whole = Math.round(lengthS / 60);
  return whole === 1 ? "1 minute" : `${whole} minutes`;
}

/** Music there is, where more is wanted. */
function onlyMusic(lengthS: Seconds): string {
  return lengthS < leastS ? "Less than a minute of music" : `Only ${minutes(lengthS)} of music`;
}

function range(low: number, high: number, digits: number): string {
  const [from, to] = [Number(low.toFixed(digits)), Number(high.toFixed(digits))];
  return from === to ? `${from}` : `${from} to ${to}`;
}

function musicLengthOf(tracks: readonly PlannerTrack[]): Seconds {
  return tracks.reduce((sum, track) => sum + playableOf(track).lengthS, 0);
}

function tempoSentences(sport: Sport, pieces: readonly Piece[], tracks: readonly PlannerTrack[]): string[] {
  const ratios = tempoRatiosOf(sport);
  const { unit } = movementWords(sport);
  const fits = ({ tempoBpm }: PlannerTrack, cadence: Cadence) =>
    tempoBpm > 0 && ratios.some((ratio) => Math.abs((ratio * cadence) / tempoBpm - 1) <= furthestStretch);
  const temposOf = ({ low, high }: Want) => {
    const tempos = ratios.map((ratio) => Math.round(ratio * Math.sqrt(low * high))).sort((a, b) => a - b);
    const usual = tempos.filter((bpm) => bpm >= usualTempo[0] && bpm <= usualTempo[1]);
    return (usual.length > 0 ? usual : tempos).join(" or ");
  };
  const asked = ({ low, high, lengthS }: Want) => `${minutes(lengthS)} at ${range(low, high, 0)} ${unit}`;
  const isOneKind = (low: Cadence, high: Cadence) => high <= low * cadenceSpan;

  const byFit = Map.groupBy(
    lengthsOf(pieces, ({ cadence }) => cadence),
    ([cadence]) => tracks.some((track) => fits(track, cadence)),
  );
  const unserved = wantsOf(byFit.get(false) ?? [], isOneKind).map(
    (want) =>
      `No track within 8 % for ${asked(want)}: tracks of about ${temposOf(want)} BPM would fill them.`,
  );
  const scarce = wantsOf(byFit.get(true) ?? [], isOneKind).flatMap((want) => {
    let lengthS = 0;
    for (const track of tracks) {
      if (want.values.some((value) => fits(track, value))) lengthS += playableOf(track).lengthS;
      // Enough: played slowly it lasts longer. A large library is not counted to its end.
      if (want.lengthS - lengthS / (1 - furthestStretch) < leastS) return [];
    }
    return `${onlyMusic(lengthS)} within 8 % for ${asked(want)}: more tracks of about ${temposOf(want)} BPM would fill them.`;
  });
  return [...unserved, ...scarce];
}

function energySentences(pieces: readonly Piece[], tracks: readonly PlannerTrack[]): string[] {
  const isServed = (wanted: Share) =>
    tracks.some(({ energy }) => Math.abs(energy - wanted) <= energyScale + 1e-9);
  const unserved = [...lengthsOf(pieces, ({ energy }) => energy)].filter(([energy]) => !isServed(energy));
  return wantsOf(unserved, (low, high) => high - low <= energySpan).map(({ low, high, lengthS }) => {
    const middle = (low + high) / 2;
    return `No track within ${energyScale} of energy ${range(low, high, 2)} for ${minutes(lengthS)}: ${moodOfEnergy(middle)} tracks of energy about ${range(middle, middle, 2)} would fill them.`;
  });
}

function lengthSentences(
  pieces: readonly Piece[],
  tracks: readonly PlannerTrack[],
  repeats: number,
): string[] {
  const classS = pieces.reduce((sum, { startS, endS }) => sum + endS - startS, 0);
  const musicS = musicLengthOf(tracks);
  // Only where tracks do come back is it too short: played slowly it lasts longer.
  if (repeats === 0 || classS - musicS < leastS) return [];
  return [
    `${onlyMusic(musicS)} for ${minutes(classS)} of class: tracks come back until there are about ${minutes(classS - musicS)} more.`,
  ];
}

/**
 * Plain sentences on what is missing, minutes and kind of track; none where the library has enough. `pieces` are what the
 * class wants, `tracks` all that may play, `repeats` how often a track comes back in the plan.
 */
export function missingMusic(
  sport: Sport,
  pieces: readonly Piece[],
  tracks: readonly PlannerTrack[],
  repeats: number,
): string[] {
  return [
    ...lengthSentences(pieces, tracks, repeats),
    ...tempoSentences(sport, pieces, tracks),
    ...energySentences(pieces, tracks),
  ];
}
