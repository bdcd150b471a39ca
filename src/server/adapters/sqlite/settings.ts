import type { DatabaseSync } from "node:sqlite";
import type { SynchronousParts } from "./methods.ts";

export function sqliteSettings(db: DatabaseSync): SynchronousParts["settings"] {
  const get = db.prepare("SELECT value FROM setting WHERE name = ?");
  const put = db.prepare(
    "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  );
  return {
    getSetting(name) {
      const row = get.get(name);
      return row === undefined ? null : (JSON.parse(row.value as string) as unknown);
    },
    putSetting(name, value) {
      put.run(name, JSON.stringify(value));
    },
  };
}
