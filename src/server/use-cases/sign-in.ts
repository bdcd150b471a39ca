import type { Credentials } from "#server/ports/credentials.ts";
import type { Clock } from "#server/ports/environment.ts";
import type { PeopleStore, Person } from "#server/ports/store.ts";
import { createAttemptLimit } from "./attempt-limit.ts";
import { Refusal } from "./refusal.ts";

const dayMs = 86_400_000;
/** A browser stays signed in this long after it signed in. */
export const sessionMs = 90 * dayMs;
/** Short enough to remember, long enough that guessing through the rate limit is hopeless. */
export const minPasswordLength = 8;
export const maxPasswordLength = 1024;

export interface OpenedSession {
  readonly token: string;
  readonly person: Person;
}

export interface SignIn {
  /** The owner; made on the first call. */
  owner(): Promise<Person>;
  /** A session without a password: for the first visitor on this very machine. */
  open(person: Person): Promise<OpenedSession>;
  /** Rejects with `Refusal` "unauthorised" or "too-many". `address` is who asks. */
  withPassword(password: string, address: string): Promise<OpenedSession>;
  personOf(token: string): Promise<Person | null>;
  person(id: string): Promise<Person | null>;
  signOut(token: string): Promise<void>;
  /** Sets the owner's password and signs every browser out. */
  setPassword(password: string): Promise<void>;
}

interface SignInParts {
  readonly people: PeopleStore;
  readonly credentials: Credentials;
  readonly clock: Clock;
}

export function createSignIn({ people, credentials, clock }: SignInParts): SignIn {
  const attempts = createAttemptLimit();
  let making: Promise<Person> | null = null;

  const makeOwner = async (): Promise<Person> => {
    const known = await people.owner();
    if (known !== null) return known;
    const id = credentials.newId(clock.nowMs());
    const person: Person = { id, name: "Owner", role: "owner", passwordHash: null };
    await people.putPerson(person);
    return person;
  };
  const owner = async (): Promise<Person> => {
    making ??= makeOwner();
    const { id } = await making;
    return (await people.getPerson(id)) ?? making;
  };
  const open = async (person: Person): Promise<OpenedSession> => {
    const token = credentials.newToken();
    const nowMs = clock.nowMs();
    const expiresAtMs = nowMs + sessionMs;
    await people.removeExpiredSessions(nowMs);
    await people.putSession({ tokenHash: credentials.tokenHash(token), personId: person.id, expiresAtMs });
    return { token, person };
  };

  return {
    owner,
    open,
    async withPassword(password, address) {
      const waitS = attempts.waitS(address, clock.nowMs());
      if (waitS > 0) {
        throw new Refusal("too-many", `Too many attempts. Try again in ${waitS} s.`, { retryAfterS: waitS });
      }
      attempts.count(address, clock.nowMs());
      const person = await owner();
      const right =
        person.passwordHash !== null && (await credentials.verifyPassword(password, person.passwordHash));
      if (!right) throw new Refusal("unauthorised", "That is not the password.");
      attempts.forget(address);
      return open(person);
    },
    async personOf(token) {
      const session = await people.getSession(credentials.tokenHash(token));
      if (session === null || session.expiresAtMs <= clock.nowMs()) return null;
      return people.getPerson(session.personId);
    },
    person: (id) => people.getPerson(id),
    signOut: (token) => people.removeSession(credentials.tokenHash(token)),
    async setPassword(password) {
      if (password.length < minPasswordLength || password.length > maxPasswordLength) {
        throw new Refusal(
          "invalid",
          `A password has ${minPasswordLength} to ${maxPasswordLength} characters.`,
        );
      }
      const person = await owner();
      await people.putPerson({ ...person, passwordHash: await credentials.hashPassword(password) });
      await people.removeSessionsOf(person.id);
    },
  };
}
