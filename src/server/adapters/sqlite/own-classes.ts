import type { DatabaseSync } from "node:sqlite";
import type { SynchronousParts } from "./methods.ts";

export function sqliteOwnClasses(db: DatabaseSync): SynchronousParts["ownClasses"] {
  const put = db.prepare(
    `INSERT INTO own_class (person_id, id, sealed) VALUES (?, ?, ?)
     ON CONFLICT (person_id, id) DO UPDATE SET sealed = excluded.sealed`,
  );
  const ofPerson = db.prepare("SELECT id, sealed FROM own_class WHERE person_id = ?");
  const remove = db.prepare("DELETE FROM own_class WHERE person_id = ? AND id = ?");
  const earlier = db.prepare("SELECT plan FROM class_plan ORDER BY id");
  const forgetEarlier = db.prepare("DELETE FROM class_plan");
  return {
    putOwnClass({ personId, id, sealed }) {
      put.run(personId, id, sealed);
    },
    ownClassesOf: (personId) =>
      ofPerson.all(personId).map((row) => ({
        personId,
        id: row.id as string,
        sealed: row.sealed as Uint8Array,
      })),
    removeOwnClass(personId, id) {
      remove.run(personId, id);
    },
    earlierClasses: () => earlier.all().map((row) => row.plan as string),
    forgetEarlierClasses() {
      forgetEarlier.run();
    },
  };
}
