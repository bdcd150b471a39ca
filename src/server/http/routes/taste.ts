import type { Track } from "#domain/track.ts";
import { ArtistOpinion, ForgetRequest, TasteSignals, TrackOpinion, TrackTaste } from "#protocol/api/taste.ts";
import type { TrackStore } from "#server/ports/store.ts";
import type { KeepTaste } from "#server/use-cases/keep-taste.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import { IdParams, NoContent, PageQuery, defaultPageSize, type Api } from "../api.ts";
import { signedIn } from "../guards.ts";
import { tasteViewerOf } from "../taste-viewer.ts";

const tags = ["taste"];

async function trackOf(tracks: TrackStore, id: string): Promise<Track> {
  const track = await tracks.getTrack(id);
  if (track === null) throw new Refusal("not-found", "There is no such track.");
  return track;
}

function trackTasteRoutes(app: Api, taste: KeepTaste, tracks: TrackStore): void {
  app.get(
    "/v1/tracks/:id/taste",
    {
      config: { scope: "taste:read" },
      schema: {
        tags,
        summary: "How much you like it, and every reason",
        params: IdParams,
        response: { 200: TrackTaste },
      },
    },
    async (request) => {
      const track = await trackOf(tracks, request.params.id);
      const [model, artistWord] = await Promise.all([
        taste.model(tasteViewerOf(request)),
        taste.wordOnArtist(signedIn(request).id, track.artist),
      ]);
      const { reasons, ...rest } = model(track);
      return { ...rest, artistWord, reasons: [...reasons] };
    },
  );
  app.put(
    "/v1/tracks/:id/taste",
    {
      config: { scope: "taste:write" },
      schema: {
        tags,
        summary: "Like it, hear less of it, or never again",
        params: IdParams,
        body: TrackOpinion,
        response: { 204: NoContent },
      },
    },
    async (request, reply) => {
      const { id } = await trackOf(tracks, request.params.id);
      await taste.sayOfTrack(signedIn(request).id, id, request.body.word);
      return reply.code(204).send(null);
    },
  );
}

function signalRoutes(app: Api, taste: KeepTaste): void {
  app.put(
    "/v1/taste/artists",
    {
      config: { scope: "taste:write" },
      schema: {
        tags,
        summary: "Hear more or less of an artist",
        body: ArtistOpinion,
        response: { 204: NoContent },
      },
    },
    async (request, reply) => {
      const { artist, word } = request.body;
      await taste.sayOfArtist(signedIn(request).id, artist, word);
      return reply.code(204).send(null);
    },
  );
  app.get(
    "/v1/taste/signals",
    {
      schema: {
        tags,
        summary: "Everything your taste is made of, with its effect",
        querystring: PageQuery,
        response: { 200: TasteSignals },
      },
    },
    async (request) => {
      const { limit = defaultPageSize, cursor = null } = request.query;
      const start = cursor === null ? 0 : Number(cursor);
      if (!Number.isSafeInteger(start) || start < 0) {
        throw new Refusal("invalid", "The cursor is not one of ours.");
      }
      const { signals, usesWorkouts } = await taste.signals(signedIn(request).id);
      const end = start + limit;
      return {
        items: signals.slice(start, end),
        nextCursor: end < signals.length ? String(end) : null,
        total: signals.length,
        usesWorkouts,
      };
    },
  );
}

export function tasteRoutes(app: Api, taste: KeepTaste, tracks: TrackStore): void {
  trackTasteRoutes(app, taste, tracks);
  signalRoutes(app, taste);
  app.post(
    "/v1/taste/forget",
    {
      schema: {
        tags,
        summary: "Forget what was learned from one source",
        body: ForgetRequest,
        response: { 204: NoContent },
      },
    },
    async (request, reply) => {
      const { source, trackId } = request.body;
      await taste.forget(signedIn(request).id, source, trackId);
      return reply.code(204).send(null);
    },
  );
  app.post(
    "/v1/taste/reset",
    {
      schema: {
        tags,
        summary: "Forget all words, imports and all that was learned",
        response: { 204: NoContent },
      },
    },
    async (request, reply) => {
      await taste.reset(signedIn(request).id);
      return reply.code(204).send(null);
    },
  );
}
