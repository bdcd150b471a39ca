import type { FastifyRequest } from "fastify";
import { Type } from "typebox";
import { PasswordChange, SessionEntry, SignInRequest } from "#protocol/api/people.ts";
import { Page, SessionInfo } from "#protocol/api/schemas.ts";
import type { Person } from "#server/ports/store.ts";
import type { Passkeys } from "#server/use-cases/passkeys.ts";
import { sessionIdOf, type SignIn } from "#server/use-cases/sign-in.ts";
import { NoContent, type Api } from "../api.ts";
import { signedIn } from "../guards.ts";
import type { SessionCookie } from "../session-cookie.ts";
import { placeOf } from "../passkey-json.ts";

const tags = ["session"];
const SessionParams = Type.Object({ id: Type.String({ pattern: "^[0-9a-f]{16}$" }) });

export function toSessionInfo(person: Person) {
  const { id, name, role, passwordHash, asksPasskey } = person;
  return { personId: id, name, role, passwordSet: passwordHash !== null, asksPasskey };
}

export interface SessionRouteParts {
  readonly signIn: SignIn;
  readonly passkeys: Passkeys;
  readonly cookie: SessionCookie;
}

export function deviceOf(request: FastifyRequest): string {
  return request.headers["user-agent"] ?? "";
}

/** The sessions of a person: where they are signed in, and how that ends. */
function listRoutes(app: Api, signIn: SignIn, cookie: SessionCookie): void {
  app.get(
    "/v1/sessions",
    { schema: { tags, summary: "Where you are signed in", response: { 200: Page(SessionEntry) } } },
    async (request) => {
      const current = cookie.get(request);
      const sessions = await signIn.sessions(signedIn(request).id);
      const items = sessions.map((session) => {
        const { device, createdAtMs, lastUsedAtMs } = session;
        const isCurrent = current !== null && signIn.isSessionOf(session, current);
        return { id: sessionIdOf(session), device, createdAtMs, lastUsedAtMs, isCurrent };
      });
      return { items, nextCursor: null };
    },
  );
  app.delete(
    "/v1/sessions/:id",
    {
      schema: {
        tags,
        summary: "Sign one of your sessions out",
        params: SessionParams,
        response: { 204: NoContent },
      },
    },
    async (request, reply) => {
      await signIn.signOutOf(signedIn(request).id, request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.put(
    "/v1/session/password",
    {
      schema: {
        tags,
        summary: "Change your password; your other sessions end",
        body: PasswordChange,
        response: { 204: NoContent },
      },
    },
    async (request, reply) => {
      const { current = null, password } = request.body;
      await signIn.changePassword(signedIn(request).id, current, password, cookie.get(request) ?? "");
      return reply.code(204).send(null);
    },
  );
}

export function sessionRoutes(app: Api, { signIn, passkeys, cookie }: SessionRouteParts): void {
  app.get(
    "/v1/session",
    { schema: { tags, summary: "Who is signed in", response: { 200: SessionInfo } } },
    async (request, reply) => {
      const token = cookie.get(request);
      const fresh = token === null ? null : await signIn.rotate(token);
      if (fresh !== null) cookie.set(request, reply, fresh);
      return toSessionInfo(signedIn(request));
    },
  );
  app.post(
    "/v1/session",
    {
      config: { open: true },
      schema: {
        tags,
        summary: "Sign in with name and password; without a name as the owner",
        body: SignInRequest,
        response: { 200: SessionInfo },
      },
    },
    async (request, reply) => {
      const { name = null, password, passkey = null } = request.body;
      const { token, deviceToken, person } = await signIn.withPassword({
        name,
        password,
        address: request.ip,
        device: deviceOf(request),
        deviceToken: cookie.getDevice(request),
        secondFactor: (person) => passkeys.secondFactor(person, placeOf(request), passkey),
      });
      cookie.set(request, reply, token);
      cookie.setDevice(request, reply, deviceToken);
      return toSessionInfo(person);
    },
  );
  app.delete(
    "/v1/session",
    { schema: { tags, summary: "Sign out", response: { 204: NoContent } } },
    async (request, reply) => {
      const token = cookie.get(request);
      if (token !== null) await signIn.signOut(token);
      cookie.clear(reply);
      return reply.code(204).send(null);
    },
  );
  listRoutes(app, signIn, cookie);
}
