import { Type } from "typebox";
import { Page } from "#protocol/api/schemas.ts";
import {
  Series,
  Workout,
  WorkoutBegin,
  WorkoutChunk,
  WorkoutEnd,
  type SummaryFacts,
} from "#protocol/api/workouts.ts";
import { encodeActivity } from "#protocol/fit/write-activity.ts";
import type { BiometricsReader, KeptWorkout, WorkoutPage } from "#server/ports/biometrics.ts";
import type { BiometricsOfEverybody } from "#server/use-cases/biometrics/index.ts";
import type { KeepWorkout } from "#server/use-cases/biometrics/keep-workout.ts";
import { NoContent, PageQuery, defaultPageSize, type Api } from "../api.ts";
import { biometricsFor } from "../biometrics-for.ts";
import { signedIn } from "../guards.ts";
import { sendWritten } from "../written-page.ts";

const tags = ["workouts"];
/** Ids are made by the browser: UUIDv7, so that they sort by time. */
const WorkoutId = Type.String({
  pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
});
const WorkoutParams = Type.Object({ id: WorkoutId });
const ChunkParams = Type.Object({ id: WorkoutId, sequence: Type.Integer({ minimum: 0, maximum: 9_999 }) });
/** The end of the longest workout, with its track plays and block passes. */
const maxEndBytes = 8 * 1024 * 1024;

function toWorkout({ id, head, finished, detail, end, facts, text }: KeptWorkout): Workout {
  return {
    ...head,
    id,
    finished,
    detail,
    durationS: end?.durationS ?? 0,
    facts: facts as SummaryFacts | null,
    text,
  };
}

function keepingRoutes(app: Api, workouts: KeepWorkout): void {
  app.put(
    "/v1/workouts/:id",
    {
      schema: {
        tags,
        summary: "Begin a workout; the same again changes nothing",
        params: WorkoutParams,
        body: WorkoutBegin,
        response: { 200: Workout },
      },
    },
    async (request) => {
      const { detail = "full", ...head } = request.body;
      return toWorkout(
        await workouts.begin(signedIn(request).id, { ...head, id: request.params.id }, detail),
      );
    },
  );
  app.put(
    "/v1/workouts/:id/chunks/:sequence",
    {
      schema: {
        tags,
        summary: "Keep a piece of the series; the same again changes nothing",
        params: ChunkParams,
        body: WorkoutChunk,
        response: { 204: NoContent },
      },
    },
    async (request, reply) => {
      const { id, sequence } = request.params;
      await workouts.keepChunk(signedIn(request).id, id, sequence, request.body.rows);
      return reply.code(204).send(null);
    },
  );
  app.put(
    "/v1/workouts/:id/end",
    {
      bodyLimit: maxEndBytes,
      schema: {
        tags,
        summary: "End a workout; 409 names the chunks that are not there yet",
        params: WorkoutParams,
        body: WorkoutEnd,
        response: { 200: Workout },
      },
    },
    async (request) => {
      const { chunks, ...end } = request.body;
      return toWorkout(await workouts.end(signedIn(request).id, request.params.id, end, chunks));
    },
  );
}

function toPage({ items, nextCursor }: WorkoutPage) {
  return { items: items.map(toWorkout), nextCursor };
}

function readingRoutes(app: Api, reader: BiometricsReader): void {
  app.get(
    "/v1/workouts",
    {
      config: { scope: "workouts:read" },
      schema: {
        tags,
        summary: "Your workouts, newest first",
        querystring: PageQuery,
        response: { 200: Page(Workout) },
      },
    },
    async (request, reply) => {
      const { limit = defaultPageSize, cursor = null } = request.query;
      const page = await (await biometricsFor(request, reader)).workouts({ limit, cursor });
      // Written by the route's own schema; the type asks for what that was made of.
      return await sendWritten(page, request, reply, toPage);
    },
  );
  app.get(
    "/v1/workouts/:id",
    {
      config: { scope: "workouts:read" },
      schema: { tags, summary: "One workout", params: WorkoutParams, response: { 200: Workout } },
    },
    async (request) => toWorkout(await (await biometricsFor(request, reader)).workout(request.params.id)),
  );
  app.get(
    "/v1/workouts/:id/series",
    {
      config: { scope: "series:read" },
      schema: {
        tags,
        summary: "Its sensor data, second by second",
        params: WorkoutParams,
        response: { 200: Series },
      },
    },
    async (request) => {
      const { rows, end } = await (await biometricsFor(request, reader)).record(request.params.id);
      return {
        rows: [...rows],
        trackPlays: [...end.trackPlays],
        blockPasses: [...end.blockPasses],
      };
    },
  );
  app.get(
    "/v1/workouts/:id/fit",
    {
      config: { scope: "series:read", sends: "application/vnd.ant.fit" },
      schema: { tags, summary: "As a FIT activity file", params: WorkoutParams },
    },
    async (request, reply) => {
      const record = await (await biometricsFor(request, reader)).record(request.params.id);
      const day = new Date(record.head.startedAtMs).toISOString().slice(0, 10);
      reply.header("content-disposition", `attachment; filename="upbeat-${day}.fit"`);
      reply.header("cache-control", "no-store");
      request.rowsAnswered = record.rows.length;
      return reply.type("application/vnd.ant.fit").send(Buffer.from(encodeActivity(record)));
    },
  );
}

export function workoutRoutes(app: Api, { reader, workouts }: BiometricsOfEverybody): void {
  keepingRoutes(app, workouts);
  readingRoutes(app, reader);
  app.delete(
    "/v1/workouts/:id",
    {
      schema: {
        tags,
        summary: "Delete a workout and its series",
        params: WorkoutParams,
        response: { 204: NoContent },
      },
    },
    async (request, reply) => {
      await workouts.remove(signedIn(request).id, request.params.id);
      return reply.code(204).send(null);
    },
  );
}
