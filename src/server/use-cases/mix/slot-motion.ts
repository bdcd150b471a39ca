import type { ClassPlan } from "#domain/class-plan.ts";
import { tempoRatiosOf } from "#domain/soundtrack/objective.ts";
import { cellBoundaries, piecesOf } from "#domain/soundtrack/targets.ts";
import { playedPieces } from "#domain/soundtrack/timeline.ts";
import type { Slot } from "#domain/soundtrack.ts";
import type { PlannerTrack } from "#domain/track.ts";
import { clamp } from "#domain/units.ts";

/** Half a crossfade: before and after the change, where the tracks have that much to spare. */
export const halfFadeS = 2;
/** The class begins and ends with these instead. */
const openingFadeS = 0.05;
const closingFadeS = 4;
const targetLufs = -16;
/** Of a track whose loudness is not known. */
const usualLufs = -14;
const mostGain = 4;

/** How one slot sounds over class time: where in the track, at what rate, how loud. */
export interface SlotMotion {
  readonly slot: Slot;
  /** When it begins and ends to sound, crossfades included. */
  readonly fromS: number;
  readonly toS: number;
  sourceAt(tS: number): number;
  rateAt(tS: number): number;
  gainAt(tS: number): number;
}

interface Stretch {
  readonly startS: number;
  readonly sourceS: number;
  readonly rate: number;
}

function stretchesOf(plan: ClassPlan, slot: Slot, track: PlannerTrack): Stretch[] {
  const pieces = piecesOf(plan, cellBoundaries(0, plan.durationS)).flat();
  const ratios = tempoRatiosOf(plan.sport);
  const before = playedPieces(pieces, ratios, track, slot.startS - halfFadeS, slot.startS).toReversed();
  const after = playedPieces(pieces, ratios, track, slot.startS, slot.endS + halfFadeS);
  const stretches: Stretch[] = [];
  let sourceS = slot.sourceStartS;
  for (const { startS, endS, rate } of before) {
    sourceS -= (endS - startS) * rate;
    stretches.unshift({ startS, sourceS, rate });
  }
  sourceS = slot.sourceStartS;
  for (const { startS, endS, rate } of after) {
    stretches.push({ startS, sourceS, rate });
    sourceS += (endS - startS) * rate;
  }
  return stretches;
}

function stretchAt(stretches: readonly Stretch[], tS: number): Stretch {
  const found = stretches.findLast(({ startS }) => startS <= tS) ?? stretches[0];
  if (found === undefined) throw new RangeError("A slot without length cannot be played.");
  return found;
}

/** Equal-power ramp: cosine quarter waves, whose squares add up to one. */
function fadeGain(tS: number, middleS: number, halfS: number): number {
  const share = clamp((tS - middleS + halfS) / (2 * halfS), 0, 1);
  return Math.sin((share * Math.PI) / 2);
}

/** The motion of a slot at the class's target cadence, loudness-matched, with its share of both crossfades. */
export function slotMotion(
  plan: ClassPlan,
  slots: readonly Slot[],
  index: number,
  track: PlannerTrack,
): SlotMotion {
  const slot = slots[index];
  if (slot === undefined) throw new RangeError(`There is no slot ${index}.`);
  const stretches = stretchesOf(plan, slot, track);
  const isFirst = index === 0;
  const isLast = index === slots.length - 1;
  const at = (tS: number) => stretchAt(stretches, tS);
  const sourceAt = (tS: number) => at(tS).sourceS + (tS - at(tS).startS) * at(tS).rate;
  const level = Math.min(mostGain, 10 ** ((targetLufs - (track.loudnessLufs ?? usualLufs)) / 20));
  return {
    slot,
    fromS: isFirst ? slot.startS : slot.startS - halfFadeS,
    toS: isLast ? slot.endS : slot.endS + halfFadeS,
    sourceAt,
    rateAt: (tS) => at(tS).rate,
    gainAt: (tS) => {
      const rise = isFirst
        ? fadeGain(tS, slot.startS + openingFadeS, openingFadeS)
        : fadeGain(tS, slot.startS, halfFadeS);
      const fall = isLast
        ? fadeGain(2 * slot.endS - tS, slot.endS + closingFadeS / 2, closingFadeS / 2)
        : fadeGain(2 * slot.endS - tS, slot.endS, halfFadeS);
      return level * rise * fall;
    },
  };
}
