import { DatabaseSync } from "node:sqlite";
import { StoreError } from "#server/ports/store.ts";
import { storeErrorOf } from "./failures.ts";
import { migrations } from "./migrations.ts";

/** "Upbt": tells `restore` and `file` whose database this is. */
export const applicationId = 0x55706274;

function pragma(db: DatabaseSync, name: string): unknown {
  return Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}

/** Brings the tables to today's form, each step in its own transaction. */
function migrate(db: DatabaseSync): void {
  const version = Number(pragma(db, "user_version"));
  if (version > migrations.length) {
    throw new StoreError(
      "other",
      `The data was written by a newer Upbeat (form ${version}, this one knows ${migrations.length}). Update Upbeat.`,
    );
  }
  if (version === 0) db.exec(`PRAGMA application_id = ${applicationId}`);
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue;
    db.exec(`BEGIN IMMEDIATE; ${sql}; PRAGMA user_version = ${index + 1}; COMMIT`);
  }
}

/**
 * Opens the database as its only user. The exclusive lock is the kernel's, so it ends with the process however that
 * dies, and a second server on the same folder is refused (`StoreError` "in-use") instead of corrupting it.
 * WAL with synchronous=FULL: every commit is on the disk before it is acknowledged.
 */
export function openDatabase(path: string): DatabaseSync {
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(path);
    db.exec("PRAGMA locking_mode = EXCLUSIVE");
    const mode = pragma(db, "journal_mode = WAL");
    if (mode !== "wal") throw new StoreError("other", `SQLite refused write-ahead logging on ${path}.`);
    db.exec(
      "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON",
    );
    migrate(db);
    // A write takes the exclusive lock at once, not only at the first change.
    db.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${migrations.length}; COMMIT`);
    return db;
  } catch (error) {
    db?.close();
    throw storeErrorOf(error, path);
  }
}
