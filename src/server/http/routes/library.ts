import { FolderRequest, LibraryInfo } from "#protocol/api/schemas.ts";
import type { LibraryWatch } from "#server/ports/library-watch.ts";
import type { Library } from "#server/use-cases/library.ts";
import { NoContent, type Api } from "../api.ts";
import { ownerOnly } from "../guards.ts";
import { streamProgress } from "../progress-stream.ts";

const tags = ["library"];

export function libraryRoutes(app: Api, library: Library, watch: LibraryWatch): void {
  app.get(
    "/v1/library",
    { schema: { tags, summary: "Folders, counts, progress, failures", response: { 200: LibraryInfo } } },
    async () => {
      const state = await library.state();
      return { ...state, folders: [...state.folders], failures: [...state.failures] };
    },
  );
  app.get(
    "/v1/library/events",
    {
      config: { sends: "text/event-stream" },
      schema: { tags, summary: "Progress as server-sent events named `progress`" },
    },
    (request, reply) => streamProgress(request, reply, watch),
  );
  app.post(
    "/v1/library/folders",
    {
      preHandler: ownerOnly,
      schema: {
        tags,
        summary: "Add a music folder of the server's machine and scan it",
        body: FolderRequest,
        response: { 202: NoContent },
      },
    },
    async (request, reply) => {
      await library.addFolder(request.body.path);
      return reply.code(202).send(null);
    },
  );
  app.post(
    "/v1/library/scan",
    {
      preHandler: ownerOnly,
      schema: { tags, summary: "Scan all folders again", response: { 202: NoContent } },
    },
    async (_request, reply) => {
      library.scan();
      return reply.code(202).send(null);
    },
  );
}
