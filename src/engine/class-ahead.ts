import { type ClassPlan, targetsAt } from "#domain/class-plan.ts";
import type { Slot } from "#domain/soundtrack.ts";
import type { Cadence, Seconds } from "#domain/units.ts";
import type { Followed } from "./recent-cadence.ts";

/** A class whose target differs by more than this jumps: the music goes with the class, not with the person. */
const jumpShare = 0.03;
/** A track that was brought forward plays at least this long before a new plan takes over. */
const leastTurnS = 60;

type Blocks = Pick<ClassPlan, "blocks">;

/** Slots begin on bar lines, some seconds before or after the block they are meant for. */
const edgeS = 5;

/**
 * The cadence the music should serve from `thenS` on: the class's, by as much above or below it as the person (`followed`)
 * is; exactly the class's where it jumps or where nobody is followed; the person's where the class sets none; null when neither is there.
 */
export function cadenceAhead(
  plan: Blocks,
  nowS: Seconds,
  thenS: Seconds,
  followed: Followed | null,
): Cadence | null {
  const then = targetsAt(plan, thenS + edgeS)?.cadence ?? null;
  if (then === null || followed === null) return then ?? followed?.cadence ?? null;
  const now = targetsAt(plan, nowS)?.cadence ?? null;
  const jumps = now === null || Math.abs(then / now - 1) > jumpShare;
  return jumps || followed.share === null ? then : then * followed.share;
}

/** Until when the next track, brought forward by a skip, should play: its planned length, or where the class jumps. */
export function handOverAfterSkipS(plan: Blocks, nowS: Seconds, next: Slot | null): Seconds {
  const now = targetsAt(plan, nowS)?.cadence ?? null;
  const soonestS = nowS + leastTurnS;
  const planned = next === null ? soonestS : nowS + next.endS - next.startS;
  const jump = plan.blocks.find(
    ({ startS, cadence }) =>
      startS >= soonestS && now !== null && cadence !== null && Math.abs(cadence.from / now - 1) > jumpShare,
  );
  return Math.max(soonestS, Math.min(planned, jump?.startS ?? Infinity));
}
