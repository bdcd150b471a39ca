import type { ClassPlan } from "#domain/class-plan.ts";
import { ClassDetail, ClassPage, ClassQuery } from "#protocol/api/schemas.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import type { ClassBook } from "#server/use-cases/class-book.ts";
import type { SearchClasses } from "#server/use-cases/search-classes.ts";
import { IdParams, defaultPageSize, type Api } from "../api.ts";

/** The wire's lists are mutable types; a class is copied one level deep. */
function toDetail(plan: ClassPlan, score: number, why: readonly string[]) {
  return {
    ...plan,
    equipment: [...plan.equipment],
    blocks: [...plan.blocks],
    cues: [...plan.cues],
    score,
    why: [...why],
  };
}

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
      const { cursor = null, limit = defaultPageSize, ...wish } = request.query;
      const { items, nextCursor, chips } = await search(wish, { limit, cursor });
      return {
        items: items.map(({ plan, score, why }) => toDetail(plan, score, why)),
        nextCursor,
        chips: [...chips],
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
      if (plan === null) throw new Refusal("not-found", "There is no such class.");
      return toDetail(plan, 0, []);
    },
  );
}
