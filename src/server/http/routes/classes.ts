import { ClassDetail, ClassPage, ClassQuery } from "#protocol/api/schemas.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import { ownClassPrefix, type ClassBook } from "#server/use-cases/class-book.ts";
import type { SearchClasses } from "#server/use-cases/search-classes.ts";
import { IdParams, defaultPageSize, type Api } from "../api.ts";
import { toClassDetail } from "../class-json.ts";

export function classRoutes(app: Api, classes: ClassBook, search: SearchClasses): void {
  app.get(
    "/v1/classes",
    {
      config: { open: true },
      schema: {
        tags: ["classes"],
        summary: "The catalogue, or a search of it",
        querystring: ClassQuery,
        response: { 200: ClassPage },
      },
    },
    async (request) => {
      const { cursor = null, limit = defaultPageSize, utcOffsetMinutes = 0, ...wish } = request.query;
      const { person, app: asking } = request;
      // An app reads classes without a scope: an order made from workouts would tell it of them.
      const moment = person === null || asking !== null ? null : { personId: person.id, utcOffsetMinutes };
      const { items, nextCursor, chips, usesWorkouts } = await search(
        { ...wish, visitor: person === null, moment },
        { limit, cursor },
      );
      return {
        items: items.map(({ plan, score, why }) => toClassDetail(plan, score, why)),
        nextCursor,
        chips: [...chips],
        usesWorkouts,
      };
    },
  );
  app.get(
    "/v1/classes/:id",
    {
      config: { open: true },
      schema: {
        tags: ["classes"],
        summary: "One class with all blocks and cues",
        params: IdParams,
        response: { 200: ClassDetail },
      },
    },
    async (request) => {
      const plan = await classes.byId(request.params.id);
      const hidden = request.person === null && plan?.id.startsWith(ownClassPrefix) === true;
      if (plan === null || hidden) throw new Refusal("not-found", "There is no such class.");
      return toClassDetail(plan, 0, []);
    },
  );
}
