import { DatabaseSync } from "node:sqlite";
import { migrations } from "./migrations.ts";
import { applicationId } from "./open.ts";

function pragma(db: DatabaseSync, name: string): unknown {
  return Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}

function problemIn(db: DatabaseSync, path: string): string | null {
  if (pragma(db, "application_id") !== applicationId) return `${path} is not a backup of Upbeat.`;
  if (Number(pragma(db, "user_version")) > migrations.length) {
    return `${path} was made by a newer Upbeat. Update Upbeat, then restore it.`;
  }
  return pragma(db, "integrity_check") === "ok" ? null : `${path} is damaged.`;
}

/** Why this file cannot be restored, in one line; null when it can. */
export function checkBackup(path: string): string | null {
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(path, { readOnly: true });
    return problemIn(db, path);
  } catch {
    return `${path} is not there, or is not a backup of Upbeat.`;
  } finally {
    db?.close();
  }
}
