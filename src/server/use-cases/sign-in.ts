/** Who may come in, with what, and for how long. */
import type { Credentials } from "#server/ports/credentials.ts";
import type { Clock } from "#server/ports/environment.ts";
import type { PeopleStore, Person, Session } from "#server/ports/store.ts";
import { createAttemptLimit } from "./attempt-limit.ts";
import { Refusal } from "./refusal.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** A browser stays signed in this long after it was last given a new secret. */
export const sessionMs = 90 * dayMs;
/** A session in use gets a new secret this often, so that a stolen one is soon worth nothing. */
export const rotateAfterMs = dayMs;
/** Requests already under way may still carry the secret before. */
const oldSecretMs = 5 * minuteMs;
/** Last use is noted to the hour: a write per request would tell nobody more. */
const noteUseEveryMs = hourMs;
/** Short enough to remember, long enough that guessing through the rate limit is hopeless. */
export const minPasswordLength = 8;
export const maxPasswordLength = 1024;

export interface OpenedSession {
  readonly token: string;
  readonly person: Person;
}

export interface Attempt {
  /** Null: the owner. */
  readonly name: string | null;
  readonly password: string;
  /** Where the request comes from. */
  readonly address: string;
  /** The secret of a browser that has signed in before; null when it has none. */
  readonly deviceToken: string | null;
  /** What the browser says it is. */
  readonly device: string;
  /** Asked once the password is right; rejects when more is needed. */
  readonly secondFactor: (person: Person) => Promise<void>;
}

export interface SignIn {
  /** The owner; made on the first call. */
  owner(): Promise<Person>;
  /** A session without a password: for the first visitor on this very machine, and after other proofs. */
  open(person: Person, device?: string): Promise<OpenedSession>;
  /** Rejects with `Refusal` "unauthorised" or "too-many". `deviceToken` lets this browser in past a crowd of guessers later. */
  withPassword(attempt: Attempt): Promise<OpenedSession & { readonly deviceToken: string }>;
  /** A session after another proof; it too lets this browser in past a crowd of guessers later. */
  enter(
    person: Person,
    browser: Pick<Attempt, "device" | "deviceToken">,
  ): Promise<OpenedSession & { readonly deviceToken: string }>;
  /** Whether somebody signed in is who they say. Rejects with "forbidden" for a wrong password, "conflict" without one. */
  prove(person: Person, password: string): Promise<void>;
  personOf(token: string): Promise<Person | null>;
  person(id: string): Promise<Person | null>;
  /** A new secret for a session whose secret is a day old; null while it is younger. */
  rotate(token: string): Promise<string | null>;
  signOut(token: string): Promise<void>;
  /** The person's open sessions, newest use first. */
  sessions(personId: string): Promise<readonly Session[]>;
  /** Whether a secret is this session's. */
  isSessionOf(session: Session, token: string): boolean;
  /** Signs one session out, by its `id`. Rejects with `Refusal` "not-found" for somebody else's. */
  signOutOf(personId: string, sessionId: string): Promise<void>;
  /**
   * Sets a password (the owner's without a name), asks for no passkey beside it, and signs every browser out: the way
   * back in for whoever runs the machine. Rejects with "not-found" for a name that nobody has.
   */
  setPassword(password: string, name?: string | null): Promise<void>;
  /** Changes a person's own password; all their other sessions end. Rejects with "unauthorised" when `current` is wrong. */
  changePassword(personId: string, current: string | null, password: string, token: string): Promise<void>;
}

interface SignInParts {
  readonly people: PeopleStore;
  readonly credentials: Credentials;
  readonly clock: Clock;
}

/** A session's name in lists: enough of its hash to tell it from others, useless as a secret. */
export function sessionIdOf({ tokenHash }: Session): string {
  return tokenHash.slice(0, 16);
}

export function checkPassword(password: string): void {
  if (password.length >= minPasswordLength && password.length <= maxPasswordLength) return;
  throw new Refusal("invalid", `A password has ${minPasswordLength} to ${maxPasswordLength} characters.`);
}

/** Names are the same whatever their case and the spaces around them. */
export function sameName(one: string, other: string): boolean {
  const plain = (name: string): string => name.normalize("NFKC").trim().toLowerCase();
  return plain(one) === plain(other);
}

class Doorkeeper implements SignIn {
  readonly #people: PeopleStore;
  readonly #credentials: Credentials;
  readonly #clock: Clock;
  readonly #attempts = createAttemptLimit();
  #making: Promise<Person> | null = null;

  constructor({ people, credentials, clock }: SignInParts) {
    this.#people = people;
    this.#credentials = credentials;
    this.#clock = clock;
  }

  async owner(): Promise<Person> {
    this.#making ??= this.#makeOwner();
    const { id } = await this.#making;
    return (await this.#people.getPerson(id)) ?? this.#making;
  }

  async open(person: Person, device = ""): Promise<OpenedSession> {
    const nowMs = this.#clock.nowMs();
    await this.#people.removeExpiredSessions(nowMs);
    return { token: await this.#putSession(person.id, device, nowMs), person };
  }

  async withPassword(attempt: Attempt): Promise<OpenedSession & { readonly deviceToken: string }> {
    const { name, password, address } = attempt;
    const person = await this.#named(name);
    const isKnown = person !== null && (await this.#knownDevice(person.id, attempt.deviceToken)) !== null;
    const account = person?.id ?? "nobody";
    const source = isKnown ? { device: `${account} ${attempt.deviceToken}` } : { address, account };
    const waitS = this.#attempts.waitS(source, this.#clock.nowMs());
    if (waitS > 0) {
      throw new Refusal("too-many", `Too many attempts. Try again in ${waitS} s.`, { retryAfterS: waitS });
    }
    this.#attempts.count(source, this.#clock.nowMs());
    const isRight = await this.#credentials.verifyPassword(password, person?.passwordHash ?? null);
    if (!isRight || person === null) throw new Refusal("unauthorised", "Name or password is wrong.");
    this.#attempts.forget(source);
    await attempt.secondFactor(person);
    return this.enter(person, attempt);
  }

  async enter(
    person: Person,
    { device, deviceToken }: Pick<Attempt, "device" | "deviceToken">,
  ): Promise<OpenedSession & { readonly deviceToken: string }> {
    const known = await this.#knownDevice(person.id, deviceToken);
    return {
      ...(await this.open(person, device)),
      deviceToken: known ?? (await this.#newDevice(person.id)),
    };
  }

  async prove({ id, passwordHash }: Person, password: string): Promise<void> {
    if (passwordHash === null) {
      throw new Refusal("conflict", "Set a password first: until then whoever opens the page is you.");
    }
    // Whoever is signed in stands in a queue of their own: strangers who guess from outside do not fill it.
    const source = { device: `signed in ${id}` };
    const waitS = this.#attempts.waitS(source, this.#clock.nowMs());
    if (waitS > 0) throw new Refusal("too-many", `Try again in ${waitS} s.`, { retryAfterS: waitS });
    this.#attempts.count(source, this.#clock.nowMs());
    if (!(await this.#credentials.verifyPassword(password, passwordHash))) {
      throw new Refusal("forbidden", "That is not your password of now.");
    }
    this.#attempts.forget(source);
  }

  async personOf(token: string): Promise<Person | null> {
    const session = await this.#session(token);
    if (session === null) return null;
    const nowMs = this.#clock.nowMs();
    if (nowMs - session.lastUsedAtMs >= noteUseEveryMs) {
      await this.#people.putSession({ ...session, lastUsedAtMs: nowMs });
    }
    return this.#people.getPerson(session.personId);
  }

  person(id: string): Promise<Person | null> {
    return this.#people.getPerson(id);
  }

  async rotate(token: string): Promise<string | null> {
    const session = await this.#session(token);
    const nowMs = this.#clock.nowMs();
    if (session === null || nowMs - session.createdAtMs < rotateAfterMs) return null;
    // One that is already on its way out was rotated by another request.
    if (session.expiresAtMs <= nowMs + oldSecretMs) return null;
    await this.#people.putSession({ ...session, expiresAtMs: nowMs + oldSecretMs });
    return this.#putSession(session.personId, session.device, nowMs);
  }

  signOut(token: string): Promise<void> {
    return this.#people.removeSession(this.#credentials.tokenHash(token));
  }

  async sessions(personId: string): Promise<readonly Session[]> {
    const nowMs = this.#clock.nowMs();
    const all = await this.#people.sessionsOf(personId);
    return all
      .filter(({ expiresAtMs }) => expiresAtMs > nowMs + oldSecretMs)
      .toSorted((a, b) => b.lastUsedAtMs - a.lastUsedAtMs);
  }

  isSessionOf(session: Session, token: string): boolean {
    return session.tokenHash === this.#credentials.tokenHash(token);
  }

  async signOutOf(personId: string, sessionId: string): Promise<void> {
    const session = (await this.#people.sessionsOf(personId)).find((one) => sessionIdOf(one) === sessionId);
    if (session === undefined) throw new Refusal("not-found", "There is no such session.");
    await this.#people.removeSession(session.tokenHash);
  }

  async setPassword(password: string, name: string | null = null): Promise<void> {
    checkPassword(password);
    const person = await this.#named(name);
    if (person === null) throw new Refusal("not-found", "Nobody here has that name.");
    const passwordHash = await this.#credentials.hashPassword(password);
    await this.#people.putPerson({ ...person, passwordHash, asksPasskey: false });
    await this.#people.removeSessionsOf(person.id);
  }

  async changePassword(
    personId: string,
    current: string | null,
    password: string,
    token: string,
  ): Promise<void> {
    checkPassword(password);
    const person = await this.#people.getPerson(personId);
    if (person === null) throw new Refusal("not-found", "There is no such person.");
    if (person.passwordHash !== null) await this.prove(person, current ?? "");
    await this.#people.putPerson({ ...person, passwordHash: await this.#credentials.hashPassword(password) });
    const own = this.#credentials.tokenHash(token);
    for (const { tokenHash } of await this.#people.sessionsOf(personId)) {
      if (tokenHash !== own) await this.#people.removeSession(tokenHash);
    }
  }

  async #makeOwner(): Promise<Person> {
    const known = await this.#people.owner();
    if (known !== null) return known;
    const id = this.#credentials.newId(this.#clock.nowMs());
    const person: Person = { id, name: "Owner", role: "owner", passwordHash: null, asksPasskey: false };
    await this.#people.putPerson(person);
    return person;
  }

  async #named(name: string | null): Promise<Person | null> {
    if (name === null) return this.owner();
    return (await this.#people.everybody()).find((person) => sameName(person.name, name)) ?? null;
  }

  async #putSession(personId: string, device: string, nowMs: number): Promise<string> {
    const token = this.#credentials.newToken();
    await this.#people.putSession({
      tokenHash: this.#credentials.tokenHash(token),
      personId,
      device: device.slice(0, 200),
      createdAtMs: nowMs,
      lastUsedAtMs: nowMs,
      expiresAtMs: nowMs + sessionMs,
    });
    return token;
  }

  async #session(token: string): Promise<Session | null> {
    const session = await this.#people.getSession(this.#credentials.tokenHash(token));
    return session === null || session.expiresAtMs <= this.#clock.nowMs() ? null : session;
  }

  async #knownDevice(personId: string, deviceToken: string | null): Promise<string | null> {
    if (deviceToken === null) return null;
    const isKnown = await this.#people.isDeviceOf(personId, this.#credentials.tokenHash(deviceToken));
    return isKnown ? deviceToken : null;
  }

  async #newDevice(personId: string): Promise<string> {
    const deviceToken = this.#credentials.newToken();
    await this.#people.putDevice(personId, this.#credentials.tokenHash(deviceToken));
    return deviceToken;
  }
}

export function createSignIn(parts: SignInParts): SignIn {
  return new Doorkeeper(parts);
}
