/** Old workouts, or their series alone, go when the person has said so: shown before, undoable for a day, then daily. */
import {
  keepForever,
  monthsBefore,
  retentionAfter,
  type Retention,
  type RetentionRule,
} from "#domain/retention.ts";
import type { Clock } from "#server/ports/environment.ts";
import type { RetentionStore } from "#server/ports/retention.ts";
import type { AuditTrail } from "../audit.ts";
import type { SealedWorkouts } from "./sealed-workouts.ts";

/** What a rule would delete first. */
export interface RetentionPreview {
  /** Workouts that go whole. */
  readonly workouts: number;
  /** Workouts that stay and lose their series. */
  readonly series: number;
  /** When the oldest of all these began; null when nothing goes. */
  readonly oldestMs: number | null;
}

export interface KeepRetention {
  /** What the person chose; for ever until then. */
  get(personId: string): Promise<Retention>;
  /** Notes the change and keeps it. A stricter rule deletes nothing for `retentionGraceMs`. */
  choose(personId: string, rule: RetentionRule): Promise<Retention>;
  preview(personId: string, rule: RetentionRule): Promise<RetentionPreview>;
  /** Deletes what everybody's rule no longer keeps. Cut off anywhere, the next call goes on. */
  applyDue(): Promise<void>;
}

interface KeepRetentionParts {
  readonly store: RetentionStore;
  readonly sealed: SealedWorkouts;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

interface Going {
  readonly workouts: readonly string[];
  readonly series: readonly string[];
  readonly oldestMs: number | null;
}

/** Workouts read at once. */
const pageSize = 100;

async function goingOf(
  sealed: SealedWorkouts,
  personId: string,
  rule: RetentionRule,
  atMs: number,
): Promise<Going> {
  const before = (months: number | null): number =>
    months === null ? -Infinity : monthsBefore(atMs, months);
  const workoutsBeforeMs = before(rule.workoutsMonths);
  const seriesBeforeMs = before(rule.seriesMonths);
  const withSeries = await sealed.withSeries(personId);
  const workouts: string[] = [];
  const series: string[] = [];
  let oldestMs = Infinity;
  let cursor: string | null = null;
  do {
    const page = await sealed.page(personId, { limit: pageSize, cursor });
    for (const { id, head } of page.items) {
      const { startedAtMs } = head;
      if (startedAtMs < workoutsBeforeMs) workouts.push(id);
      else if (startedAtMs < seriesBeforeMs && withSeries.has(id)) series.push(id);
      else continue;
      oldestMs = Math.min(oldestMs, startedAtMs);
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return { workouts, series, oldestMs: oldestMs === Infinity ? null : oldestMs };
}

export function createKeepRetention({ store, sealed, audit, clock }: KeepRetentionParts): KeepRetention {
  const get = async (personId: string): Promise<Retention> =>
    (await store.retentionOf(personId)) ?? keepForever;
  const apply = async (personId: string): Promise<void> => {
    const retention = await get(personId);
    const nowMs = clock.nowMs();
    if (nowMs < retention.appliesFromMs) return;
    const { workouts, series } = await goingOf(sealed, personId, retention, nowMs);
    for (const id of series) await sealed.removeSeries(personId, id);
    for (const id of workouts) await sealed.remove(personId, id);
  };
  return {
    get,
    async choose(personId, rule) {
      const retention = retentionAfter(rule, await get(personId), clock.nowMs());
      await audit.note(personId, "own", "retention");
      await store.putRetention(personId, retention);
      return retention;
    },
    async preview(personId, rule) {
      const nowMs = clock.nowMs();
      const { appliesFromMs } = retentionAfter(rule, await get(personId), nowMs);
      const going = await goingOf(sealed, personId, rule, Math.max(nowMs, appliesFromMs));
      return { workouts: going.workouts.length, series: going.series.length, oldestMs: going.oldestMs };
    },
    async applyDue() {
      for (const personId of await store.peopleWithRetention()) await apply(personId);
    },
  };
}
