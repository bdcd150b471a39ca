import type { Milliseconds, Seconds } from "#domain/units.ts";
import type { Body } from "./body.ts";
import type { EngineCommand } from "./contract.ts";
import { trustedFrom } from "./plausibility.ts";

/** Tells when a sensor's trust is lost or regained, and adds up for how long any was distrusted. */
export class TrustLog {
  private readonly trusted = new Map<string, boolean>();
  private lastMs: Milliseconds | null = null;
  distrustS: Seconds = 0;

  /** One look while running; `tS` is the moment in the trace's time. */
  step(body: Body, nowMs: Milliseconds, tS: Seconds): EngineCommand[] {
    const sinceS = this.lastMs === null ? 0 : (nowMs - this.lastMs) / 1000;
    this.lastMs = nowMs;
    if (body.distrusts(nowMs)) this.distrustS += sinceS;
    const commands: EngineCommand[] = [];
    for (const { sensor, trust } of body.states(nowMs)) {
      const trusted = trust >= trustedFrom;
      if ((this.trusted.get(sensor) ?? true) === trusted) continue;
      this.trusted.set(sensor, trusted);
      const reason = trusted
        ? "readings are possible again"
        : body.plausibility.ofSensor(sensor, nowMs).reason;
      commands.push({ kind: "trust", tS, sensor, value: trust, reason });
    }
    return commands;
  }

  /** A pause is no time of distrust. */
  rest(): void {
    this.lastMs = null;
  }
}
