/** Grid files through the command line, on a data folder that no server runs on. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { GridImported } from "#protocol/api/grids.ts";
import type { GridFile } from "#protocol/grid-file.ts";
import { openDataFolder } from "#server/open-data-folder.ts";
import { cMajorChords, perform } from "#test/support/band.ts";
import { runUpbeat } from "#test/support/server-process.ts";
import { wavOf } from "#test/support/wav.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-grid-"));
after(() => rmSync(folder, { recursive: true }));
const data = ["--data", join(folder, "data")];

async function tracks() {
  const opened = await openDataFolder(join(folder, "data"));
  const all = await opened.store.tracks.allTracks();
  await opened.close();
  return all;
}

test("export, change, import", { timeout: 300_000 }, async () => {
  const music = join(folder, "music");
  await mkdir(music);
  const { samples } = perform({
    tempoBpm: 124,
    beatsPerBar: 4,
    seconds: 24,
    sampleRate: 44_100,
    chords: cMajorChords,
    drums: 1,
  });
  writeFileSync(join(music, "band.wav"), wavOf([samples], 44_100));
  const scan = await runUpbeat(["scan", music, ...data]);
  assert.equal(scan.code, 0, scan.stderr);
  const [track] = await tracks();
  assert.ok(track);

  const path = join(folder, "grid.json");
  const exported = await runUpbeat(["grid", "export", track.id, "-o", path, ...data]);
  assert.equal(exported.code, 0, exported.stderr);
  const file = JSON.parse(readFileSync(path, "utf8")) as GridFile;
  assert.equal(file.beatsS.length, track.profile.beatsS.length);
  // Somebody says that the bar begins a beat later.
  writeFileSync(path, JSON.stringify({ ...file, downbeatsS: file.beatsS.filter((_, i) => i % 4 === 1) }));
  const imported = await runUpbeat(["grid", "import", path, "--json", ...data]);
  assert.equal(imported.code, 0, imported.stderr);
  assert.equal((JSON.parse(imported.stdout) as GridImported).trackId, track.id);
  const [changed] = await tracks();
  assert.equal(changed?.gridOrigin, "imported");
  // The first beat lies on the very first sample, and stays there.
  assert.equal(changed?.profile.beatsS.length, file.beatsS.length);
  const laterS = (changed?.profile.downbeatsS[0] ?? NaN) - (file.beatsS[1] ?? NaN);
  assert.ok(Math.abs(laterS) < 0.005, `${laterS}`);

  const refused = await runUpbeat(["grid", "import", join(music, "band.wav"), ...data]);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /^[^\n]*is not JSON\.\n$/);
});
