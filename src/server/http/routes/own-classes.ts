import type { ClassPlan } from "#domain/class-plan.ts";
import { ClassDocument, ClassFile, ClassFileQuery, PreviewRequest } from "#protocol/api/own-classes.ts";
import { ClassDetail, SoundtrackAnswer } from "#protocol/api/schemas.ts";
import { fileOfPlan } from "#protocol/class-export.ts";
import type { ClassBook } from "#server/use-cases/class-book.ts";
import type { PreviewSoundtrack } from "#server/use-cases/preview-soundtrack.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import { IdParams, NoContent, type Api } from "../api.ts";
import { toClassDetail } from "../class-json.ts";
import { toSoundtrackAnswer } from "../soundtrack-json.ts";
import { signedIn } from "../guards.ts";
import { tasteViewerOf } from "../taste-viewer.ts";

/** A class of 5,000 blocks and 5,000 cues fits. */
const maxBodyBytes = 4 * 1024 * 1024;

function changeRoutes(app: Api, classes: ClassBook): void {
  app.put(
    "/v1/classes/:id",
    {
      bodyLimit: maxBodyBytes,
      schema: {
        tags: ["classes"],
        summary: "Save a class of your own; its id begins with own-",
        params: IdParams,
        body: ClassDocument,
        response: { 200: ClassDetail },
      },
    },
    async (request) => {
      const plan = { ...request.body, id: request.params.id } as ClassPlan;
      return toClassDetail(await classes.save(signedIn(request).id, plan), 0, []);
    },
  );
  app.delete(
    "/v1/classes/:id",
    {
      schema: {
        tags: ["classes"],
        summary: "Delete a class of your own",
        params: IdParams,
        response: { 204: NoContent },
      },
    },
    async (request, reply) => {
      await classes.remove(signedIn(request).id, request.params.id);
      return reply.code(204).send(null);
    },
  );
}

export function ownClassRoutes(app: Api, classes: ClassBook, preview: PreviewSoundtrack): void {
  changeRoutes(app, classes);
  app.get(
    "/v1/classes/:id/file",
    {
      schema: {
        tags: ["classes"],
        summary: "A class as a ZWO or JSON file, with what the format loses",
        params: IdParams,
        querystring: ClassFileQuery,
        response: { 200: ClassFile },
      },
    },
    async (request) => {
      const plan = await classes.byId(signedIn(request).id, request.params.id);
      if (plan === null) throw new Refusal("not-found", "There is no such class.");
      const { losses, ...file } = fileOfPlan(plan, request.query.format);
      return { ...file, losses: [...losses] };
    },
  );
  app.post(
    "/v1/soundtracks/preview",
    {
      bodyLimit: maxBodyBytes,
      schema: {
        tags: ["soundtracks"],
        summary: "Plan a soundtrack for a class that is not saved",
        body: PreviewRequest,
        response: { 200: SoundtrackAnswer },
      },
    },
    async (request) => {
      const { class: plan, seed = 0 } = request.body;
      return toSoundtrackAnswer(await preview(tasteViewerOf(request), plan, seed));
    },
  );
}
