import type { PlannerTrack } from "#domain/track.ts";
import type { Seconds } from "#domain/units.ts";
import type { TrackPlay } from "#domain/workout.ts";

/** The tracks as they were really played. */
export class PlayLog {
  private readonly finished: TrackPlay[] = [];
  private open: { track: PlannerTrack; startS: Seconds; skipped: boolean } | null = null;

  /** A track takes over at `atS` seconds since Start; the one before ends there. */
  change(track: PlannerTrack | null, atS: Seconds): void {
    if (this.open !== null) {
      const { track: left, startS, skipped } = this.open;
      const { id: trackId, title, artist } = left;
      this.finished.push({ trackId, title, artist, startS, endS: Math.max(atS, startS), skipped });
    }
    this.open = track === null ? null : { track, startS: atS, skipped: false };
  }

  markSkipped(): void {
    if (this.open !== null) this.open.skipped = true;
  }

  get plays(): readonly TrackPlay[] {
    return this.finished;
  }
}
