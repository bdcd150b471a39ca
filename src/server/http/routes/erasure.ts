import { Erasure, ErasureRequest } from "#protocol/api/erasure.ts";
import type { Erasures } from "#server/use-cases/erasure.ts";
import { NoContent, type Api } from "../api.ts";
import { signedIn } from "../guards.ts";

const tags = ["privacy"];

export function erasureRoutes(app: Api, erasures: Erasures): void {
  app.get(
    "/v1/erasure",
    {
      schema: {
        tags,
        summary: "When you will be erased, if you have asked for it",
        response: { 200: Erasure },
      },
    },
    async (request) => ({ dueAtMs: await erasures.dueAtMs(signedIn(request).id) }),
  );
  app.post(
    "/v1/erasure",
    {
      schema: {
        tags,
        summary: "Erase all that is yours, after a week or at once; backups become unreadable too",
        body: ErasureRequest,
        response: { 200: Erasure },
      },
    },
    async (request) => {
      const { id } = signedIn(request);
      if (request.body.when === "after-grace") return { dueAtMs: await erasures.request(id) };
      await erasures.eraseNow(id);
      return { dueAtMs: null };
    },
  );
  app.delete(
    "/v1/erasure",
    { schema: { tags, summary: "Think again: erase nothing", response: { 204: NoContent } } },
    async (request, reply) => {
      await erasures.cancel(signedIn(request).id);
      return reply.code(204).send(null);
    },
  );
}
