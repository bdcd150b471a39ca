import type { StoreFailure } from "#server/ports/store.ts";
import type { PartName } from "./methods.ts";

export type Request =
  | {
      readonly id: number;
      readonly part: PartName;
      readonly method: string;
      readonly args: readonly unknown[];
    }
  | {
      readonly id: number;
      readonly part: "database";
      readonly method: "backup";
      readonly args: readonly [string];
    }
  | { readonly id: number; readonly part: "database"; readonly method: "close"; readonly args: readonly [] };

export interface Failure {
  readonly reason: StoreFailure;
  readonly message: string;
}

/** The worker's first message has id 0: the database is open, or why not. */
export type Reply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: Failure };

export interface WorkerSetup {
  readonly path: string;
}
