import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { ConsentEntry, Purpose } from "#domain/consent.ts";
import type { SynchronousParts } from "./methods.ts";

function toEntry(row: Record<string, SQLOutputValue>): ConsentEntry {
  return {
    sequence: row.sequence as number,
    purpose: row.purpose as Purpose,
    granted: row.granted === 1,
    atMs: row.at_ms as number,
    wordingVersion: row.wording_version as number,
  };
}

export function sqliteConsents(db: DatabaseSync): SynchronousParts["consents"] {
  const next = db.prepare(
    "SELECT COALESCE(MAX(sequence) + 1, 0) AS sequence FROM consent WHERE person_id = ?",
  );
  const append = db.prepare(
    `INSERT INTO consent (person_id, sequence, purpose, granted, at_ms, wording_version)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const ofPerson = db.prepare("SELECT * FROM consent WHERE person_id = ? ORDER BY sequence");
  return {
    appendConsent(personId, entry) {
      const sequence = next.get(personId)?.sequence as number;
      const { purpose, granted, atMs, wordingVersion } = entry;
      append.run(personId, sequence, purpose, granted ? 1 : 0, atMs, wordingVersion);
      return { sequence, purpose, granted, atMs, wordingVersion };
    },
    consentsOf: (personId) => ofPerson.all(personId).map(toEntry),
  };
}
