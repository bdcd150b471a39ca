import type { Retention } from "#domain/retention.ts";

/** How long each person wants their workouts kept. */
export interface RetentionStore {
  /** Insert or replace. */
  putRetention(personId: string, retention: Retention): Promise<void>;
  /** Null for somebody who has chosen nothing. */
  retentionOf(personId: string): Promise<Retention | null>;
  /** Everybody who has chosen, in order of their ids. */
  peopleWithRetention(): Promise<readonly string[]>;
}
