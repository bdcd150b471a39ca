import type { IncomingMessage, ServerResponse } from "node:http";
import type { TLSSocket } from "node:tls";
import { errors, type Provider } from "oidc-provider";
import { isScope, parseScopes, type Scope } from "#domain/access.ts";
import type { App, AppAccess, Authorisations } from "#server/ports/authorisations.ts";
import { accessCheck, type AccessRequest } from "./access.ts";
import { oauthAuthorisations } from "./authorisations.ts";
import { createProvider, type OauthParts } from "./provider.ts";
import { payloadBox } from "./record-adapter.ts";

/** An app waits for a person's decision. */
export interface PendingRequest {
  readonly app: App;
  readonly scopes: readonly Scope[];
}

export interface OauthServer {
  readonly authorisations: Authorisations;
  /** Answers a request to /oauth or to the metadata. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** The request behind an interaction, bound to this browser by a cookie; null when it is not there any more. */
  pending(request: IncomingMessage, response: ServerResponse): Promise<PendingRequest | null>;
  /** Notes the decision, null meaning no. Answers the address at which the browser goes on. */
  decide(
    request: IncomingMessage,
    response: ServerResponse,
    decision: { readonly personId: string; readonly scopes: readonly Scope[] } | null,
  ): Promise<string>;
  access(request: AccessRequest): Promise<AppAccess>;
}

/** A new authorisation starts without the login of an earlier one: its cookie is left out of the request. */
function forgetLogin(request: IncomingMessage): void {
  const path = request.url?.split("?", 1)[0];
  const isStart = path === "/oauth/authorize" || (path === "/oauth/device" && request.method === "GET");
  if (!isStart || request.headers.cookie === undefined) return;
  request.headers.cookie = request.headers.cookie.replaceAll(/upbeat-oauth(\.\w+)?=[^;]*;?\s*/g, "");
}

function paramOf({ params }: { readonly params: Readonly<Record<string, unknown>> }, name: string): string {
  const value = params[name];
  return typeof value === "string" ? value : "";
}

async function grantFor(
  provider: Provider,
  clientId: string,
  personId: string,
  given: readonly Scope[],
  asked: string,
) {
  const grant = new provider.Grant({ clientId, accountId: personId });
  grant.addOIDCScope(given.join(" "));
  const left = asked.split(" ").filter((scope) => isScope(scope) && !given.includes(scope));
  if (left.length > 0) grant.rejectOIDCScope(left.join(" "));
  return grant.save();
}

/** Names and ports by which one machine is reached; more are somebody playing with Host headers. */
const maxOrigins = 32;

/** The origin by which a request reached this server; its Host was checked by the guards. */
function originOf(request: IncomingMessage): string {
  const isEncrypted = (request.socket as Partial<TLSSocket>).encrypted === true;
  return `${isEncrypted ? "https" : "http"}://${request.headers.host ?? "localhost"}`;
}

/** One issuer for each origin, over the same records: apps compare the issuer with the address they know. */
function providersOver(parts: Omit<OauthParts, "issuer">): (origin: string) => Provider {
  const made = new Map<string, Provider>();
  return (origin) => {
    const known = made.get(origin);
    if (known !== undefined) return known;
    const [oldest] = made.keys();
    if (made.size >= maxOrigins && oldest !== undefined) made.delete(oldest);
    const provider = createProvider({ ...parts, issuer: origin });
    made.set(origin, provider);
    return provider;
  };
}

export function createOauthServer(options: Omit<OauthParts, "issuer">): OauthServer {
  const providerAt = providersOver(options);
  const provider = (request: IncomingMessage): Provider => providerAt(originOf(request));
  const box = payloadBox(options.secrets);
  const authorisations = oauthAuthorisations(options.store, box);
  // Tokens are the same whatever the origin.
  const access = accessCheck(() => providerAt("http://localhost"), options.clock);
  const detailsOf = async (request: IncomingMessage, response: ServerResponse) => {
    try {
      return await provider(request).interactionDetails(request, response);
    } catch (error) {
      if (error instanceof errors.SessionNotFound) return null;
      throw error;
    }
  };
  return {
    authorisations,
    access,
    async handle(request, response) {
      forgetLogin(request);
      await provider(request).callback()(request, response);
    },
    async pending(request, response) {
      const details = await detailsOf(request, response);
      if (details === null) return null;
      const app = await authorisations.app(paramOf(details, "client_id"));
      return app === null ? null : { app, scopes: parseScopes(paramOf(details, "scope")) };
    },
    async decide(request, response, decision) {
      const details = await provider(request).interactionDetails(request, response);
      if (decision === null) {
        const error = { error: "access_denied", error_description: "The person said no." };
        return provider(request).interactionResult(request, response, error);
      }
      const asked = paramOf(details, "scope");
      const clientId = paramOf(details, "client_id");
      const grantId = await grantFor(provider(request), clientId, decision.personId, decision.scopes, asked);
      const login = { accountId: decision.personId, remember: false };
      return provider(request).interactionResult(request, response, { login, consent: { grantId } });
    },
  };
}
