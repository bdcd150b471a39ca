import type { Block } from "#domain/class-plan.ts";
import type { Mode } from "#domain/soundtrack.ts";
import type { Cadence, Seconds } from "#domain/units.ts";

export type SetMode = Exclude<Mode, "auto">;

export interface ModeView {
  readonly mode: Mode;
  readonly block: Pick<Block, "kind"> | null;
  readonly targetCadence: Cadence | null;
  /** Trusted cadence; null when there is none. */
  readonly cadence: Cadence | null;
  readonly previous: SetMode;
  /** Seconds since the mode last changed. */
  readonly heldS: Seconds;
}

/** A person this far below the target is led towards it, until they are this near: leading gives up beats on strokes. */
const leadFrom = 0.05;
const leadUntil = 0.02;
/** Cadence wavers: leading is not given up before this, nor begun again so soon after following began. */
const dwellS = 20;
const restS = 90;
/** Somebody who has not come along by now will not. */
const leadS = 60;
/** Further off than this the person does something else than the class; a lead of 2.5 % would only nag. */
const leadAtMost = 0.12;

/**
 * The mode that holds now. Automatic: with no trusted cadence the music keeps the class's tempo; in work blocks it leads
 * a person who is a little below the target; otherwise it follows.
 */
export function chooseMode(view: ModeView): { readonly mode: SetMode; readonly reason: string } {
  const { mode, block, targetCadence, cadence, previous, heldS } = view;
  if (mode !== "auto") return { mode, reason: "chosen by you" };
  if (cadence === null) return { mode: "steady", reason: "no cadence to follow" };
  if (block?.kind === "cool-down" && targetCadence !== null) {
    return { mode: "steady", reason: "the class leads down in a cool-down" };
  }
  if (targetCadence === null) return { mode: "follow", reason: "the class sets no cadence" };
  const tired = previous === "lead" && heldS > leadS;
  if (previous !== "steady" && !tired && heldS < (previous === "lead" ? dwellS : restS))
    return { mode: previous, reason: "changed a moment ago" };
  const below = 1 - cadence / targetCadence;
  const threshold = previous === "lead" ? leadUntil : leadFrom;
  if (!tired && block?.kind === "work" && below > threshold && below < leadAtMost) {
    return { mode: "lead", reason: "a little below the target of a work block" };
  }
  return { mode: "follow", reason: "cadence known" };
}
