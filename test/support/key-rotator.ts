/**
 * Rotates the key of person "p", and kills itself before its n-th step on the disk: `key-rotator.ts DATABASE KEYS N`. A step
 * is whatever changes a file of the keystore or a row of the database. Ends with 0 when there were fewer.
 */
import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

const [path = "", keysDir = "", stop = "0"] = process.argv.slice(2);
let left = Number(stop);

/** The same function, which may be the last thing that this process does not do. */
function counted<A extends readonly unknown[], R>(change: (...args: A) => R): (...args: A) => R {
  return (...args) => {
    left -= 1;
    if (left === 0) process.kill(process.pid, "SIGKILL");
    return change(...args);
  };
}

const { openSqliteStore } = await import("#server/adapters/sqlite/sqlite-store.ts");
const store = await openSqliteStore(path);
const disk = promises as unknown as Record<string, (...args: unknown[]) => unknown>;
for (const name of ["link", "rename", "rm", "open"]) {
  const change = disk[name];
  if (change !== undefined) disk[name] = counted(change);
}
syncBuiltinESMExports();
const { aesSealer } = await import("#server/adapters/keys/aes-sealer.ts");
const { fileKeystore } = await import("#server/adapters/keys/file-keystore.ts");
const { dataKeys } = store;
const sealer = aesSealer(fileKeystore(keysDir), {
  dataKeysOf: (personId) => dataKeys.dataKeysOf(personId),
  addDataKey: counted((key) => dataKeys.addDataKey(key)),
  rewrapDataKey: counted((key) => dataKeys.rewrapDataKey(key)),
});
await sealer.rotate("0199b3a0-0000-7000-8000-000000000001");
await store.close();
