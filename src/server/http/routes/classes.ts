import type { FastifyRequest } from "fastify";
import { partsOfMixId } from "#domain/recommendation/mix.ts";
import { classesLike } from "#domain/search/alike.ts";
import { ClassDetail, ClassPage, ClassQuery } from "#protocol/api/schemas.ts";
import { SimilarClasses } from "#protocol/api/similar-classes.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import type { ClassBook } from "#server/use-cases/class-book.ts";
import type { SearchClasses } from "#server/use-cases/search-classes.ts";
import { IdParams, defaultPageSize, type Api } from "../api.ts";
import { toClassDetail } from "../class-json.ts";

/**
 * Whose classes may be shown, and whose workouts may have a say in their order. An app reads classes without a scope: it sees the
 * catalogue, in nobody's order.
 */
function personAskingOf({ person, app: asking }: FastifyRequest): string | null {
  return asking === null ? (person?.id ?? null) : null;
}

const mostSimilar = 4;

function similarRoute(app: Api, classes: ClassBook): void {
  app.get(
    "/v1/classes/:id/similar",
    {
      config: { open: true },
      schema: {
        tags: ["classes"],
        summary: "Classes most like one, for the same sport and equipment",
        params: IdParams,
        response: { 200: SimilarClasses },
      },
    },
    async (request) => {
      const personId = personAskingOf(request);
      const plan = await classes.byId(personId, partsOfMixId(request.params.id).classId);
      if (plan === null) throw new Refusal("not-found", "There is no such class.");
      const alike = classesLike(plan, await classes.all(personId), { limit: mostSimilar });
      return { items: alike.map((other) => toClassDetail(other, 0, [])) };
    },
  );
}

export function classRoutes(app: Api, classes: ClassBook, search: SearchClasses): void {
  similarRoute(app, classes);
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
      const personId = personAskingOf(request);
      const moment = personId === null ? null : { personId, utcOffsetMinutes };
      const { items, nextCursor, chips, usesWorkouts } = await search(
        { ...wish, personId, moment },
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
      const plan = await classes.byId(personAskingOf(request), request.params.id);
      if (plan === null) throw new Refusal("not-found", "There is no such class.");
      return toClassDetail(plan, 0, []);
    },
  );
}
