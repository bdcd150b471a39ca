import { SessionInfo, SignIn as SignInBody } from "#protocol/api/schemas.ts";
import type { Person } from "#server/ports/store.ts";
import type { SignIn } from "#server/use-cases/sign-in.ts";
import { NoContent, type Api } from "../api.ts";
import { signedIn } from "../guards.ts";
import type { SessionCookie } from "../session-cookie.ts";

function toInfo(person: Person) {
  const { id, name, role, passwordHash } = person;
  return { personId: id, name, role, passwordSet: passwordHash !== null };
}

export function sessionRoutes(app: Api, signIn: SignIn, cookie: SessionCookie): void {
  app.get(
    "/v1/session",
    { schema: { tags: ["session"], summary: "Who is signed in", response: { 200: SessionInfo } } },
    async (request) => toInfo(signedIn(request)),
  );
  app.post(
    "/v1/session",
    {
      config: { open: true },
      schema: {
        tags: ["session"],
        summary: "Sign in with the password",
        body: SignInBody,
        response: { 200: SessionInfo },
      },
    },
    async (request, reply) => {
      const { token, person } = await signIn.withPassword(request.body.password, request.ip);
      cookie.set(request, reply, token);
      return toInfo(person);
    },
  );
  app.delete(
    "/v1/session",
    { schema: { tags: ["session"], summary: "Sign out", response: { 204: NoContent } } },
    async (request, reply) => {
      const token = cookie.get(request);
      if (token !== null) await signIn.signOut(token);
      cookie.clear(reply);
      return reply.code(204).send(null);
    },
  );
}
