/** The JSON of a person's taste in /v1. */
import { Type, type Static } from "typebox";
import { Page } from "./schemas.ts";

const TrackId = Type.String({ minLength: 1, maxLength: 200 });
const Artist = Type.String({ minLength: 1, maxLength: 500 });
const TrackWord = Type.Enum(["like", "less", "ban"]);
const ArtistWord = Type.Enum(["more", "less"]);
const LearnedSource = Type.Enum(["plays", "skips", "listens", "artist-listens", "favourites", "effort"]);

/** One reason of a taste; `weight` is on the scale of log-odds, and all of a track's add up: taste = 1 / (1 + e^-sum). */
export const TasteReason = Type.Object({
  source: Type.String(),
  weight: Type.Number(),
  text: Type.String(),
});

/** GET /v1/tracks/{id}/taste. To an app (scope "taste:read") without what workouts told. */
export const TrackTaste = Type.Object({
  taste: Type.Number({ minimum: 0, maximum: 1 }),
  banned: Type.Boolean(),
  word: Type.Union([TrackWord, Type.Null()]),
  artistWord: Type.Union([ArtistWord, Type.Null()]),
  reasons: Type.Array(TasteReason),
});
export type TrackTaste = Static<typeof TrackTaste>;
/** PUT /v1/tracks/{id}/taste {word}; null takes the word back. */
export const TrackOpinion = Type.Object({ word: Type.Union([TrackWord, Type.Null()]) });
/** PUT /v1/taste/artists {artist, word} */
export const ArtistOpinion = Type.Object({
  artist: Artist,
  word: Type.Union([ArtistWord, Type.Null()]),
});

/** One entry of GET /v1/taste/signals. `trackId` is null for a word on an artist. */
export const TasteSignal = Type.Object({
  ...TasteReason.properties,
  trackId: Type.Union([Type.String(), Type.Null()]),
  title: Type.Union([Type.String(), Type.Null()]),
  artist: Type.String(),
});
export type TasteSignal = Static<typeof TasteSignal>;
/** GET /v1/taste/signals */
export const TasteSignals = Type.Object({
  ...Page(TasteSignal).properties,
  total: Type.Integer(),
  /** Whether what was heard, skipped and done in workouts may count (the consent "recommend"). */
  usesWorkouts: Type.Boolean(),
});
export type TasteSignals = Static<typeof TasteSignals>;
/** POST /v1/taste/forget {source, trackId}: what was learned so far, of one track or of all (null), counts no more. */
export const ForgetRequest = Type.Object({
  source: LearnedSource,
  trackId: Type.Union([TrackId, Type.Null()]),
});

/** What became of a history or a list of favourites that was brought from elsewhere. */
export const TasteImport = Type.Object({
  id: Type.String(),
  format: Type.Enum(["listenbrainz", "lastfm", "m3u"]),
  name: Type.String(),
  importedAtMs: Type.Number(),
  /** Listens, or favourites of an M3U list. */
  entries: Type.Integer(),
  /** Different recordings among them; how many of those the library has, and in how many of its tracks. */
  recordings: Type.Integer(),
  matched: Type.Integer(),
  tracks: Type.Integer(),
});
export type TasteImport = Static<typeof TasteImport>;
/** GET /v1/taste/imports; DELETE /v1/taste/imports/{id} takes one out again. */
export const TasteImports = Page(TasteImport);
/** POST /v1/taste/imports {name, text}: the file as it is; ListenBrainz, Last.fm (JSON or CSV) or M3U, told by its contents. */
export const TasteImportRequest = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 200 }),
  text: Type.String({ minLength: 1 }),
});
export const TasteImported = Type.Object({
  ...TasteImport.properties,
  /** Entries without artist, title or a sensible time: left out. */
  unreadable: Type.Integer(),
});
export type TasteImported = Static<typeof TasteImported>;
