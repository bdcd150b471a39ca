import type { AthleteProfile } from "#domain/athlete.ts";
import { type ClassPlan, targetsAt } from "#domain/class-plan.ts";
import type { Milliseconds } from "#domain/units.ts";
import type { Body } from "./body.ts";
import type { ClassClock } from "./class-clock.ts";
import type { EngineSnapshot, LockState } from "./contract.ts";
import type { SetMode } from "./mode-choice.ts";
import { noticeFor } from "./notice.ts";
import type { Transitions } from "./transitions.ts";

export interface SnapshotParts {
  readonly phase: EngineSnapshot["phase"];
  readonly plan: ClassPlan;
  readonly athlete: AthleteProfile;
  readonly clock: ClassClock;
  readonly body: Body;
  readonly transitions: Transitions;
  readonly mode: SetMode;
  readonly lock: LockState;
  readonly phaseErrorMs: Milliseconds | null;
  readonly baseUnitsPerS: number;
  readonly letGo: boolean;
  readonly asksForTaps: boolean;
  /** When a cadence was last known. */
  readonly movedMs: Milliseconds;
}

/** What the workout screen draws at `tMs`. */
export function takeSnapshot(tMs: Milliseconds, parts: SnapshotParts): EngineSnapshot {
  const { phase, plan, athlete, clock, body, transitions, mode, lock, phaseErrorMs } = parts;
  const classTimeS = clock.classTimeAt(tMs);
  const targets = targetsAt(plan, classTimeS);
  const deck = transitions.leaderAt(tMs);
  const next = transitions.next;
  const sounding = phase === "running" && deck !== null && tMs >= deck.startMs;
  const powerShare = targets?.powerShare ?? null;
  return {
    phase,
    classTimeS,
    elapsedS: clock.elapsedAt(tMs),
    blockIndex: targets?.blockIndex ?? 0,
    cadence: body.vital("cadence", tMs),
    powerW: body.vital("power", tMs),
    heartRateBpm: body.vital("heart-rate", tMs),
    speedMps: body.vital("speed", tMs),
    distanceM: body.distanceM,
    targetCadence: targets?.cadence ?? null,
    targetPowerW: powerShare === null ? null : Math.round(powerShare * athlete.ftpW),
    tempoBpm: sounding ? deck.tempoBpmAt(tMs) : null,
    stretch: deck?.line.rateAt(tMs) ?? 1,
    tempoRatio: deck?.tempoRatio ?? 0,
    mode,
    lock,
    phaseErrorMs,
    trackId: deck?.track.id ?? null,
    nextTrackId: next?.trackId ?? null,
    nextTrackWhy: next?.why ?? [],
    notice: noticeFor({
      distrusted: body.distrustsCadence(tMs) && tMs > parts.movedMs,
      silentForS: (tMs - parts.movedMs) / 1000,
      cadence: Math.round(parts.baseUnitsPerS * 60),
      letGo: parts.letGo,
      asksForTaps: parts.asksForTaps,
    }),
    asksForTaps: parts.asksForTaps,
    sensors: body.states(tMs),
  };
}
