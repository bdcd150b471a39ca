import { defaultAthlete } from "#domain/athlete.ts";
import type { Block, ClassPlan } from "#domain/class-plan.ts";
import type { Slot } from "#domain/soundtrack.ts";
import type { PlannerTrack } from "#domain/track.ts";
import type { EngineSetup } from "#engine/contract.ts";

/** A block by its length and cadences. */
export function block(
  durationS: number,
  from: number,
  to = from,
  kind: Block["kind"] = "steady",
): Omit<Block, "startS"> {
  const flat = { from: 0.6, to: 0.6 };
  const label = `${kind} ${from}`;
  return {
    durationS,
    kind,
    label,
    cadence: { from, to },
    power: flat,
    hrZone: null,
    rpe: null,
    energy: flat,
  };
}

export function cyclingClass(parts: readonly Omit<Block, "startS">[]): ClassPlan {
  let startS = 0;
  const blocks = parts.map((part) => {
    const placed = { ...part, startS };
    startS += part.durationS;
    return placed;
  });
  return {
    id: "test",
    title: "Test",
    sport: "cycling",
    durationS: startS,
    family: "test",
    description: "",
    intensity: "moderate",
    level: "beginner",
    equipment: [],
    lowImpact: true,
    blocks,
    cues: [{ atS: 5, text: "Sit tall." }],
    citation: null,
  };
}

/** An even click track: beats from 0, four to the bar. */
export function clickTrack(id: string, tempoBpm: number, durationS = 300): PlannerTrack {
  return { id, title: id, artist: "Test", durationS, tempoBpm, key: null, energy: 0.6, taste: 0.5 };
}

export function slot(
  startS: number,
  endS: number,
  track: PlannerTrack,
  tempoRatio: number,
  cadence: number,
): Slot {
  const stretch = (tempoRatio * cadence) / track.tempoBpm;
  return {
    startS,
    endS,
    trackId: track.id,
    sourceStartS: 0,
    tempoRatio,
    stretch,
    why: [`${track.id} fits.`],
  };
}

export function setupOf(
  plan: ClassPlan,
  slots: readonly Slot[],
  tracks: readonly PlannerTrack[],
  more: Partial<EngineSetup> = {},
): EngineSetup {
  return {
    plan,
    slots,
    tracks: new Map(tracks.map((track) => [track.id, track])),
    athlete: defaultAthlete,
    mode: "auto",
    leadMs: 45,
    calibration: { crankAngleRev: {}, radioDelayMs: { bike: 20 }, outputDelayMs: 0 },
    ...more,
  };
}
