import type { AccessCategory } from "#domain/access.ts";

/** What an app did for a person in one hour, in one category. */
export interface Usage {
  /** "" for a service account, which acts for nobody. */
  readonly personId: string;
  readonly appId: string;
  readonly category: AccessCategory;
  /** Unix time at which the hour began. */
  readonly hourMs: number;
  readonly calls: number;
  /** Entries of lists and seconds of series that were answered; anything else counts as one. */
  readonly rows: number;
  readonly bytes: number;
}

/** An app read far more than it ordinarily does. */
export interface Anomaly {
  readonly personId: string;
  readonly appId: string;
  readonly atMs: number;
  /** What it had read in that hour, and what would have been ordinary. */
  readonly bytes: number;
  readonly ordinaryBytes: number;
}

export interface UsageStore {
  /** Adds to what is there. */
  addUsage(usage: readonly Usage[]): Promise<void>;
  /** From an hour on, oldest first. */
  usageOf(personId: string, fromMs: number): Promise<readonly Usage[]>;
  removeUsageBefore(hourMs: number): Promise<void>;
  putAnomaly(anomaly: Anomaly): Promise<void>;
  /** Newest first. */
  anomaliesOf(personId: string): Promise<readonly Anomaly[]>;
}
