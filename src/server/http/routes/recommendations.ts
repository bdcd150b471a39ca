import { RecommendationQuery, Recommendations } from "#protocol/api/recommendations.ts";
import type { RecommendClasses } from "#server/use-cases/recommend-classes.ts";
import type { Api } from "../api.ts";
import { toClassDetail } from "../class-json.ts";
import { signedIn } from "../guards.ts";

const defaultCount = 6;

export function recommendationRoutes(app: Api, recommend: RecommendClasses): void {
  app.get(
    "/v1/recommendations",
    {
      config: { scope: "recommendations:read" },
      schema: {
        tags: ["recommendations"],
        summary: "Classes and mixes for now, from history, load, time of day and taste, and why",
        querystring: RecommendationQuery,
        response: { 200: Recommendations },
      },
    },
    async (request) => {
      const { limit = defaultCount, utcOffsetMinutes = 0, hardness } = request.query;
      const { readiness, items, mixes, usesWorkouts } = await recommend({
        personId: signedIn(request).id,
        appId: request.app?.appId ?? null,
        utcOffsetMinutes,
        count: limit,
        ...(hardness && { hardness }),
      });
      return {
        items: items.map(({ plan, score, reasons }) =>
          toClassDetail(
            plan,
            score,
            reasons.map(({ text }) => text),
          ),
        ),
        nextCursor: null,
        mixes: mixes.map(({ mood, text, plan }) => ({ mood, text, class: toClassDetail(plan, 0, []) })),
        hardness: hardness ?? readiness.hardness,
        day: { hardness: readiness.hardness, text: readiness.text },
        usesWorkouts,
      };
    },
  );
}
