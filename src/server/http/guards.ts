/** What every request passes before its route: the right host, the right origin, a person. */
import { timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { PeerCertificateOf } from "#server/adapters/ca/peer-certificate.ts";
import type { OauthServer } from "#server/adapters/oauth/oauth-server.ts";
import type { Person } from "#server/ports/store.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import type { SignIn } from "#server/use-cases/sign-in.ts";
import { admitApp } from "./app-access.ts";
import { hostNameOf } from "./host-name.ts";
import { sendProblem } from "./problems.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Answers without a session or token. */
    open?: boolean;
  }
  interface FastifyRequest {
    person: Person | null;
    /** A command of this machine, let in by the control token. */
    isControl: boolean;
  }
}

export interface GuardOptions {
  /** Host names, without port, that this server answers to; lower case. */
  readonly hostNames: ReadonlySet<string>;
  readonly cookieName: string;
  readonly signIn: SignIn;
  /** Lets a command of this machine in; it lies in the data folder, readable by the server's user only. */
  readonly controlToken: string;
  readonly oauth: OauthServer;
  readonly peerCertificate: PeerCertificateOf;
  /** Whether this server speaks TLS; then it serves other machines over nothing else. */
  readonly isTls: boolean;
}

const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

export function isLoopbackAddress(address: string): boolean {
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}

/** Whether the request comes from this very machine, by loopback or by one of its own addresses. */
export function isSameMachine(request: FastifyRequest): boolean {
  const { remoteAddress, localAddress } = request.raw.socket;
  return isLoopbackAddress(request.ip) || (remoteAddress !== undefined && remoteAddress === localAddress);
}

/** A device that does not trust the certificate yet finds out in clear how it comes to. */
const openInClear: ReadonlySet<string> = new Set([
  "/trust",
  "/trust/upbeat-root.crt",
  "/plain.css",
  "/favicon.svg",
]);

/** What crosses the network in clear is sent to TLS; nothing of anybody is answered. Answers whether it was. */
function sentToTls(request: FastifyRequest, reply: FastifyReply): boolean {
  if (request.protocol === "https" || isSameMachine(request)) return false;
  if (openInClear.has(request.url.split("?", 1)[0] ?? "")) return false;
  if (safeMethods.has(request.method) && request.url.startsWith("/")) {
    reply.redirect(`https://${request.headers.host ?? ""}${request.url}`, 308);
  } else sendProblem(reply, 403, "Other machines are served over https only.");
  return true;
}

/** A page of another site must not act here, whatever the browser sends along. */
function isForeign(request: FastifyRequest): boolean {
  const { origin, host } = request.headers;
  if (origin !== undefined) {
    return origin !== `http://${host ?? ""}` && origin !== `https://${host ?? ""}`;
  }
  const site = request.headers["sec-fetch-site"];
  return site !== undefined && site !== "same-origin" && site !== "none";
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.byteLength === right.byteLength && timingSafeEqual(left, right);
}

async function personOf(request: FastifyRequest, options: GuardOptions): Promise<Person | null> {
  if (request.isControl) return options.signIn.owner();
  if (request.app !== null)
    return request.app.personId === null ? null : options.signIn.person(request.app.personId);
  if (request.headers.authorization !== undefined) return null;
  const cookie = request.cookies[options.cookieName];
  return cookie === undefined ? null : options.signIn.personOf(cookie);
}

function holdsControlToken(request: FastifyRequest, { controlToken }: GuardOptions): boolean {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  return bearer !== undefined && isSameMachine(request) && sameText(bearer, controlToken);
}

/** The addresses of OAuth read the header Authorization themselves: there it names a client. */
function carriesToken(request: FastifyRequest): boolean {
  const { authorization } = request.headers;
  return (
    authorization !== undefined && request.url.startsWith("/v1") && /^(Bearer|DPoP) /i.test(authorization)
  );
}

/** Pages and unknown addresses outside /v1 carry nothing of anybody. */
function isOpen(request: FastifyRequest): boolean {
  if (request.is404) return !request.url.startsWith("/v1");
  return request.routeOptions.config.open === true;
}

export function registerGuards(app: FastifyInstance, options: GuardOptions): void {
  app.decorateRequest("person", null);
  app.decorateRequest("app", null);
  app.decorateRequest("isControl", false);
  app.addHook("onRequest", async (request: FastifyRequest, reply: FastifyReply) => {
    const name = hostNameOf(request.headers.host);
    if (name === null || !options.hostNames.has(name)) {
      return sendProblem(reply, 421, "Open Upbeat by its own address.");
    }
    if (options.isTls && sentToTls(request, reply)) return reply;
    if (!safeMethods.has(request.method) && isForeign(request)) {
      return sendProblem(reply, 403, "Another site may not do this.");
    }
    request.isControl = holdsControlToken(request, options);
    if (!request.isControl && carriesToken(request) && !(await admitApp(request, reply, options)))
      return reply;
    request.person = await personOf(request, options);
    const isServiceAccount = request.app?.personId === null;
    if (request.person === null && !isServiceAccount && !isOpen(request)) {
      return sendProblem(reply, 401, "Open the start page on this machine, or sign in with the password.");
    }
    return undefined;
  });
}

/** The person behind a guarded route. */
export function signedIn(request: FastifyRequest): Person {
  if (request.person === null)
    throw new Refusal("forbidden", "This is about a person, and nobody is signed in.");
  return request.person;
}

/** For what concerns the whole server. */
export async function ownerOnly(request: FastifyRequest): Promise<void> {
  if (signedIn(request).role !== "owner")
    throw new Refusal("forbidden", "Only the owner of this server may do this.");
}
