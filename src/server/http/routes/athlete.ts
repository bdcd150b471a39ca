import { Athlete } from "#protocol/api/schemas.ts";
import type { KeepAthlete } from "#server/use-cases/keep-athlete.ts";
import type { Api } from "../api.ts";
import { signedIn } from "../guards.ts";

export function athleteRoutes(app: Api, athletes: KeepAthlete): void {
  app.get(
    "/v1/athlete",
    { schema: { tags: ["athlete"], summary: "Your training profile", response: { 200: Athlete } } },
    async (request) => athletes.get(signedIn(request).id),
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
