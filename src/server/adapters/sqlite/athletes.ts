import type { DatabaseSync } from "node:sqlite";
import type { SynchronousParts } from "./methods.ts";

export function sqliteAthletes(db: DatabaseSync): SynchronousParts["athletes"] {
  const get = db.prepare("SELECT sealed FROM athlete WHERE person_id = ?");
  const put = db.prepare(
    `INSERT INTO athlete (person_id, sealed) VALUES (?, ?)
     ON CONFLICT (person_id) DO UPDATE SET sealed = excluded.sealed`,
  );
  return {
    getAthlete: (personId) => (get.get(personId)?.sealed ?? null) as Uint8Array | null,
    putAthlete(personId, sealed) {
      put.run(personId, sealed);
    },
  };
}
