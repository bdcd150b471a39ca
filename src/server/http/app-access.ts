/** Requests of apps: the token tells who asks, and the route's scope what it takes. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { scopeWords, type Scope } from "#domain/access.ts";
import type { PeerCertificateOf } from "#server/adapters/ca/peer-certificate.ts";
import type { OauthServer } from "#server/adapters/oauth/oauth-server.ts";
import { AccessRefused, type AppAccess } from "#server/ports/authorisations.ts";
import { sendProblem } from "./problems.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** What an app must have been given to call this. A route without it is for people only. */
    scope?: Scope;
    /** For apps alone, whatever they were given: it is about themselves. */
    anyApp?: boolean;
  }
  interface FastifyRequest {
    /** The app that asks; null for a person's browser. */
    app: AppAccess | null;
  }
}

/** Finds out which app asks. Answers false after it has refused the request. */
export async function admitApp(
  request: FastifyRequest,
  reply: FastifyReply,
  { oauth, peerCertificate }: { readonly oauth: OauthServer; readonly peerCertificate: PeerCertificateOf },
): Promise<boolean> {
  const { dpop, host = "" } = request.headers;
  try {
    request.app = await oauth.access({
      method: request.method,
      url: `${request.protocol}://${host}${request.url.split(/[?#]/, 1)[0] ?? ""}`,
      authorization: request.headers.authorization ?? "",
      dpop: typeof dpop === "string" ? dpop : null,
      certificateThumbprint: peerCertificate(request.raw)?.thumbprint ?? null,
    });
  } catch (error) {
    if (!(error instanceof AccessRefused)) throw error;
    const algorithms = error.scheme === "DPoP" ? ', algs="ES256 EdDSA"' : "";
    reply.header("www-authenticate", `${error.scheme} error="${error.code}"${algorithms}`);
    sendProblem(reply, 401, error.message);
    return false;
  }
  return mayCall(request, reply, request.app);
}

function mayCall(request: FastifyRequest, reply: FastifyReply, { scopes, personId }: AppAccess): boolean {
  const { open, anyApp, scope } = request.routeOptions.config;
  if (request.is404 || open === true || anyApp === true) return true;
  if (scope === undefined) {
    sendProblem(reply, 403, "Apps may not do this; people do it in Upbeat itself.");
    return false;
  }
  const isForNobody = personId === null && scopeWords[scope].personal;
  if (scopes.includes(scope) && !isForNobody) return true;
  reply.header("www-authenticate", `Bearer error="insufficient_scope", scope="${scope}"`);
  sendProblem(
    reply,
    403,
    isForNobody
      ? "A service account acts for nobody."
      : `This takes the scope ${scope}, which was not given.`,
  );
  return false;
}
