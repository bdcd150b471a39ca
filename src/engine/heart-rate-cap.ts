import type { AthleteProfile } from "#domain/athlete.ts";
import type { Block } from "#domain/class-plan.ts";

/** Upper ends of heart-rate zones 1..5 as shares of the maximum (the common five-zone scheme). */
const zoneTops = [0.6, 0.7, 0.8, 0.9, 1];
/** Without a zone in the class nobody is led faster above this share of their maximum. */
const capShare = 0.92;

/** False when the heart is already where the class wants it at most: the music then leads nobody faster. */
export function heartRateAllowsLead(
  athlete: Pick<AthleteProfile, "maxHeartRateBpm">,
  block: Pick<Block, "hrZone"> | null,
  heartRateBpm: number | null,
): boolean {
  if (heartRateBpm === null) return true;
  const zone = block?.hrZone ?? null;
  const top = zone === null ? capShare : Math.min(capShare, zoneTops[Math.round(zone) - 1] ?? capShare);
  return heartRateBpm < top * athlete.maxHeartRateBpm;
}
