import { basename, dirname } from "node:path";
import { Type } from "typebox";
import type { Track } from "#domain/track.ts";
import { BeatGrid, TrackDetail } from "#protocol/api/schemas.ts";
import { TrackPage, TrackSentence } from "#protocol/api/track-search.ts";
import type { TrackStore } from "#server/ports/store.ts";
import type { KeepTaste } from "#server/use-cases/keep-taste.ts";
import type { SearchTracks } from "#server/use-cases/search-tracks.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import { IdParams, PageQuery, defaultPageSize, type Api } from "../api.ts";
import { tasteViewerOf } from "../taste-viewer.ts";
import { toTrackDetail } from "../track-json.ts";

const tags = ["tracks"];
/** What a cover may be shown as; anything else in a file's tags is not sent. */
const coverTypes: ReadonlySet<string> = new Set(["image/jpeg", "image/png", "image/webp", "image/gif"]);

/** `confident` lists only the tracks whose grid is sure, or only those where it is not; `query` finds them by a sentence, best first. */
const TrackQuery = Type.Object({
  ...PageQuery.properties,
  confident: Type.Optional(Type.Union([Type.Literal("true"), Type.Literal("false")])),
  query: Type.Optional(TrackSentence),
});

async function trackOf(tracks: TrackStore, id: string): Promise<Track> {
  const track = await tracks.getTrack(id);
  if (track === null) throw new Refusal("not-found", "There is no such track.");
  return track;
}

function mediaRoutes(app: Api, tracks: TrackStore): void {
  app.get(
    "/v1/tracks/:id/audio",
    {
      config: { scope: "tracks:read", sends: "audio/*" },
      schema: { tags, summary: "The audio file itself; ranges are served", params: IdParams },
    },
    async (request, reply) => {
      const path = await tracks.audioPath(request.params.id);
      if (path === null) throw new Refusal("not-found", "There is no such track.");
      reply.header("cache-control", "private, max-age=0, must-revalidate");
      return reply.sendFile(basename(path), dirname(path), { cacheControl: false, dotfiles: "allow" });
    },
  );
  app.get(
    "/v1/tracks/:id/cover",
    {
      config: { scope: "tracks:read", sends: "image/*" },
      schema: { tags, summary: "The picture in the track's file", params: IdParams },
    },
    async (request, reply) => {
      const cover = await tracks.getCover(request.params.id);
      if (cover === null || !coverTypes.has(cover.mimeType)) {
        throw new Refusal("not-found", "This track has no cover.");
      }
      reply.header("cache-control", "private, max-age=86400");
      return reply.type(cover.mimeType).send(Buffer.from(cover.bytes));
    },
  );
}

export interface TrackRouteParts {
  readonly tracks: TrackStore;
  readonly taste: Pick<KeepTaste, "model">;
  readonly searchTracks: SearchTracks;
}

export function trackRoutes(app: Api, { tracks, taste, searchTracks }: TrackRouteParts): void {
  app.get(
    "/v1/tracks",
    {
      config: { scope: "tracks:read" },
      schema: {
        tags,
        summary: "The library, by artist and title, or found by a sentence",
        querystring: TrackQuery,
        response: { 200: TrackPage },
      },
    },
    async (request) => {
      const { limit = defaultPageSize, cursor = null, confident, query = "" } = request.query;
      const sure = confident === undefined ? {} : { confident: confident === "true" };
      const viewer = tasteViewerOf(request);
      const page =
        query.trim() === ""
          ? { ...(await tracks.listTracks({ limit, cursor, ...sure })), chips: [], unknown: [] }
          : await searchTracks({ viewer, query, ...sure }, { limit, cursor });
      const tasteOf = await taste.model(viewer);
      return {
        items: page.items.map((track) => toTrackDetail(track, tasteOf(track))),
        nextCursor: page.nextCursor,
        chips: [...page.chips],
        unknown: [...page.unknown],
      };
    },
  );
  app.get(
    "/v1/tracks/:id",
    {
      config: { scope: "tracks:read" },
      schema: {
        tags,
        summary: "One track with its beat grid",
        params: IdParams,
        response: { 200: TrackDetail },
      },
    },
    async (request) => {
      const track = await trackOf(tracks, request.params.id);
      return toTrackDetail(track, (await taste.model(tasteViewerOf(request)))(track));
    },
  );
  app.get(
    "/v1/tracks/:id/beat-grid",
    {
      config: { scope: "tracks:read" },
      schema: { tags, summary: "Where the beats lie", params: IdParams, response: { 200: BeatGrid } },
    },
    async (request) => {
      const { beatsS, downbeatsS } = (await trackOf(tracks, request.params.id)).profile;
      return { beatsS: [...beatsS], downbeatsS: [...downbeatsS] };
    },
  );
  mediaRoutes(app, tracks);
}
