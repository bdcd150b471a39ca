import type { Alternative, Soundtrack } from "#domain/soundtrack.ts";
import type { PlannerTrack } from "#domain/track.ts";
import type { PlanRequest } from "#server/ports/soundtrack-planner.ts";

/** `tracks` comes along only when the library has changed since the last request. */
export interface PlanOrder {
  readonly id: number;
  readonly request: PlanRequest;
  /** Class time of the slot to find other tracks for; null for a soundtrack. */
  readonly atS: number | null;
  readonly tracks: readonly PlannerTrack[] | null;
}

export type PlanReply =
  | { readonly id: number; readonly soundtrack: Soundtrack }
  | { readonly id: number; readonly alternatives: readonly Alternative[] }
  | { readonly id: number; readonly failure: string; readonly isNoTracks: boolean };
