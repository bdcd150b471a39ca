/** What the contract tests of the store share: every adapter of it, and rows to put in. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Track } from "#domain/track.ts";
import { memoryStore } from "#server/adapters/memory/memory-store.ts";
import { openSqliteStore } from "#server/adapters/sqlite/sqlite-store.ts";
import type { LibraryFile, Store } from "#server/ports/store.ts";

/** Runs one test on an empty store, which is closed after it. */
export type UseStore = (title: string, body: (store: Store) => Promise<void>) => void;

/** Every adapter of the store. */
export function everyStore(): readonly { readonly name: string; readonly use: UseStore }[] {
  const folder = mkdtempSync(join(tmpdir(), "upbeat-store-"));
  after(() => rmSync(folder, { recursive: true }));
  let stores = 0;
  const using =
    (open: () => Promise<Store>): UseStore =>
    (title, body) => {
      test(title, async () => {
        const store = await open();
        try {
          await body(store);
        } finally {
          await store.close();
        }
      });
    };
  return [
    { name: "memory", use: using(async () => memoryStore()) },
    { name: "sqlite", use: using(() => openSqliteStore(join(folder, `${(stores += 1)}.db`))) },
  ];
}

export function track(id: string, change: Partial<Track> = {}): Track {
  return {
    id,
    source: "library",
    title: `Title ${id}`,
    artist: "Somebody",
    album: null,
    genre: "house",
    year: 1994,
    hasCover: false,
    profile: {
      tempoBpm: 127.99,
      tempoConfidence: 0.9,
      confident: true,
      key: "8A",
      keyConfidence: 0.7,
      loudnessLufs: -13.7,
      truePeakDbtp: -0.3,
      energy: 0.8,
      durationS: 181.25,
      beatsS: [0.1, 0.1 + 60 / 127.99, 1e-300, 1 / 3],
      downbeatsS: [0.1],
    },
    ...change,
  };
}

export function fileOf(path: string, trackId: string): LibraryFile {
  return { path, sizeBytes: 5_000_000_000, modifiedMs: 1_700_000_000_000.25, outcome: { trackId } };
}

/** Every row of a paged list. */
export async function allPages<T>(
  list: (cursor: string | null) => Promise<{ items: readonly T[]; nextCursor: string | null }>,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page = await list(cursor);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}
