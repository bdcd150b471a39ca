import type { ConsentEntry } from "#domain/consent.ts";

/** The ledgers of consent: one a person, append-only. */
export interface ConsentStore {
  /** Adds a line with the next sequence number (from 0) and answers it. */
  appendConsent(personId: string, entry: Omit<ConsentEntry, "sequence">): Promise<ConsentEntry>;
  /** A person's whole ledger, oldest first. */
  consentsOf(personId: string): Promise<readonly ConsentEntry[]>;
}
