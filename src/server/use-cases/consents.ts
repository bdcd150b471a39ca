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
import type { SettingsStore } from "#server/ports/store.ts";
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
  /** Lets follow what was to follow when the server ended in the middle of a decision. */
  resume(): Promise<void>;
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

interface Decision {
  readonly personId: string;
  readonly purpose: Purpose;
}

const underWaySetting = "consents-under-way";

/** Decisions of which not everything has followed yet. */
function decisionsUnderWay(settings: SettingsStore) {
  let last: Promise<unknown> = Promise.resolve();
  const all = async (): Promise<readonly Decision[]> =>
    ((await settings.getSetting(underWaySetting)) ?? []) as readonly Decision[];
  /** One after the other: two at once would forget one another. */
  const change = (to: (all: readonly Decision[]) => readonly Decision[]): Promise<void> => {
    const changed = last.then(async () => settings.putSetting(underWaySetting, to(await all())));
    last = changed.catch(() => undefined);
    return changed;
  };
  const isSame = (one: Decision, other: Decision): boolean =>
    one.personId === other.personId && one.purpose === other.purpose;
  return {
    all,
    add: (decision: Decision) => change((known) => [...known, decision]),
    remove: (decision: Decision) => change((known) => known.filter((one) => !isSame(one, decision))),
  };
}

export function createConsents(store: ConsentStore, settings: SettingsStore, clock: Clock): Consents {
  const underWay = decisionsUnderWay(settings);
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
      // Noted first: should the server end before everything has followed, it goes on at the next start.
      await underWay.add({ personId, purpose });
      const entry = await store.appendConsent(personId, {
        purpose,
        granted,
        atMs: clock.nowMs(),
        wordingVersion,
      });
      for (const listener of listeners) await listener({ personId, entry });
      await underWay.remove({ personId, purpose });
      return standingOf(await store.consentsOf(personId), purpose);
    },
    async resume() {
      for (const decision of await underWay.all()) {
        const { personId, purpose } = decision;
        const entry = lastEntry(await store.consentsOf(personId), purpose);
        if (entry !== null) for (const listener of listeners) await listener({ personId, entry });
        await underWay.remove(decision);
      }
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
