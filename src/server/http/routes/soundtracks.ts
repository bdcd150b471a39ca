import { Alternatives, AlternativesRequest } from "#protocol/api/swaps.ts";
import { SoundtrackAnswer, SoundtrackRequest } from "#protocol/api/schemas.ts";
import type { OfferTracks } from "#server/use-cases/offer-tracks.ts";
import type { PlanSoundtrack } from "#server/use-cases/plan-soundtrack.ts";
import type { Api } from "../api.ts";
import { toAlternatives, toSoundtrackAnswer } from "../soundtrack-json.ts";
import { tasteViewerOf } from "../taste-viewer.ts";

/** A list of ten thousand excluded tracks fits. */
const maxBodyBytes = 4 * 1024 * 1024;

export function soundtrackRoutes(app: Api, planSoundtrack: PlanSoundtrack, offerTracks: OfferTracks): void {
  app.post(
    "/v1/soundtracks",
    {
      config: { scope: "soundtracks:read" },
      bodyLimit: maxBodyBytes,
      schema: {
        tags: ["soundtracks"],
        summary: "Plan a soundtrack for a class from the library",
        body: SoundtrackRequest,
        response: { 200: SoundtrackAnswer },
      },
    },
    async (request) => {
      const { classId, seed = 0, fromS = 0, exclude = [], swaps = [] } = request.body;
      const viewer = tasteViewerOf(request);
      return toSoundtrackAnswer(await planSoundtrack({ viewer, classId, seed, fromS, exclude, swaps }));
    },
  );
  app.post(
    "/v1/soundtracks/alternatives",
    {
      config: { scope: "soundtracks:read" },
      schema: {
        tags: ["soundtracks"],
        summary: "Other tracks for one slot of a soundtrack, with what each would cost",
        body: AlternativesRequest,
        response: { 200: Alternatives },
      },
    },
    async (request) => {
      const { classId, seed = 0, swaps = [], atS } = request.body;
      return toAlternatives(await offerTracks({ viewer: tasteViewerOf(request), classId, seed, swaps, atS }));
    },
  );
}
