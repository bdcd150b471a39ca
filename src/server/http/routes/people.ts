import {
  InvitationEntry,
  InvitationRequest,
  Invited,
  JoinRequest,
  PersonEntry,
} from "#protocol/api/people.ts";
import { Page, SessionInfo } from "#protocol/api/schemas.ts";
import type { Erasures } from "#server/use-cases/erasure.ts";
import type { Household } from "#server/use-cases/household.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import type { SignIn } from "#server/use-cases/sign-in.ts";
import { IdParams, NoContent, type Api } from "../api.ts";
import { ownerOnly, signedIn } from "../guards.ts";
import type { SessionCookie } from "../session-cookie.ts";
import { deviceOf, toSessionInfo } from "./session.ts";

const tags = ["people"];

export interface PeopleRouteParts {
  readonly household: Household;
  readonly erasures: Erasures;
  readonly signIn: SignIn;
  readonly cookie: SessionCookie;
}

function invitationRoutes(app: Api, household: Household): void {
  app.get(
    "/v1/people/invitations",
    {
      preHandler: ownerOnly,
      schema: { tags, summary: "Invitations that still hold", response: { 200: Page(InvitationEntry) } },
    },
    async () => ({ items: [...(await household.invitations())], nextCursor: null }),
  );
  app.post(
    "/v1/people/invitations",
    {
      config: { creates: true },
      preHandler: ownerOnly,
      schema: {
        tags,
        summary: "Invite somebody; the answer holds the one-time link, once",
        body: InvitationRequest,
        response: { 201: Invited },
      },
    },
    async (request, reply) => {
      const { token, invitation } = await household.invite(request.body.name);
      // After "#": browsers do not send it along, so no log and no proxy sees it.
      return reply.code(201).send({ ...invitation, path: `/join#${token}` });
    },
  );
  app.delete(
    "/v1/people/invitations/:id",
    {
      preHandler: ownerOnly,
      schema: { tags, summary: "Withdraw an invitation", params: IdParams, response: { 204: NoContent } },
    },
    async (request, reply) => {
      await household.withdraw(request.params.id);
      return reply.code(204).send(null);
    },
  );
}

export function peopleRoutes(app: Api, { household, erasures, signIn, cookie }: PeopleRouteParts): void {
  app.get(
    "/v1/people",
    {
      preHandler: ownerOnly,
      schema: { tags, summary: "Who is at home here", response: { 200: Page(PersonEntry) } },
    },
    async () => ({ items: [...(await household.people())], nextCursor: null }),
  );
  app.delete(
    "/v1/people/:id",
    {
      preHandler: ownerOnly,
      schema: {
        tags,
        summary: "Remove a member; everything of theirs is erased at once",
        params: IdParams,
        response: { 204: NoContent },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      if (id === signedIn(request).id) throw new Refusal("conflict", "The owner cannot be removed.");
      const isHere = (await household.people()).some((person) => person.id === id);
      if (!isHere) throw new Refusal("not-found", "There is no such person.");
      await erasures.eraseNow(id);
      return reply.code(204).send(null);
    },
  );
  invitationRoutes(app, household);
  app.post(
    "/v1/join",
    {
      config: { open: true },
      schema: {
        tags,
        summary: "Become a member with a one-time link",
        body: JoinRequest,
        response: { 200: SessionInfo },
      },
    },
    async (request, reply) => {
      const { token, name, password } = request.body;
      const person = await household.join(token, name, password);
      const session = await signIn.open(person, deviceOf(request));
      cookie.set(request, reply, session.token);
      return toSessionInfo(person);
    },
  );
}
