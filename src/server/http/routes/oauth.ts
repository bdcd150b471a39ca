/** The authorisation server's own addresses, and the decision that a person takes in the app. */
import { Type } from "typebox";
import { scopeWords, type Scope } from "#domain/access.ts";
import { AppDecided, AppDecision, AppRequest } from "#protocol/api/apps.ts";
import type { OauthServer, PendingRequest } from "#server/adapters/oauth/oauth-server.ts";
import { givenScopes, type ConnectedApps } from "#server/use-cases/connected-apps.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import type { Api } from "../api.ts";
import { signedIn } from "../guards.ts";
import { sendProblem } from "../problems.ts";

const UidParams = Type.Object({ uid: Type.String({ pattern: "^[A-Za-z0-9_-]{20,64}$" }) });
const tags = ["apps"];
const methods = ["GET", "POST", "OPTIONS"];
const addresses = ["/oauth/*", "/.well-known/oauth-authorization-server"];

export function toScopeWords(scopes: readonly Scope[]) {
  return scopes.map((scope) => {
    const { category, may, biometric } = scopeWords[scope];
    return { scope, category, may, biometric };
  });
}

/** Hands requests over as they are: oidc-provider reads bodies itself. */
async function protocolRoutes(app: Api, oauth: OauthServer, apps: ConnectedApps): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _payload, done) => done(null));
    for (const url of addresses) {
      scope.route({
        method: methods,
        url,
        config: { open: true },
        schema: { hide: true },
        handler: async (request, reply) => {
          const isRegistration = request.url.startsWith("/oauth/register");
          if (isRegistration && (await apps.registration()) === "closed") {
            return sendProblem(reply, 403, "The owner of this server has not opened it to new apps.");
          }
          reply.hijack();
          for (const [name, value] of Object.entries(reply.getHeaders())) {
            if (value !== undefined) reply.raw.setHeader(name, value);
          }
          await oauth.handle(request.raw, reply.raw);
        },
      });
    }
  });
}

function decisionRoutes(app: Api, oauth: OauthServer, apps: ConnectedApps): void {
  const pendingOf = async (pending: PendingRequest | null): Promise<PendingRequest> => {
    if (pending !== null) return pending;
    throw new Refusal(
      "not-found",
      "This request has run out. Go back to the app and start again from there.",
    );
  };
  app.get(
    "/v1/oauth/interactions/:uid",
    { config: { open: true }, schema: { hide: true, params: UidParams } },
    (request, reply) => reply.redirect(`/connect/${request.params.uid}`, 303),
  );
  app.get(
    "/v1/oauth/interactions/:uid/request",
    { schema: { tags, summary: "What an app asks for", params: UidParams, response: { 200: AppRequest } } },
    async (request, reply) => {
      const { app: asking, scopes } = await pendingOf(await oauth.pending(request.raw, reply.raw));
      return { app: { ...asking, redirectHosts: [...asking.redirectHosts] }, scopes: toScopeWords(scopes) };
    },
  );
  app.post(
    "/v1/oauth/interactions/:uid/decision",
    {
      schema: {
        tags,
        summary: "Say yes to some of it, or no to all",
        params: UidParams,
        body: AppDecision,
        response: { 200: AppDecided },
      },
    },
    async (request, reply) => {
      const pending = await pendingOf(await oauth.pending(request.raw, reply.raw));
      const scopes = givenScopes(pending.scopes, request.body.scopes);
      if (scopes.length === 0) return { continueAt: await oauth.decide(request.raw, reply.raw, null) };
      const personId = signedIn(request).id;
      await apps.allow(personId, pending.app.id);
      return { continueAt: await oauth.decide(request.raw, reply.raw, { personId, scopes }) };
    },
  );
}

export async function oauthRoutes(app: Api, oauth: OauthServer, apps: ConnectedApps): Promise<void> {
  await protocolRoutes(app, oauth, apps);
  decisionRoutes(app, oauth, apps);
}
