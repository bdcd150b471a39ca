/** Other ways to put beats onto strokes, from the same notifications. */
import type { Sample } from "#domain/sensor.ts";
import { normalRandom, seededRandom } from "#domain/seeded-random.ts";
import { CrankUnwrapper } from "#engine/unwrap.ts";

/** Revolutions the music has gone through, by a rule that sees only what the sensor tells. */
export interface Peer {
  hear(sample: Sample): void;
  phaseAt(tMs: number): number;
}

/**
 * held: the tempo is the last cadence told, the phase runs on. snap: besides, a beat is put onto every notification that
 * brings a new revolution.
 */
export function createPeer(rule: "held" | "snap"): Peer {
  const unwrapper = new CrankUnwrapper();
  let lastEventS: number | null = null;
  let atMs = 0;
  let phase = 0;
  let perS = 0;
  const phaseAt = (tMs: number): number => phase + ((tMs - atMs) / 1000) * perS;
  return {
    phaseAt,
    hear: ({ tMs, measurements }) => {
      for (const measurement of measurements) {
        if (measurement.kind !== "crank") continue;
        const event = unwrapper.push(tMs, measurement.revolutions, measurement.eventTime1024);
        if (event === null) continue;
        const perEventS = lastEventS === null ? 0 : event.steps / (event.eventS - lastEventS);
        phase = rule === "snap" ? Math.round(phaseAt(tMs)) : phaseAt(tMs);
        atMs = tMs;
        perS = perEventS;
        lastEventS = event.eventS;
      }
    },
  };
}

export interface Noise {
  /** Share of a period: independent, and walked per revolution. */
  readonly whiteShare: number;
  readonly walkShareIn30S: number;
}

/**
 * Quantiles of |error| that nobody can beat who knows only the events: the variance from the last known event is
 * s^2 P h + s q h^2 + q^2 h^3 / 3P over the horizon h = lead + latency + U(0, 1/rate) + U(0, P).
 */
export function informationBound(
  options: Noise & {
    readonly cadences: readonly number[];
    readonly rateHz: number;
    readonly dropShare: number;
    readonly leadMs: number;
    readonly calibrationSigmaMs: number;
  },
): { readonly p50: number; readonly p95: number } {
  const random = seededRandom(99);
  const draws: number[] = [];
  for (const cadence of options.cadences) {
    const period = 60 / cadence;
    const q = options.walkShareIn30S / Math.sqrt(30 / period);
    const s = options.whiteShare;
    for (let draw = 0; draw < 20_000; draw++) {
      let waits = random();
      while (random() < options.dropShare) waits += 1;
      const latencyS = 0.02 + Math.min(0.06, -0.015 * Math.log(1 - random()));
      const h = options.leadMs / 1000 + latencyS + waits / options.rateHz + random() * period;
      const variance = s * s * period * h + s * q * h * h + (q * q * h ** 3) / (3 * period);
      const sigmaMs = Math.hypot(1000 * Math.sqrt(variance), options.calibrationSigmaMs);
      draws.push(Math.abs(sigmaMs * normalRandom(random)));
    }
  }
  draws.sort((a, b) => a - b);
  return {
    p50: draws[Math.floor(draws.length * 0.5)] ?? 0,
    p95: draws[Math.floor(draws.length * 0.95)] ?? 0,
  };
}
