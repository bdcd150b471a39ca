import type { SoundtrackAnswer } from "#protocol/api/schemas.ts";
import type { PlannedSoundtrack } from "#server/use-cases/plan-soundtrack.ts";
import { toTrackDetail } from "./track-json.ts";

/** A soundtrack as /v1 shows it, with every track that it names. */
export function toSoundtrackAnswer({ soundtrack, tracks, tasteOf }: PlannedSoundtrack): SoundtrackAnswer {
  return {
    ...soundtrack,
    slots: soundtrack.slots.map((slot) => ({ ...slot, why: [...slot.why] })),
    missing: [...soundtrack.missing],
    tracks: tracks.map((track) => toTrackDetail(track, tasteOf(track))),
  };
}
