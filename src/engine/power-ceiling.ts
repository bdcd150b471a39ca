import type { Milliseconds, Seconds } from "#domain/units.ts";

/** What the best hold for how long, W/kg: 5 s, 1 min, 5 min, and an hour (Coggan's power profile table). */
const ceilings = {
  male: [
    { spanS: 5, wattsPerKg: 25.18 },
    { spanS: 60, wattsPerKg: 11.5 },
    { spanS: 300, wattsPerKg: 7.6 },
    { spanS: 3600, wattsPerKg: 6.4 },
  ],
  female: [
    { spanS: 5, wattsPerKg: 19.42 },
    { spanS: 60, wattsPerKg: 9.29 },
    { spanS: 300, wattsPerKg: 6.74 },
    { spanS: 3600, wattsPerKg: 5.69 },
  ],
} as const;

interface Work {
  readonly tMs: Milliseconds;
  /** Joules since the first reading. */
  readonly joules: number;
}

/** Readings further apart are not taken to have lasted. */
const holdS = 3;

/** Adds up work, and says when somebody holds more power than the best do for so long. */
export class PowerCeiling {
  private readonly limits: readonly { readonly spanS: Seconds; readonly powerW: number }[];
  private readonly works: Work[] = [];
  private lastW = 0;

  constructor(sex: "female" | "male" | null, weightKg: number) {
    this.limits = ceilings[sex ?? "male"].map(({ spanS, wattsPerKg }) => {
      return { spanS, powerW: wattsPerKg * weightKg };
    });
  }

  /** Takes a reading; answers for how long too much has been held, s, or null. */
  push(tMs: Milliseconds, powerW: number): Seconds | null {
    const last = this.works[this.works.length - 1];
    const elapsedS = last === undefined ? 0 : Math.min(holdS, (tMs - last.tMs) / 1000);
    const joules = (last?.joules ?? 0) + this.lastW * elapsedS;
    this.lastW = powerW;
    this.works.push({ tMs, joules });
    for (const { spanS, powerW: limitW } of this.limits) {
      const before = this.at(tMs - spanS * 1000);
      if (before !== null && joules - before.joules > limitW * spanS) return spanS;
    }
    const oldestMs = tMs - 3_700_000;
    if ((this.works[0]?.tMs ?? tMs) < oldestMs - 60_000) {
      this.works.splice(
        0,
        this.works.findIndex((work) => work.tMs >= oldestMs),
      );
    }
    return null;
  }

  /** The last entry at or before a time; null before the first. */
  private at(tMs: Milliseconds): Work | null {
    let low = 0;
    let high = this.works.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.works[middle]?.tMs ?? Infinity) <= tMs) low = middle + 1;
      else high = middle;
    }
    return this.works[low - 1] ?? null;
  }
}
