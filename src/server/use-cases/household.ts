/** The people of a server: an owner, members, and invitations that make one into the other. */
import type { Credentials } from "#server/ports/credentials.ts";
import type { Clock } from "#server/ports/environment.ts";
import type { Invitation, PeopleStore, Person } from "#server/ports/store.ts";
import { Refusal } from "./refusal.ts";
import { checkPassword, sameName } from "./sign-in.ts";

const dayMs = 86_400_000;
/** Long enough for a weekend away, short enough that a forgotten link dies. */
export const invitationMs = 7 * dayMs;
/** A household, not a public service. */
export const maxMembers = 20;

export interface Household {
  people(): Promise<readonly Person[]>;
  invitations(): Promise<readonly Invitation[]>;
  /** Answers the secret of a one-time link. Rejects with "conflict" while the owner has no password. */
  invite(name: string): Promise<{ readonly token: string; readonly invitation: Invitation }>;
  withdraw(invitationId: string): Promise<void>;
  /** Makes a member of whoever holds the link, once. Rejects with "not-found" when it was used, withdrawn or is too old. */
  join(token: string, name: string, password: string): Promise<Person>;
}

interface HouseholdParts {
  readonly people: PeopleStore;
  readonly credentials: Credentials;
  readonly clock: Clock;
}

export function createHousehold({ people, credentials, clock }: HouseholdParts): Household {
  const open = async (): Promise<readonly Invitation[]> =>
    (await people.invitations()).filter(({ expiresAtMs }) => expiresAtMs > clock.nowMs());
  const mustBeFree = async (name: string): Promise<void> => {
    const everybody = await people.everybody();
    if (everybody.some((person) => sameName(person.name, name))) {
      throw new Refusal("conflict", "Somebody here has that name already.");
    }
    if (everybody.length > maxMembers) {
      throw new Refusal("conflict", `A household has at most ${maxMembers} members.`);
    }
  };
  return {
    people: () => people.everybody(),
    invitations: open,
    async invite(name) {
      const owner = await people.owner();
      if (owner === null || owner.passwordHash === null) {
        throw new Refusal("conflict", "Set a password first: until then whoever opens the page is you.");
      }
      await mustBeFree(name);
      const token = credentials.newToken();
      const nowMs = clock.nowMs();
      const invitation = {
        id: credentials.newId(nowMs),
        tokenHash: credentials.tokenHash(token),
        name: name.trim(),
        expiresAtMs: nowMs + invitationMs,
      };
      await people.putInvitation(invitation);
      return { token, invitation };
    },
    async withdraw(invitationId) {
      const invitation = (await people.invitations()).find(({ id }) => id === invitationId);
      if (invitation === undefined) throw new Refusal("not-found", "There is no such invitation.");
      await people.takeInvitation(invitation.tokenHash);
    },
    async join(token, name, password) {
      checkPassword(password);
      await mustBeFree(name);
      const passwordHash = await credentials.hashPassword(password);
      const invitation = await people.takeInvitation(credentials.tokenHash(token));
      const nowMs = clock.nowMs();
      if (invitation === null || invitation.expiresAtMs <= nowMs) {
        throw new Refusal(
          "not-found",
          "This invitation was used, withdrawn or is too old. Ask for a new one.",
        );
      }
      const person: Person = {
        id: credentials.newId(nowMs),
        name: name.trim(),
        role: "member",
        passwordHash,
        asksPasskey: false,
      };
      await people.putPerson(person);
      return person;
    },
  };
}
