/**
 * Writes chunks into a store for ever, eight at a time, and prints the number of each one that was acknowledged:
 * `store-writer.ts DATABASE FIRST [COUNT]`. With COUNT it writes that many one after the other, and ends.
 */
import { openSqliteStore } from "#server/adapters/sqlite/sqlite-store.ts";

const [path = "", first = "0", count] = process.argv.slice(2);
const store = await openSqliteStore(path);
let next = Number(first);

/** Bytes that tell which chunk they belong to. */
function bytesOf(sequence: number): Uint8Array {
  return new TextEncoder().encode(`chunk ${sequence} `.repeat(50));
}

async function writeNext(): Promise<void> {
  const sequence = next;
  next += 1;
  await store.workouts.putChunk({ personId: "p", workoutId: "w", sequence, sealed: bytesOf(sequence) });
  process.stdout.write(`${sequence}\n`);
}

if (count === undefined) {
  const writers = Array.from({ length: 8 }, async () => {
    for (;;) await writeNext();
  });
  await Promise.all(writers);
} else {
  for (let written = 0; written < Number(count); written += 1) await writeNext();
  await store.close();
}
