import { Athlete } from "#protocol/api/workouts.ts";
import type { BiometricsOfEverybody } from "#server/use-cases/biometrics/index.ts";
import type { Api } from "../api.ts";
import { signedIn } from "../guards.ts";
import { biometricsFor } from "../biometrics-for.ts";

export function athleteRoutes(app: Api, { reader, athletes }: BiometricsOfEverybody): void {
  app.get(
    "/v1/athlete",
    { schema: { tags: ["athlete"], summary: "Your training profile", response: { 200: Athlete } } },
    async (request) => (await biometricsFor(request, reader)).athlete(),
  );
  app.put(
    "/v1/athlete",
    {
      schema: {
        tags: ["athlete"],
        summary: "Change your training profile",
        body: Athlete,
        response: { 200: Athlete },
      },
    },
    async (request) => athletes.put(signedIn(request).id, request.body),
  );
}
