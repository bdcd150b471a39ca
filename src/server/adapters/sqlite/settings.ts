import type { DatabaseSync } from "node:sqlite";
import type { SynchronousParts } from "./methods.ts";

export function sqliteSettings(db: DatabaseSync): SynchronousParts["settings"] {
  const get = db.prepare("SELECT value FROM setting WHERE name = ?");
  const put = db.prepare(
    "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  );
  const getAthlete = db.prepare("SELECT sealed FROM athlete WHERE person_id = ?");
  const putAthlete = db.prepare(
    `INSERT INTO athlete (person_id, sealed) VALUES (?, ?)
     ON CONFLICT (person_id) DO UPDATE SET sealed = excluded.sealed`,
  );
  return {
    getSetting(name) {
      const row = get.get(name);
      return row === undefined ? null : (JSON.parse(row.value as string) as unknown);
    },
    putSetting(name, value) {
      put.run(name, JSON.stringify(value));
    },
    getAthlete: (personId) => (getAthlete.get(personId)?.sealed ?? null) as Uint8Array | null,
    putAthlete(personId, sealed) {
      putAthlete.run(personId, sealed);
    },
  };
}
