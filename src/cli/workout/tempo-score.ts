import type { Sport } from "#domain/class-plan.ts";
import { quantile } from "#domain/units.ts";
import type { EngineSnapshot } from "#engine/contract.ts";
import type { TraceLine } from "./trace.ts";

/** Cadence from which somebody trains to music; slower is starting, stopping or coasting. Rowers drive less than 40 times a minute. */
export function movingFrom(sport: Sport): number {
  return sport === "rowing" ? 10 : 40;
}

const everyMs = 1000;

/** Compares the sounding tempo with ratio x cadence, once a second while moving; traces tempo as it changes. */
export class TempoScore {
  private readonly movingFrom: number;
  private readonly startMs: number;
  private readonly trace: (line: TraceLine) => void;
  private readonly errorsPct: number[] = [];
  private lookedMs = -Infinity;

  constructor(sport: Sport, startMs: number, trace: (line: TraceLine) => void) {
    this.movingFrom = movingFrom(sport);
    this.startMs = startMs;
    this.trace = trace;
  }

  look(nowMs: number, snapshot: EngineSnapshot): void {
    if (nowMs - this.lookedMs < everyMs) return;
    this.lookedMs = nowMs;
    const { tempoBpm, tempoRatio, cadence, mode, lock } = snapshot;
    if (tempoBpm === null) return;
    const tS = (nowMs - this.startMs) / 1000;
    this.trace({ tS, kind: "tempo", value: tempoBpm, reason: `${mode}, ${lock}` });
    if (cadence === null || cadence < this.movingFrom || !(tempoRatio > 0)) return;
    this.errorsPct.push(100 * Math.abs(tempoBpm / (tempoRatio * cadence) - 1));
  }

  /** Null-free: 0 when nobody moved. */
  get errorPct(): { readonly p50: number; readonly p95: number } {
    const sorted = this.errorsPct.toSorted((a, b) => a - b);
    return sorted.length === 0
      ? { p50: 0, p95: 0 }
      : { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) };
  }
}
