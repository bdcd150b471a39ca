/** Every signal a person's taste is made of, one by one, so that each can be seen and taken back. */
import type { TasteEvidence } from "./evidence.ts";
import { saidOfArtistReason, type TasteReason, type TasteSource, type TrackTaste } from "./model.ts";

export interface TasteSignal {
  readonly source: TasteSource;
  /** Null for a word on an artist. */
  readonly trackId: string | null;
  readonly title: string | null;
  readonly artist: string;
  readonly weight: number;
  readonly text: string;
}

interface NamedTrack {
  readonly id: string;
  readonly title: string;
  readonly artist: string;
}

function strength({ source, weight }: Pick<TasteReason, "source" | "weight">): number {
  return (source.startsWith("said") ? 100 : 0) + Math.abs(weight);
}

/** Words first, then what was learned, the strongest first. A word on an artist is one signal, however many tracks it reaches. */
export function signalsOf(
  tracks: readonly NamedTrack[],
  said: TasteEvidence["said"],
  tasteOf: (track: NamedTrack) => TrackTaste,
): TasteSignal[] {
  const ofTracks = tracks.flatMap((track) =>
    tasteOf(track)
      .reasons.filter(({ source }) => source !== "said-of-artist")
      .map((reason): TasteSignal => {
        const { id, title, artist } = track;
        return { ...reason, trackId: id, title, artist };
      }),
  );
  const ofArtists = Object.values(said.artists).map(({ name, word }): TasteSignal => {
    return { ...saidOfArtistReason(name, word), trackId: null, title: null, artist: name };
  });
  return [...ofArtists, ...ofTracks].toSorted((a, b) => strength(b) - strength(a));
}
