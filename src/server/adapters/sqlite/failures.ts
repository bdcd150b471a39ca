import { StoreError } from "#server/ports/store.ts";

/** SQLite's primary result codes that a server's owner can do something about (sqlite.org/rescode.html). */
const codes = { perm: 3, busy: 5, readOnly: 8, ioError: 10, corrupt: 11, full: 13, cantOpen: 14, notADb: 26 };

/** Turns what SQLite threw into one clear line. `path` is the database file. */
export function storeErrorOf(error: unknown, path: string): StoreError {
  if (error instanceof StoreError) return error;
  const code = (error as { errcode?: number }).errcode;
  const primary = code === undefined ? undefined : code & 0xff;
  if (primary === codes.full) {
    return new StoreError("full", `The disk that holds ${path} is full. Free some space; nothing was lost.`);
  }
  if (primary === codes.busy) {
    return new StoreError("in-use", `Another Upbeat is using ${path}.`);
  }
  if (primary === codes.readOnly || primary === codes.perm || primary === codes.cantOpen) {
    return new StoreError(
      "read-only",
      `Upbeat may not write ${path}. Check the folder's owner and permissions.`,
    );
  }
  if (primary === codes.corrupt || primary === codes.notADb) {
    return new StoreError("damaged", `${path} is damaged. Restore a backup: upbeat restore FILE.`);
  }
  if (primary === codes.ioError) {
    return new StoreError("other", `The disk that holds ${path} fails: ${(error as Error).message}.`);
  }
  return new StoreError("other", error instanceof Error ? error.message : String(error));
}
