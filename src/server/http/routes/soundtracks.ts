import { SoundtrackAnswer, SoundtrackRequest } from "#protocol/api/schemas.ts";
import type { PlanSoundtrack } from "#server/use-cases/plan-soundtrack.ts";
import type { Api } from "../api.ts";
import { toSoundtrackAnswer } from "../soundtrack-json.ts";
import { tasteViewerOf } from "../taste-viewer.ts";

/** A list of ten thousand excluded tracks fits. */
const maxBodyBytes = 4 * 1024 * 1024;

export function soundtrackRoutes(app: Api, planSoundtrack: PlanSoundtrack): void {
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
      const { classId, seed = 0, fromS = 0, exclude = [] } = request.body;
      const viewer = tasteViewerOf(request);
      return toSoundtrackAnswer(await planSoundtrack({ viewer, classId, seed, fromS, exclude }));
    },
  );
}
