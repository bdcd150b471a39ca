import { AppSettings, ConnectedApp } from "#protocol/api/apps.ts";
import { Page } from "#protocol/api/schemas.ts";
import type { Authorisation } from "#server/ports/authorisations.ts";
import type { ConnectedApps } from "#server/use-cases/connected-apps.ts";
import { IdParams, NoContent, PageQuery, type Api } from "../api.ts";
import { ownerOnly, signedIn } from "../guards.ts";
import { pageOf } from "../page.ts";
import { toScopeWords } from "./oauth.ts";

const tags = ["apps"];

function toConnectedApp({ app, scopes, grantedAtMs }: Authorisation) {
  return {
    app: { ...app, redirectHosts: [...app.redirectHosts] },
    scopes: toScopeWords(scopes),
    grantedAtMs,
  };
}

export function appRoutes(app: Api, apps: ConnectedApps): void {
  app.get(
    "/v1/apps",
    {
      schema: {
        tags,
        summary: "The apps you have connected",
        querystring: PageQuery,
        response: { 200: Page(ConnectedApp) },
      },
    },
    async (request) => {
      const connected = await apps.list(signedIn(request).id);
      const { items, nextCursor } = await pageOf(request.query, connected, "newest", (given) => {
        return { at: given.grantedAtMs, id: given.app.id };
      });
      return { items: items.map(toConnectedApp), nextCursor };
    },
  );
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
