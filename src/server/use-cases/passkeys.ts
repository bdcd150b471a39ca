/**
 * Passkeys: made by who knows the password, a way in of their own, or asked for beside the password. A passkey cannot be
 * guessed, so nobody who tries one is made to wait, and nobody else has to wait because of it.
 */
import type { Clock } from "#server/ports/environment.ts";
import type { Credentials } from "#server/ports/credentials.ts";
import type {
  MadePasskey,
  Passkey,
  PasskeyChecks,
  PasskeyPlace,
  PasskeyStore,
  SignedPasskey,
} from "#server/ports/passkeys.ts";
import type { PeopleStore, Person } from "#server/ports/store.ts";
import { Refusal } from "./refusal.ts";
import type { SignIn } from "./sign-in.ts";

/** Time enough to find the security key in the other coat. */
export const challengeMs = 5 * 60_000;
/** More devices than anybody carries. */
export const maxPasskeys = 20;
const signInUse = "sign-in";

/** What a browser is asked to sign with; no passkeys: any that lies in the device. */
export interface PasskeyQuestion {
  readonly challenge: string;
  readonly passkeys: readonly Passkey[];
}

export interface Passkeys {
  of(personId: string): Promise<readonly Passkey[]>;
  /** Asks for a new passkey at this host. Rejects with "forbidden" for a wrong password, "conflict" without one. */
  askForNew(person: Person, hostName: string, password: string): Promise<PasskeyQuestion>;
  add(person: Person, place: PasskeyPlace, name: string, made: MadePasskey): Promise<Passkey>;
  rename(personId: string, id: string, name: string): Promise<void>;
  /** Rejects with "conflict" for the last one while it is asked for beside the password. */
  remove(personId: string, id: string): Promise<void>;
  askToSignIn(): PasskeyQuestion;
  /** Who signed. Rejects with "unauthorised" for anything but a fresh signature of a passkey that is known here. */
  signIn(place: PasskeyPlace, signed: SignedPasskey): Promise<Person>;
  /** Lets somebody whose password was right in, or rejects: with a `question` that a passkey has to answer. */
  secondFactor(person: Person, place: PasskeyPlace, signed: SignedPasskey | null): Promise<void>;
  /** Whether a passkey is asked for beside the password from now on. */
  askBesidePassword(person: Person, asksPasskey: boolean, password: string): Promise<Person>;
}

interface PasskeyParts {
  readonly store: { readonly passkeys: PasskeyStore; readonly people: PeopleStore };
  readonly checks: PasskeyChecks;
  readonly credentials: Pick<Credentials, "newId">;
  readonly clock: Clock;
  readonly signIn: Pick<SignIn, "prove">;
}

/** A password was right, and a passkey is asked for as well. */
export class PasskeyNeeded extends Error {
  override name = "PasskeyNeeded";
  readonly question: PasskeyQuestion;

  constructor(question: PasskeyQuestion) {
    super("Your passkey is asked for as well.");
    this.question = question;
  }
}

/** A name that passkeys can belong to: browsers make none for a bare address. */
export function isPasskeyHost(hostName: string): boolean {
  return !/^(\[.*\]|\d+(\.\d+){3})$/.test(hostName);
}

/** What a device keeps as the user's handle: the person's id as bytes. */
export function userHandleOf(personId: string): string {
  return Buffer.from(personId, "utf8").toString("base64url");
}

class PasskeyKeeper implements Passkeys {
  readonly #parts: PasskeyParts;
  /** Challenges that have let somebody in, until they would end anyway: none does twice. */
  readonly #spent = new Map<string, number>();

  constructor(parts: PasskeyParts) {
    this.#parts = parts;
  }

  of(personId: string): Promise<readonly Passkey[]> {
    return this.#parts.store.passkeys.passkeysOf(personId);
  }

  async askForNew(person: Person, hostName: string, password: string): Promise<PasskeyQuestion> {
    if (!isPasskeyHost(hostName)) {
      throw new Refusal("conflict", "Passkeys belong to a name, not to an address. Open Upbeat by its name.");
    }
    await this.#parts.signIn.prove(person, password);
    const passkeys = await this.of(person.id);
    if (passkeys.length >= maxPasskeys) {
      throw new Refusal("conflict", `You have ${maxPasskeys} passkeys. Remove one first.`);
    }
    return { challenge: this.#challenge(`add ${person.id}`), passkeys };
  }

  async add(person: Person, place: PasskeyPlace, name: string, made: MadePasskey): Promise<Passkey> {
    const { checks, store, clock, credentials } = this.#parts;
    const { holds, spend } = this.#once(`add ${person.id}`);
    const read = await checks.readMade(made, place, holds);
    if (read === null || !spend()) {
      throw new Refusal("forbidden", "That passkey could not be checked. Try once more.");
    }
    if ((await store.passkeys.passkeyOfCredential(read.credentialId)) !== null) {
      throw new Refusal("conflict", "That passkey is here already.");
    }
    const nowMs = clock.nowMs();
    const passkey: Passkey = {
      ...read,
      id: credentials.newId(nowMs),
      personId: person.id,
      hostName: place.hostName,
      name: name.trim(),
      transports: made.response.transports ?? [],
      createdAtMs: nowMs,
      lastUsedAtMs: nowMs,
    };
    await store.passkeys.putPasskey(passkey);
    return passkey;
  }

  async rename(personId: string, id: string, name: string): Promise<void> {
    const passkey = await this.#own(personId, id);
    await this.#parts.store.passkeys.putPasskey({ ...passkey, name: name.trim() });
  }

  async remove(personId: string, id: string): Promise<void> {
    const { store } = this.#parts;
    await this.#own(personId, id);
    const person = await store.people.getPerson(personId);
    if (person?.asksPasskey === true && (await this.of(personId)).length === 1) {
      throw new Refusal("conflict", "It is asked for beside your password. Switch that off first.");
    }
    await store.passkeys.removePasskey(personId, id);
  }

  askToSignIn(): PasskeyQuestion {
    return { challenge: this.#challenge(signInUse), passkeys: [] };
  }

  async signIn(place: PasskeyPlace, signed: SignedPasskey): Promise<Person> {
    const passkey = await this.#check(place, signed, signInUse);
    const person = passkey && (await this.#parts.store.people.getPerson(passkey.personId));
    if (person === null) throw new Refusal("unauthorised", "This passkey does not open this Upbeat.");
    return person;
  }

  async secondFactor(person: Person, place: PasskeyPlace, signed: SignedPasskey | null): Promise<void> {
    if (!person.asksPasskey) return;
    const all = await this.of(person.id);
    // Erased with the rest: then the password is all there is.
    if (all.length === 0) return;
    const use = `beside the password of ${person.id}`;
    if (signed !== null) {
      const passkey = await this.#check(place, signed, use);
      if (passkey?.personId === person.id) return;
      throw new Refusal("unauthorised", "That passkey could not be checked. Try once more.");
    }
    const passkeys = all.filter(({ hostName }) => hostName === place.hostName);
    if (passkeys.length > 0) throw new PasskeyNeeded({ challenge: this.#challenge(use), passkeys });
    const names = [...new Set(all.map(({ hostName }) => hostName))].join(" or ");
    throw new Refusal(
      "forbidden",
      `Your passkey is asked for as well. It was made for ${names}: sign in there.`,
    );
  }

  async askBesidePassword(person: Person, asksPasskey: boolean, password: string): Promise<Person> {
    await this.#parts.signIn.prove(person, password);
    if (asksPasskey && (await this.of(person.id)).length === 0) {
      throw new Refusal("conflict", "Add a passkey first.");
    }
    const changed = { ...person, asksPasskey };
    await this.#parts.store.people.putPerson(changed);
    return changed;
  }

  /** The passkey that signed for this use, noted as used; null when nothing of the kind is so. */
  async #check(place: PasskeyPlace, signed: SignedPasskey, use: string): Promise<Passkey | null> {
    const { checks, store, clock } = this.#parts;
    const passkey = await store.passkeys.passkeyOfCredential(signed.id);
    if (passkey === null || passkey.hostName !== place.hostName) return null;
    const { userHandle } = signed.response;
    if (userHandle !== undefined && userHandle !== userHandleOf(passkey.personId)) return null;
    const { holds, spend } = this.#once(use);
    const mustKnowPerson = use === signInUse;
    const counter = await checks.readSigned(signed, passkey, place, { holds, mustKnowPerson });
    if (counter === null || !spend()) return null;
    await store.passkeys.putPasskey({ ...passkey, counter, lastUsedAtMs: clock.nowMs() });
    return passkey;
  }

  #challenge(use: string): string {
    const { checks, clock } = this.#parts;
    return checks.newChallenge(use, clock.nowMs() + challengeMs);
  }

  /** A challenge is good for one use, once. Only those that were answered rightly are kept, so nobody can fill this. */
  #once(use: string): { holds: (challenge: string) => boolean; spend: () => boolean } {
    const { checks, clock } = this.#parts;
    let held = "";
    return {
      holds: (challenge) => {
        held = challenge;
        return checks.isChallenge(challenge, use, clock.nowMs());
      },
      spend: () => {
        const nowMs = clock.nowMs();
        for (const [challenge, untilMs] of this.#spent) if (untilMs <= nowMs) this.#spent.delete(challenge);
        if (this.#spent.has(held)) return false;
        this.#spent.set(held, nowMs + challengeMs);
        return true;
      },
    };
  }

  async #own(personId: string, id: string): Promise<Passkey> {
    const passkey = (await this.of(personId)).find((one) => one.id === id);
    if (passkey === undefined) throw new Refusal("not-found", "There is no such passkey.");
    return passkey;
  }
}

export function createPasskeys(parts: PasskeyParts): Passkeys {
  return new PasskeyKeeper(parts);
}
