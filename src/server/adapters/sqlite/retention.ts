import type { DatabaseSync } from "node:sqlite";
import type { SynchronousParts } from "./methods.ts";

export function sqliteRetention(db: DatabaseSync): SynchronousParts["retention"] {
  const put = db.prepare(
    `INSERT INTO retention (person_id, series_months, workouts_months, applies_from_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT (person_id) DO UPDATE SET series_months = excluded.series_months,
       workouts_months = excluded.workouts_months, applies_from_ms = excluded.applies_from_ms`,
  );
  const get = db.prepare("SELECT * FROM retention WHERE person_id = ?");
  const people = db.prepare("SELECT person_id FROM retention ORDER BY person_id");
  return {
    putRetention(personId, { seriesMonths, workoutsMonths, appliesFromMs }) {
      put.run(personId, seriesMonths, workoutsMonths, appliesFromMs);
    },
    retentionOf(personId) {
      const row = get.get(personId);
      if (row === undefined) return null;
      return {
        seriesMonths: row.series_months as number | null,
        workoutsMonths: row.workouts_months as number | null,
        appliesFromMs: row.applies_from_ms as number,
      };
    },
    peopleWithRetention: () => people.all().map((row) => row.person_id as string),
  };
}
