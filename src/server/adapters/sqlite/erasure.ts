import type { DatabaseSync } from "node:sqlite";
import type { SynchronousParts } from "./methods.ts";

/** Every table with rows of a person, and the column that says whose. A test compares it with the schema. */
export const personTables: Readonly<Record<string, string>> = {
  session: "person_id",
  device: "person_id",
  passkey: "person_id",
  athlete: "person_id",
  workout: "person_id",
  workout_chunk: "person_id",
  consent: "person_id",
  data_key: "person_id",
  oauth_record: "person_id",
  app_usage: "person_id",
  app_anomaly: "person_id",
  webhook: "person_id",
  webhook_delivery: "person_id",
  audit: "person_id",
  taste: "person_id",
  own_class: "person_id",
  retention: "person_id",
};

/** Deletes every row of a person. With secure_delete the freed pages are overwritten with zeros. */
export function sqliteErasure(db: DatabaseSync): SynchronousParts["erasure"] {
  const deletions = Object.entries(personTables).map(([table, column]) =>
    db.prepare(`DELETE FROM ${table} WHERE ${column} = ?`),
  );
  return {
    eraseRowsOf(personId) {
      for (const deletion of deletions) deletion.run(personId);
    },
  };
}
