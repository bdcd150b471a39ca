/** An app as its developer would write it, and the person's browser beside it, over injected requests. */
import { createHash, randomBytes } from "node:crypto";
import type { InjectOptions } from "fastify";
import { SignJWT, exportJWK, generateKeyPair } from "jose";
import { testHost, type TestApp } from "./test-app.ts";

/** What the walk of an app needs of a server: one in this process, or one at the other end of a socket. */
export type AskedServer = Pick<TestApp, "cookie"> & {
  visit(
    request: InjectOptions & { url: string },
  ): Promise<Pick<Answer, "statusCode" | "headers" | "body" | "json" | "cookies">>;
  readonly apps: Pick<TestApp["apps"], "setRegistration">;
};
type Answer = Awaited<ReturnType<TestApp["visit"]>>;

export const redirectUri = "https://app.example/back";
export const origin = `http://${testHost}`;
export const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

export interface Pkce {
  readonly verifier: string;
  readonly challenge: string;
}

export function newPkce(): Pkce {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly scope: string;
  readonly token_type: string;
}

type Fields = Readonly<Record<string, string>>;

/** A cookie jar that knows paths, as a browser does. */
export function browserOf(server: AskedServer) {
  const jar = new Map<string, { value: string; path: string }>();
  const send = async (request: InjectOptions & { url: string }) => {
    const path = new URL(request.url, origin).pathname;
    const sent = [...jar]
      .filter(([, cookie]) => path.startsWith(cookie.path))
      .map(([name, cookie]) => `${name}=${cookie.value}`);
    const cookie = [server.cookie, ...sent].join("; ");
    const answer = await server.visit({ ...request, headers: { cookie, ...request.headers } });
    for (const { name, value, path: at = "/" } of answer.cookies) {
      if (value === "") jar.delete(name);
      else jar.set(name, { value, path: at });
    }
    return answer;
  };
  return { send, jar };
}

export function form(fields: Fields): Pick<InjectOptions, "payload" | "headers"> {
  return {
    payload: new URLSearchParams(fields).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  };
}

export async function register(server: AskedServer, metadata: Readonly<Record<string, unknown>> = {}) {
  const answer = await server.visit({
    method: "POST",
    url: "/oauth/register",
    payload: { client_name: "Training diary", redirect_uris: [redirectUri], ...metadata },
  });
  return {
    status: answer.statusCode,
    body: answer.json<{ client_id: string; client_secret?: string; error?: string }>(),
  };
}

export function authorizeUrl(fields: Fields): string {
  return `/oauth/authorize?${new URLSearchParams({
    response_type: "code",
    redirect_uri: redirectUri,
    code_challenge_method: "S256",
    state: "s",
    ...fields,
  }).toString()}`;
}

function pathOf(location: string): string {
  const url = new URL(location, origin);
  return url.pathname + url.search;
}

/** The whole walk of a person: the app sends them here, they decide, they go back. Answers the parameters at the app. */
export async function authorize(
  server: AskedServer,
  fields: Fields,
  decide: (asked: readonly string[]) => readonly string[] = (asked) => asked,
) {
  const browser = browserOf(server);
  const start = await browser.send({ url: authorizeUrl(fields) });
  const interaction = new URL(String(start.headers.location), origin).pathname;
  const request = await browser.send({ url: `${interaction}/request` });
  const asked = request.json<{ scopes: { scope: string }[] }>().scopes.map(({ scope }) => scope);
  const decided = await browser.send({
    method: "POST",
    url: `${interaction}/decision`,
    payload: { scopes: decide(asked) },
  });
  const { continueAt } = decided.json<{ continueAt: string }>();
  const back = await browser.send({ url: pathOf(continueAt) });
  return new URL(String(back.headers.location)).searchParams;
}

export function token(server: AskedServer, fields: Fields, headers: Fields = {}) {
  const body = form(fields);
  return server.visit({
    method: "POST",
    url: "/oauth/token",
    ...body,
    headers: { ...body.headers, ...headers },
  });
}

/** Registers an app, lets the person give it `scopes`, and answers its tokens. */
export async function connect(
  server: AskedServer,
  scopes: string,
  metadata: Readonly<Record<string, unknown>> = {},
  tokenHeaders: Fields = {},
): Promise<Tokens & { clientId: string }> {
  await server.apps.setRegistration("open");
  const { body } = await register(server, metadata);
  const pkce = newPkce();
  const back = await authorize(server, {
    client_id: body.client_id,
    scope: scopes,
    code_challenge: pkce.challenge,
  });
  const answer = await token(
    server,
    {
      grant_type: "authorization_code",
      code: back.get("code") ?? "",
      client_id: body.client_id,
      redirect_uri: redirectUri,
      code_verifier: pkce.verifier,
    },
    tokenHeaders,
  );
  return { ...answer.json<Tokens>(), clientId: body.client_id };
}

/** A key with which an app proves that it holds its tokens (RFC 9449). */
export async function dpopKey() {
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const jwk = await exportJWK(publicKey);
  return async (
    claims: Readonly<Record<string, unknown>>,
    header: Readonly<Record<string, unknown>> = {},
  ): Promise<string> =>
    new SignJWT({ jti: randomBytes(12).toString("base64url"), iat: Math.floor(Date.now() / 1000), ...claims })
      .setProtectedHeader({ alg: "ES256", typ: "dpop+jwt", jwk, ...header })
      .sign(privateKey);
}

export function tokenHash(accessToken: string): string {
  return createHash("sha256").update(accessToken).digest("base64url");
}
