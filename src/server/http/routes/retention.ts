import {
  RetentionAnswer,
  RetentionChoice,
  RetentionPreviewAnswer,
  RetentionQuery,
} from "#protocol/api/retention.ts";
import type { KeepRetention } from "#server/use-cases/biometrics/keep-retention.ts";
import type { Api } from "../api.ts";
import { signedIn } from "../guards.ts";

const tags = ["privacy"];

export function retentionRoutes(app: Api, retention: KeepRetention): void {
  app.get(
    "/v1/retention",
    {
      schema: {
        tags,
        summary: "How long your workouts and their series are kept",
        response: { 200: RetentionAnswer },
      },
    },
    async (request) => retention.get(signedIn(request).id),
  );
  app.get(
    "/v1/retention/preview",
    {
      schema: {
        tags,
        summary: "What such a choice would delete first",
        querystring: RetentionQuery,
        response: { 200: RetentionPreviewAnswer },
      },
    },
    async (request) => {
      const { seriesMonths = null, workoutsMonths = null } = request.query;
      return retention.preview(signedIn(request).id, { seriesMonths, workoutsMonths });
    },
  );
  app.put(
    "/v1/retention",
    {
      schema: {
        tags,
        summary: "Choose how long; a stricter choice deletes nothing for a day",
        body: RetentionChoice,
        response: { 200: RetentionAnswer },
      },
    },
    async (request) => retention.choose(signedIn(request).id, request.body),
  );
}
