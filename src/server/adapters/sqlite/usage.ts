import type { DatabaseSync } from "node:sqlite";
import type { AccessCategory } from "#domain/access.ts";
import type { SynchronousParts } from "./methods.ts";

export function sqliteUsage(db: DatabaseSync): SynchronousParts["usage"] {
  const add = db.prepare(
    `INSERT INTO app_usage (person_id, app_id, category, hour_ms, calls, row_count, bytes)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (person_id, app_id, category, hour_ms) DO UPDATE SET
       calls = app_usage.calls + excluded.calls, row_count = app_usage.row_count + excluded.row_count,
       bytes = app_usage.bytes + excluded.bytes`,
  );
  const of = db.prepare(
    "SELECT * FROM app_usage WHERE person_id = ? AND hour_ms >= ? ORDER BY hour_ms, app_id, category",
  );
  const removeBefore = db.prepare("DELETE FROM app_usage WHERE hour_ms < ?");
  const putAnomaly = db.prepare(
    "INSERT INTO app_anomaly (person_id, app_id, at_ms, bytes, ordinary_bytes) VALUES (?, ?, ?, ?, ?)",
  );
  const anomalies = db.prepare("SELECT * FROM app_anomaly WHERE person_id = ? ORDER BY at_ms DESC LIMIT 100");
  return {
    addUsage(usage) {
      for (const { personId, appId, category, hourMs, calls, rows, bytes } of usage) {
        add.run(personId, appId, category, hourMs, calls, rows, bytes);
      }
    },
    usageOf: (personId, fromMs) =>
      of.all(personId, fromMs).map((row) => ({
        personId,
        appId: row.app_id as string,
        category: row.category as AccessCategory,
        hourMs: row.hour_ms as number,
        calls: row.calls as number,
        rows: row.row_count as number,
        bytes: row.bytes as number,
      })),
    removeUsageBefore(hourMs) {
      removeBefore.run(hourMs);
    },
    putAnomaly({ personId, appId, atMs, bytes, ordinaryBytes }) {
      putAnomaly.run(personId, appId, atMs, bytes, Math.round(ordinaryBytes));
    },
    anomaliesOf: (personId) =>
      anomalies.all(personId).map((row) => ({
        personId,
        appId: row.app_id as string,
        atMs: row.at_ms as number,
        bytes: row.bytes as number,
        ordinaryBytes: row.ordinary_bytes as number,
      })),
  };
}
