import type { SoundtrackAnswer } from "#protocol/api/schemas.ts";
import type { Alternatives } from "#protocol/api/swaps.ts";
import type { OfferedTracks } from "#server/use-cases/offer-tracks.ts";
import type { PlannedSoundtrack } from "#server/use-cases/plan-soundtrack.ts";
import { toTrackDetail } from "./track-json.ts";

/** A soundtrack as /v1 shows it, with every track that it names. */
export function toSoundtrackAnswer({ soundtrack, tracks, tasteOf }: PlannedSoundtrack): SoundtrackAnswer {
  const { grid: _, ...told } = soundtrack;
  return {
    ...told,
    slots: soundtrack.slots.map((slot) => ({ ...slot, why: [...slot.why] })),
    missing: [...soundtrack.missing],
    swaps: [...soundtrack.swaps],
    tracks: tracks.map((track) => toTrackDetail(track, tasteOf(track))),
  };
}

/** Other tracks for a slot as /v1 shows them. */
export function toAlternatives({ alternatives, tasteOf }: OfferedTracks): Alternatives {
  return {
    items: alternatives.map(({ alternative, track }) => ({
      ...alternative,
      slot: { ...alternative.slot, why: [...alternative.slot.why] },
      swaps: [...alternative.swaps],
      track: toTrackDetail(track, tasteOf(track)),
    })),
  };
}
