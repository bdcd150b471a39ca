import { Readable } from "node:stream";
import { AuditCheck, AuditLine } from "#protocol/api/audit.ts";
import { Page } from "#protocol/api/schemas.ts";
import type { WriteArchive } from "#server/ports/archive.ts";
import type { PageWish } from "#server/ports/page.ts";
import type { AuditTrail } from "#server/use-cases/audit.ts";
import type { ExportPerson } from "#server/use-cases/export-person.ts";
import type { RotateKeys } from "#server/use-cases/rotate-keys.ts";
import { NoContent, PageQuery, type Api } from "../api.ts";
import { signedIn } from "../guards.ts";
import { readPage } from "../page.ts";

const tags = ["privacy"];

export interface RightsRouteParts {
  readonly audit: AuditTrail;
  readonly exportPerson: ExportPerson;
  readonly writeArchive: WriteArchive;
  readonly rotateKeys: RotateKeys;
}

export function rightsRoutes(
  app: Api,
  { audit, exportPerson, writeArchive, rotateKeys }: RightsRouteParts,
): void {
  app.get(
    "/v1/audit",
    {
      schema: {
        tags,
        summary: "Who read what of yours, newest first",
        querystring: PageQuery,
        response: { 200: Page(AuditLine) },
      },
    },
    async (request) => {
      const { id } = signedIn(request);
      const read = (wish: PageWish) => audit.newest(id, wish);
      return readPage(request.query, read, ({ sequence }) => ({ at: sequence, id: "" }));
    },
  );
  app.get(
    "/v1/audit/check",
    {
      schema: {
        tags,
        summary: "Whether your audit trail is as it was written",
        response: { 200: AuditCheck },
      },
    },
    async (request) => audit.check(signedIn(request).id),
  );
  app.post(
    "/v1/keys/rotation",
    {
      schema: {
        tags,
        summary:
          "A new key for you, and for what is sealed from now on; recovery kits of before no longer open it",
        response: { 204: NoContent },
      },
    },
    async (request, reply) => {
      await rotateKeys.of(signedIn(request).id);
      return reply.code(204).send(null);
    },
  );
  app.get(
    "/v1/export",
    {
      config: { sends: "application/zip" },
      schema: {
        tags,
        summary: "Everything of yours in one ZIP archive: JSON, and FIT files of your workouts",
      },
    },
    async (request, reply) => {
      const files = exportPerson(signedIn(request).id);
      reply.header("content-disposition", 'attachment; filename="upbeat-export.zip"');
      reply.header("cache-control", "no-store");
      return reply.type("application/zip").send(Readable.from(writeArchive(files)));
    },
  );
}
