/** Targets that belong together: what an effort asks of power, exertion, heart rate, cadence and music. */
import {
  effortAtExertion,
  energyAt,
  exertionAt,
  heartRateZone,
  usualCadence,
  type Effort,
} from "../catalogue/effort.ts";
import type { Block, BlockKind, Ramp, Sport } from "../class-plan.ts";
import type { Seconds } from "../units.ts";

/** Sports whose machines measure power. */
export function hasPower(sport: Sport): boolean {
  return sport === "cycling" || sport === "rowing";
}

export function hasCadence(sport: Sport): boolean {
  return usualCadence(sport, 1) !== null;
}

type Followers = Pick<Block, "rpe" | "hrZone" | "energy">;

function followersOf(effort: Ramp, durationS: Seconds): Followers {
  return {
    rpe: exertionAt((effort.from + effort.to) / 2),
    hrZone: heartRateZone(effort, durationS),
    energy: { from: energyAt(effort.from), to: energyAt(effort.to) },
  };
}

/** Sets power; exertion, heart-rate zone and music energy follow it. */
export function withPower<T extends Pick<Block, "durationS">>(block: T, power: Ramp): T & Followers {
  return { ...block, power, ...followersOf(power, block.durationS) };
}

/** Sets exertion; heart-rate zone and music energy follow it. Power stays. */
export function withExertion<T extends Pick<Block, "durationS">>(block: T, rpe: number): T & Followers {
  const effort = effortAtExertion(rpe);
  return { ...block, ...followersOf({ from: effort, to: effort }, block.durationS), rpe };
}

const starts: Readonly<Record<BlockKind, { label: string; durationS: Seconds; from: Effort; to: Effort }>> = {
  "warm-up": { label: "Warm-up", durationS: 300, from: 0.4, to: 0.7 },
  work: { label: "Work", durationS: 180, from: 0.95, to: 0.95 },
  recovery: { label: "Easy", durationS: 120, from: 0.5, to: 0.5 },
  steady: { label: "Steady", durationS: 300, from: 0.65, to: 0.65 },
  "cool-down": { label: "Cool-down", durationS: 300, from: 0.55, to: 0.4 },
};

/** A block to begin with, of a kind and for a sport. */
export function usualBlock(sport: Sport, kind: BlockKind): Omit<Block, "startS"> & { numbered: boolean } {
  const { label, durationS, from, to } = starts[kind];
  const effort = { from, to };
  const [start, end] = [usualCadence(sport, from), usualCadence(sport, to)];
  return {
    kind,
    label,
    durationS,
    numbered: kind === "work",
    cadence: start === null || end === null ? null : { from: start, to: end },
    power: hasPower(sport) ? effort : null,
    ...followersOf(effort, durationS),
  };
}
