/** The library, listed or searched. */
import { Type, type Static } from "typebox";
import { Page, SearchChip, TrackSummary } from "./schemas.ts";

/** A sentence such as "driving, around 170, minor". */
export const TrackSentence = Type.String({ maxLength: 300 });

/**
 * The answer of GET /v1/tracks. With `query` the best come first, `chips` say what was understood and `unknown` names words
 * that nothing in the library has; without one both are empty.
 */
export const TrackPage = Type.Object({
  ...Page(TrackSummary).properties,
  chips: Type.Array(SearchChip),
  unknown: Type.Array(Type.String()),
});
export type TrackPage = Static<typeof TrackPage>;
