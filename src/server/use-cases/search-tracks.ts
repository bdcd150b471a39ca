import { createTrackIndex, type SearchedTrack, type TrackIndex } from "#domain/search/tracks/index.ts";
import type { TrackChip } from "#domain/search/tracks/query.ts";
import type { Track } from "#domain/track.ts";
import type { CountedTracks } from "./counted-tracks.ts";
import type { KeepTaste, TasteViewer } from "./keep-taste.ts";
import { Refusal } from "./refusal.ts";

export interface TrackWish {
  /** Whose taste counts. */
  readonly viewer: TasteViewer;
  readonly query: string;
  /** Only tracks whose grid is sure, or only those where it is not. */
  readonly confident?: boolean;
}

export interface FoundTrackPage {
  readonly items: readonly Track[];
  readonly nextCursor: string | null;
  readonly chips: readonly TrackChip[];
  readonly unknown: readonly string[];
}

export type SearchTracks = (
  wish: TrackWish,
  page: { readonly limit: number; readonly cursor: string | null },
) => Promise<FoundTrackPage>;

/** What the index needs of a track: grids, the bulk of a library, stay out of memory. */
function searched({ id, title, artist, album, genre, year, profile }: Track): SearchedTrack {
  const { tempoBpm, energy, durationS, key, keyConfidence, confident } = profile;
  return {
    id,
    title,
    artist,
    album,
    genre,
    year,
    profile: { tempoBpm, energy, durationS, key, keyConfidence, confident },
  };
}

/** Finds tracks by a sentence. The index is made when it is first asked for, and again after the library has changed. */
export function createSearchTracks(
  { tracks, version }: Pick<CountedTracks, "tracks" | "version">,
  keepTaste: Pick<KeepTaste, "model">,
): SearchTracks {
  let known: { readonly version: number; readonly index: Promise<TrackIndex> } | null = null;
  const currentIndex = (): Promise<TrackIndex> => {
    if (known?.version === version()) return known.index;
    const index = tracks.allTracks().then((all) => createTrackIndex(all.map(searched)));
    known = { version: version(), index };
    index.catch(() => (known = null));
    return index;
  };
  return async ({ viewer, query, confident }, { limit, cursor }) => {
    const start = cursor === null ? 0 : Number(cursor);
    if (!Number.isSafeInteger(start) || start < 0)
      throw new Refusal("invalid", "The cursor is not one of ours.");
    const [index, model] = await Promise.all([currentIndex(), keepTaste.model(viewer)]);
    const found = index.search(query, (track) => model(track).taste);
    const kept =
      confident === undefined
        ? found.tracks
        : found.tracks.filter(({ profile }) => profile.confident === confident);
    const end = start + limit;
    const items = await Promise.all(kept.slice(start, end).map(({ id }) => tracks.getTrack(id)));
    return {
      items: items.filter((track) => track !== null),
      nextCursor: end < kept.length ? String(end) : null,
      chips: found.query.chips,
      unknown: found.unknown,
    };
  };
}
