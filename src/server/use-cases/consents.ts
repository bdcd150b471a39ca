import {
  consentState,
  generalPurposes,
  isPurpose,
  lastEntry,
  mayRead,
  wordingOf,
  type ConsentEntry,
  type ConsentState,
  type Purpose,
  type ReadPurpose,
  type Wording,
} from "#domain/consent.ts";
import type { ConsentStore } from "#server/ports/consents.ts";
import type { Clock } from "#server/ports/environment.ts";
import { Refusal } from "./refusal.ts";

/** How a purpose stands for a person, with the words they would read today. */
export interface ConsentStanding {
  readonly purpose: Purpose;
  readonly state: ConsentState;
  readonly decidedAtMs: number | null;
  readonly wording: Wording;
}

export interface ConsentChange {
  readonly personId: string;
  readonly entry: ConsentEntry;
}

export interface Consents {
  /** Every purpose of Upbeat's own, and every app that was ever decided on. */
  standings(personId: string): Promise<readonly ConsentStanding[]>;
  ledger(personId: string): Promise<readonly ConsentEntry[]>;
  allows(personId: string, purpose: ReadPurpose): Promise<boolean>;
  /**
   * Notes a decision. `wordingVersion` is what the person was shown; other words than today's are refused ("conflict").
   * Resolves once everything derived has followed; from the first moment on nothing reads for a withdrawn purpose.
   */
  decide(
    personId: string,
    purpose: Purpose,
    granted: boolean,
    wordingVersion: number,
  ): Promise<ConsentStanding>;
  /** Hears of each decision before `decide` resolves: what was derived forgets here. Returns how to stop that. */
  onChange(listener: (change: ConsentChange) => Promise<void>): () => void;
}

function standingOf(ledger: readonly ConsentEntry[], purpose: Purpose): ConsentStanding {
  return {
    purpose,
    state: consentState(ledger, purpose),
    decidedAtMs: lastEntry(ledger, purpose)?.atMs ?? null,
    wording: wordingOf(purpose),
  };
}

export function createConsents(store: ConsentStore, clock: Clock): Consents {
  const listeners = new Set<(change: ConsentChange) => Promise<void>>();
  return {
    async standings(personId) {
      const ledger = await store.consentsOf(personId);
      const purposes = new Set<Purpose>([...generalPurposes, ...ledger.map(({ purpose }) => purpose)]);
      return [...purposes].map((purpose) => standingOf(ledger, purpose));
    },
    ledger: (personId) => store.consentsOf(personId),
    async allows(personId, purpose) {
      return purpose === "own" || mayRead(await store.consentsOf(personId), purpose);
    },
    async decide(personId, purpose, granted, wordingVersion) {
      if (!isPurpose(purpose)) throw new Refusal("invalid", "There is no such purpose.");
      if (wordingVersion !== wordingOf(purpose).version) {
        throw new Refusal("conflict", "The words have changed meanwhile. Read them again, then decide.");
      }
      const entry = await store.appendConsent(personId, {
        purpose,
        granted,
        atMs: clock.nowMs(),
        wordingVersion,
      });
      for (const listener of listeners) await listener({ personId, entry });
      return standingOf(await store.consentsOf(personId), purpose);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
