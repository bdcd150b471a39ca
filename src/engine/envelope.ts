import type { Sport } from "#domain/class-plan.ts";
import { type Cadence, clamp } from "#domain/units.ts";

export interface CadenceRange {
  readonly low: Cadence;
  readonly high: Cadence;
}

/** Cadences at which people train; outside them music cannot help. */
const ranges: Readonly<Record<Sport, CadenceRange>> = {
  cycling: { low: 45, high: 130 },
  running: { low: 120, high: 220 },
  walking: { low: 70, high: 160 },
  rowing: { low: 14, high: 44 },
  strength: { low: 20, high: 220 },
  mobility: { low: 20, high: 220 },
};

/** How far from the class's target the music may follow a person, whatever the sensors say; slower does no harm. */
const reachUp = 0.3;
const reachDown = 0.4;

/** The cadences the music may serve at a moment of a class: around its target, inside what the sport allows. */
export function envelopeOf(sport: Sport, target: Cadence | null): CadenceRange {
  const { low, high } = ranges[sport];
  if (target === null) return { low, high };
  const within = (cadence: Cadence): Cadence => clamp(cadence, Math.min(low, target), Math.max(high, target));
  return { low: within(target * (1 - reachDown)), high: within(target * (1 + reachUp)) };
}
