import { sumListens } from "#domain/taste/sum-listens.ts";
import { TasteImported, TasteImportRequest, TasteImports } from "#protocol/api/taste.ts";
import { ListensError, maxListensBytes } from "#protocol/listens/listen.ts";
import { readListens } from "#protocol/listens/read-listens.ts";
import type { Clock } from "#server/ports/environment.ts";
import type { KeepTaste } from "#server/use-cases/keep-taste.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import { IdParams, NoContent, type Api } from "../api.ts";
import { signedIn } from "../guards.ts";

const tags = ["taste"];
/** Quotation marks of a JSON file are escaped in a JSON body: it grows by up to a fifth. */
const maxBodyBytes = maxListensBytes * 1.25;

function read(name: string, text: string, nowMs: number) {
  try {
    return readListens(name, text, nowMs);
  } catch (error) {
    if (error instanceof ListensError) throw new Refusal("invalid", error.message);
    throw error;
  }
}

export function tasteImportRoutes(app: Api, taste: KeepTaste, clock: Clock): void {
  app.get(
    "/v1/taste/imports",
    {
      config: { scope: "taste:read" },
      schema: {
        tags,
        summary: "Music histories you brought, and how much of them the library has",
        response: { 200: TasteImports },
      },
    },
    async (request) => ({ items: [...(await taste.imports(signedIn(request).id))], nextCursor: null }),
  );
  app.post(
    "/v1/taste/imports",
    {
      config: { scope: "taste:write" },
      bodyLimit: maxBodyBytes,
      schema: {
        tags,
        summary: "Bring a history of ListenBrainz or Last.fm, or an M3U list of favourites",
        body: TasteImportRequest,
        response: { 200: TasteImported },
      },
    },
    async (request) => {
      const { name, text } = request.body;
      const importedAtMs = clock.nowMs();
      const { format, listens, unreadable } = read(name, text, importedAtMs);
      const recordings = sumListens(listens, importedAtMs);
      const added = { name, format, importedAtMs, entries: listens.length, recordings };
      return { ...(await taste.addImport(signedIn(request).id, added)), unreadable };
    },
  );
  app.delete(
    "/v1/taste/imports/:id",
    {
      config: { scope: "taste:write" },
      schema: {
        tags,
        summary: "Take an import out; what it taught is gone with it",
        params: IdParams,
        response: { 204: NoContent },
      },
    },
    async (request, reply) => {
      if (!(await taste.removeImport(signedIn(request).id, request.params.id)))
        throw new Refusal("not-found", "There is no such import.");
      return reply.code(204).send(null);
    },
  );
}
