import { AppSettings } from "#protocol/api/apps.ts";
import type { ConnectedApps } from "#server/use-cases/connected-apps.ts";
import { IdParams, NoContent, type Api } from "../api.ts";
import { ownerOnly, signedIn } from "../guards.ts";

const tags = ["apps"];

export function appRoutes(app: Api, apps: ConnectedApps): void {
  app.delete(
    "/v1/apps/:id",
    {
      schema: {
        tags,
        summary: "Disconnect an app; its tokens end at once",
        params: IdParams,
        response: { 204: NoContent },
      },
    },
    async (request, reply) => {
      await apps.disconnect(signedIn(request).id, request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.get(
    "/v1/app-settings",
    {
      preHandler: ownerOnly,
      schema: { tags, summary: "Whether apps may register themselves", response: { 200: AppSettings } },
    },
    async () => ({ registration: await apps.registration() }),
  );
  app.put(
    "/v1/app-settings",
    {
      preHandler: ownerOnly,
      schema: {
        tags,
        summary: "Open or close this server to new apps",
        body: AppSettings,
        response: { 200: AppSettings },
      },
    },
    async (request) => {
      await apps.setRegistration(request.body.registration);
      return request.body;
    },
  );
}
