/** The JSON of /v1 about beat grids made by people. */
import { Type, type Static } from "typebox";
import { maxGridBeats } from "#domain/beat-grid/check.ts";

const Times = Type.Array(Type.Number(), { maxItems: maxGridBeats });

/** PUT /v1/tracks/{id}/beat-grid; DELETE goes back to what analysis found. */
export const GridUpdate = Type.Object({ beatsS: Times, downbeatsS: Times });

/** GET /v1/tracks/{id}/beat-grid/analysed, POST /v1/tracks/{id}/analysis */
export const AnalysedGrid = Type.Object({
  beatsS: Type.Array(Type.Number()),
  downbeatsS: Type.Array(Type.Number()),
});
export type AnalysedGrid = Static<typeof AnalysedGrid>;

/** POST /v1/beat-grids: the track of the library that the file's recording is, and how it lies there. */
export const GridImported = Type.Object({
  trackId: Type.String(),
  title: Type.String(),
  artist: Type.String(),
  /** How much later the music begins in this library's file. */
  offsetMs: Type.Number(),
  /** Share of the fingerprint that differs, Pct: about 0 for the same file, 3 to 20 for another encoding. */
  differencePct: Type.Number(),
});
export type GridImported = Static<typeof GridImported>;
