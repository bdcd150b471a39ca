import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { migrations } from "./migrations.ts";
import { applicationId } from "./open.ts";
import { openSqliteStore } from "./sqlite-store.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-migrations-"));
after(() => rmSync(folder, { recursive: true }));

test("taste that was kept with the tracks is not lost when it becomes a person's", async () => {
  const path = join(folder, "first-form.db");
  const db = new DatabaseSync(path);
  db.exec(`PRAGMA application_id = ${applicationId}; ${migrations[0]}; PRAGMA user_version = 1`);
  const put = db.prepare(
    `INSERT INTO track VALUES (?, ?, 'library', 'T', 'A', NULL, NULL, NULL, ?, 0, NULL, 120, 1, 1, NULL, 0, -14, -1, 0.5,
       200, x'', x'')`,
  );
  put.run("liked", "a", 0.9);
  put.run("neutral", "b", 0.5);
  put.run("less", "c", 0.15);
  db.close();

  const store = await openSqliteStore(path);
  assert.equal((await store.tracks.allTracks()).length, 3);
  assert.deepEqual(await store.taste.earlierTaste(), [
    { trackId: "less", taste: 0.15 },
    { trackId: "liked", taste: 0.9 },
  ]);
  await store.taste.forgetEarlierTaste();
  assert.deepEqual(await store.taste.earlierTaste(), []);
  await store.close();
});

test("a database of the first form is brought up to date and keeps its tracks", async () => {
  const folder = mkdtempSync(join(tmpdir(), "upbeat-migrate-"));
  const path = join(folder, "upbeat.db");
  const old = new DatabaseSync(path);
  old.exec(`BEGIN; ${migrations[0]}; PRAGMA user_version = 1; COMMIT`);
  old.exec(`INSERT INTO track VALUES ('t-1', 'somebody', 'library', 'Song', 'Somebody', NULL, NULL, NULL, 0.9, 0, NULL,
    120, 0.5, 0, NULL, 0, -14, -1, 0.5, 200, x'000000000000f03f', x'');
    INSERT INTO library_file VALUES ('/music/song.mp3', 1, 1, 't-1', NULL)`);
  old.close();
  const store = await openSqliteStore(path);
  const track = await store.tracks.getTrack("t-1");
  assert.deepEqual([track?.title, track?.profile.beatsS], ["Song", [1]]);
  assert.deepEqual(await store.sounds.tracksWithoutSound(), ["t-1"]);
  await store.close();
  rmSync(folder, { recursive: true });
});
