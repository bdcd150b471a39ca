import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { WrappedDataKey } from "#server/ports/data-keys.ts";
import type { SynchronousParts } from "./methods.ts";

function toKey(row: Record<string, SQLOutputValue>): WrappedDataKey {
  return {
    personId: row.person_id as string,
    category: row.category as string,
    generation: row.generation as number,
    wrapped: row.wrapped as Uint8Array,
  };
}

export function sqliteDataKeys(db: DatabaseSync): SynchronousParts["dataKeys"] {
  const add = db.prepare(
    `INSERT INTO data_key (person_id, category, generation, wrapped) VALUES (?, ?, ?, ?)
     ON CONFLICT (person_id, category, generation) DO NOTHING`,
  );
  const get = db.prepare("SELECT * FROM data_key WHERE person_id = ? AND category = ? AND generation = ?");
  const rewrap = db.prepare(
    "UPDATE data_key SET wrapped = ? WHERE person_id = ? AND category = ? AND generation = ?",
  );
  const ofPerson = db.prepare("SELECT * FROM data_key WHERE person_id = ? ORDER BY category, generation");
  return {
    addDataKey(key) {
      const { personId, category, generation, wrapped } = key;
      add.run(personId, category, generation, wrapped);
      const there = get.get(personId, category, generation);
      return there === undefined ? key : toKey(there);
    },
    rewrapDataKey({ personId, category, generation, wrapped }) {
      rewrap.run(wrapped, personId, category, generation);
    },
    dataKeysOf: (personId) => ofPerson.all(personId).map(toKey),
  };
}
