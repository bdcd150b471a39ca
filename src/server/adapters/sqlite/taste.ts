import type { DatabaseSync } from "node:sqlite";
import type { SynchronousParts } from "./methods.ts";

export function sqliteTaste(db: DatabaseSync): SynchronousParts["taste"] {
  const put = db.prepare(
    `INSERT INTO taste (person_id, id, sealed) VALUES (?, ?, ?)
     ON CONFLICT (person_id, id) DO UPDATE SET sealed = excluded.sealed`,
  );
  const ofPerson = db.prepare("SELECT id, sealed FROM taste WHERE person_id = ? ORDER BY id");
  const remove = db.prepare("DELETE FROM taste WHERE person_id = ? AND id = ?");
  const earlier = db.prepare("SELECT track_id, taste FROM earlier_taste ORDER BY track_id");
  const forgetEarlier = db.prepare("DELETE FROM earlier_taste");
  return {
    putTaste({ personId, id, sealed }) {
      put.run(personId, id, sealed);
    },
    tasteOf: (personId) =>
      ofPerson.all(personId).map((row) => ({
        personId,
        id: row.id as string,
        sealed: row.sealed as Uint8Array,
      })),
    removeTaste(personId, id) {
      remove.run(personId, id);
    },
    earlierTaste: () =>
      earlier.all().map((row) => ({ trackId: row.track_id as string, taste: row.taste as number })),
    forgetEarlierTaste() {
      forgetEarlier.run();
    },
  };
}
