/** What every adapter of the store does with grids made by people and with sounds. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import type { Track } from "#domain/track.ts";
import { memoryStore } from "#server/adapters/memory/memory-store.ts";
import { openSqliteStore } from "#server/adapters/sqlite/sqlite-store.ts";
import { StoreError, type LibraryFile, type Store } from "#server/ports/store.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-store-grids-"));
after(() => rmSync(folder, { recursive: true }));
let stores = 0;

const adapters: readonly { name: string; open: () => Promise<Store> }[] = [
  { name: "memory", open: async () => memoryStore() },
  { name: "sqlite", open: () => openSqliteStore(join(folder, `${(stores += 1)}.db`)) },
];

function track(id: string, change: Partial<Track> = {}): Track {
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

function fileOf(path: string, trackId: string): LibraryFile {
  return { path, sizeBytes: 5_000_000_000, modifiedMs: 1_700_000_000_000.25, outcome: { trackId } };
}

async function allPages<T>(
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

for (const { name, open } of adapters) {
  describe(`the ${name} store`, () => {
    const use = (title: string, body: (store: Store) => Promise<void>): void => {
      test(title, async () => {
        const store = await open();
        try {
          await body(store);
        } finally {
          await store.close();
        }
      });
    };

    use("shows the grid a person keeps in place of the analysed one, whatever is scanned", async (store) => {
      const { tracks, grids } = store;
      assert.equal(await grids.gridsOf("t1"), null);
      await tracks.putTrack(track("t1"), fileOf("/m/a", "t1"));
      const analysed = { beatsS: track("t1").profile.beatsS, downbeatsS: [0.1] };
      assert.deepEqual(await grids.gridsOf("t1"), { analysed, kept: null });
      const kept = { origin: "edited", beatsS: [1, 1.5, 2, 2.5, 1e-300 + 3], downbeatsS: [1, 3] } as const;
      await grids.putGrid("t1", kept);
      const shown = {
        ...track("t1").profile,
        tempoBpm: 120,
        tempoConfidence: 1,
        beatsS: kept.beatsS,
        downbeatsS: kept.downbeatsS,
      };
      const expected = { ...track("t1"), gridOrigin: "edited", profile: shown };
      // Another scan, with another analysis, of the same and of a second file.
      const other = track("t1", { profile: { ...track("t1").profile, beatsS: [7, 8], confident: false } });
      await tracks.putTrack(other, fileOf("/m/a", "t1"));
      await tracks.putTrack({ ...other, gridOrigin: "edited" }, fileOf("/m/b", "t1"));
      assert.deepEqual(await tracks.getTrack("t1"), expected);
      assert.deepEqual(await tracks.allTracks(), [expected]);
      assert.deepEqual((await tracks.listTracks({ limit: 5, cursor: null })).items, [expected]);
      assert.deepEqual(await grids.gridsOf("t1"), { analysed: { beatsS: [7, 8], downbeatsS: [0.1] }, kept });
      await grids.putGrid("t1", { ...kept, origin: "imported" });
      assert.equal((await tracks.getTrack("t1"))?.gridOrigin, "imported");
      await tracks.removeFile("/m/a");
      await tracks.removeFile("/m/b");
      assert.equal(await grids.gridsOf("t1"), null);
      await tracks.putTrack(track("t1"), fileOf("/m/a", "t1"));
      assert.deepEqual((await tracks.getTrack("t1"))?.profile, shown, "the grid outlives its file");
      await grids.removeGrid("t1");
      assert.deepEqual(await tracks.getTrack("t1"), track("t1"));
    });

    use("lists sure and unsure grids apart", async ({ tracks, grids }) => {
      for (const id of ["t1", "t2", "t3", "t4"]) {
        const profile = { ...track(id).profile, confident: id === "t1" };
        await tracks.putTrack(track(id, { profile }), fileOf(`/m/${id}`, id));
      }
      await grids.putGrid("t2", { origin: "edited", beatsS: [0, 1], downbeatsS: [] });
      await grids.putGrid("t1", { origin: "edited", beatsS: [], downbeatsS: [] });
      const listed = async (confident: boolean) =>
        (await allPages((cursor) => tracks.listTracks({ limit: 1, cursor, confident }))).map(({ id }) => id);
      assert.deepEqual(await listed(true), ["t2"]);
      assert.deepEqual(await listed(false), ["t1", "t3", "t4"]);
    });

    use("knows tracks by their sound", async ({ tracks, sounds }) => {
      const sound = { audioHash: "aa", fingerprint: Uint8Array.of(1, 2, 255) };
      await assert.rejects(sounds.putSound("t1", sound), StoreError);
      await tracks.putTrack(track("t1"), fileOf("/m/a", "t1"));
      await tracks.putTrack(track("d1", { source: "demo" }), fileOf("/d/a", "d1"));
      assert.equal(await sounds.getSound("t1"), null);
      assert.deepEqual(await sounds.tracksWithoutSound(), ["t1"]);
      await sounds.putSound("t1", { ...sound, audioHash: "older" });
      await sounds.putSound("t1", sound);
      assert.deepEqual(await sounds.tracksWithoutSound(), []);
      assert.deepEqual(await sounds.getSound("t1"), sound);
      assert.equal(await sounds.trackWithAudio("aa"), "t1");
      assert.equal(await sounds.trackWithAudio("older"), null);
      const known = { trackId: "t1", durationS: 181.25, fingerprint: sound.fingerprint };
      assert.deepEqual(await sounds.soundsLasting(181, 182), [known]);
      assert.deepEqual(await sounds.soundsLasting(182, 200), []);
      await tracks.removeFile("/m/a");
      assert.equal(await sounds.trackWithAudio("aa"), null);
    });
  });
}
