import type { Milliseconds } from "#domain/units.ts";
import type { Movement } from "./movement.ts";
import type { KnownStroke } from "./stroke-tracker.ts";

const keptMs = 60_000;
/** Strokes nearer than this to the one before are the same stroke, told again by a corrected clock. */
const sameStrokeMs = 60;

/** Strokes that have happened, as well as they became known; the ones between two known events lie evenly. */
export class StrokeHistory {
  private readonly strokesPerUnit: number;
  private times: Milliseconds[] = [];
  private lastUnit: KnownStroke | null = null;

  constructor(strokesPerUnit: number) {
    this.strokesPerUnit = strokesPerUnit;
  }

  add(stroke: KnownStroke): void {
    const before = this.lastUnit;
    this.lastUnit = stroke;
    const count = stroke.steps * this.strokesPerUnit;
    const spanMs = before === null ? 0 : stroke.atMs - before.atMs;
    const even =
      before !== null && before.unit === stroke.unit - stroke.steps && spanMs < stroke.steps * 3000;
    for (let index = even ? 1 : count; index <= count; index++) {
      this.note(stroke.atMs - spanMs * (1 - index / count));
    }
    const oldest = stroke.atMs - keptMs;
    if ((this.times[0] ?? oldest) < oldest - keptMs) this.times = this.times.filter((atMs) => atMs >= oldest);
  }

  /** Known strokes between two host times, and predicted ones behind the last of them. */
  between(fromMs: Milliseconds, toMs: Milliseconds, movement: Movement | null): Milliseconds[] {
    const known = this.times.filter((atMs) => atMs >= fromMs && atMs < toMs);
    if (movement?.quality !== "phase") return known;
    const lastMs = this.times[this.times.length - 1] ?? -Infinity;
    const startMs = Math.max(fromMs, lastMs + sameStrokeMs);
    const unitsPerMs = (movement.phaseAt(startMs + 1000) - movement.phaseAt(startMs)) / 1000;
    if (!(unitsPerMs > 0) || !(toMs > startMs)) return known;
    const phase = movement.phaseAt(startMs);
    const first = Math.ceil(phase * this.strokesPerUnit);
    for (let stroke = first; ; stroke++) {
      const atMs = startMs + (stroke / this.strokesPerUnit - phase) / unitsPerMs;
      if (atMs >= toMs) return known;
      known.push(atMs);
    }
  }

  private note(atMs: Milliseconds): void {
    const last = this.times[this.times.length - 1] ?? -Infinity;
    if (atMs > last + sameStrokeMs) this.times.push(atMs);
  }
}
