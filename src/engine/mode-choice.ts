import type { Block } from "#domain/class-plan.ts";
import type { Mode } from "#domain/soundtrack.ts";
import type { Cadence } from "#domain/units.ts";

export type SetMode = Exclude<Mode, "auto">;

export interface ModeView {
  readonly mode: Mode;
  readonly block: Pick<Block, "kind"> | null;
  readonly targetCadence: Cadence | null;
  /** Trusted cadence; null when there is none. */
  readonly cadence: Cadence | null;
  readonly previous: SetMode;
}

/** A person this far below the target is led towards it, until they are this near. */
const leadFrom = 0.03;
const leadUntil = 0.015;
/** Further off than this the person does something else than the class; a lead of 2.5 % would only nag. */
const leadAtMost = 0.12;

/**
 * The mode that holds now. Automatic: with no trusted cadence the music keeps the class's tempo; in work blocks it leads
 * a person who is a little below the target; otherwise it follows.
 */
export function chooseMode(view: ModeView): { readonly mode: SetMode; readonly reason: string } {
  const { mode, block, targetCadence, cadence, previous } = view;
  if (mode !== "auto") return { mode, reason: "chosen by you" };
  if (cadence === null) return { mode: "steady", reason: "no cadence to follow" };
  if (targetCadence === null) return { mode: "follow", reason: "the class sets no cadence" };
  const below = 1 - cadence / targetCadence;
  const threshold = previous === "lead" ? leadUntil : leadFrom;
  if (block?.kind === "work" && below > threshold && below < leadAtMost) {
    return { mode: "lead", reason: "a little below the target of a work block" };
  }
  return { mode: "follow", reason: "cadence known" };
}
