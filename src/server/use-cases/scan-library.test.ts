import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { memoryTracks } from "#server/adapters/memory/memory-tracks.ts";
import { AnalyserClosedError, UnusableFileError, type Analyser } from "#server/ports/analyser.ts";
import type { LibraryProgress } from "#server/ports/library-watch.ts";
import type { FoundFile, MusicFiles } from "#server/ports/music-files.ts";
import { createLibraryWatch } from "./library-watch.ts";
import { createLibraryScanner } from "./scan-library.ts";

const profile = {
  tempoBpm: 120,
  tempoConfidence: 0.9,
  confident: true,
  beatsS: [0, 0.5],
  downbeatsS: [0],
  key: "8A",
  keyConfidence: 0.5,
  loudnessLufs: -14,
  truePeakDbtp: -1,
  energy: 0.5,
  durationS: 200,
} as const;

/** A disk of names and contents; a content that begins with "!" is unusable for that reason. */
function world(contents: Map<string, string>) {
  const found = new Map<string, FoundFile>();
  const touched = new Map<string, number>();
  const asked: string[] = [];
  const files: MusicFiles = {
    async *walk(folder) {
      for (const [path, content] of contents) {
        if (!path.startsWith(`${folder}/`)) continue;
        yield found.get(path) ?? { path, sizeBytes: content.length, modifiedMs: touched.get(path) ?? 1 };
      }
      const root = found.get(folder);
      if (root !== undefined) yield root;
    },
    isUnder: (path, folder) => path === folder || path.startsWith(`${folder}/`),
  };
  const analyser: Analyser = {
    lanes: 2,
    async analyse(path) {
      asked.push(path);
      const content = contents.get(path) ?? "!it is not there";
      if (content === "STOP") throw new AnalyserClosedError("closed");
      if (content.startsWith("!")) throw new UnusableFileError(content.slice(1));
      const title = content;
      const tags = { title, artist: "Somebody", album: null, genre: null, year: null };
      return {
        contentHash: Buffer.from(content).toString("hex").padEnd(64, "0"),
        profile,
        tags,
        cover: null,
      };
    },
    close: async () => undefined,
  };
  const tracks = memoryTracks();
  const watch = createLibraryWatch();
  const told: LibraryProgress[] = [];
  watch.subscribe((progress) => told.push(progress));
  let now = 0;
  const clock = { nowMs: () => (now += 1000) };
  const scanner = createLibraryScanner({ tracks, analyser, files, watch, clock });
  return { contents, found, touched, asked, tracks, told, scan: () => scanner.scan(["/music"]) };
}

describe("scanning a music folder", () => {
  test("makes tracks of files, lists failures, and does each file once", async () => {
    const w = world(
      new Map([
        ["/music/a.mp3", "A"],
        ["/music/b.mp3", "!it is damaged"],
        ["/other/c.mp3", "C"],
      ]),
    );
    const first = await w.scan();
    assert.deepEqual(
      { tracks: first.tracks, analysed: first.analysed, failed: first.failed },
      { tracks: 1, analysed: 1, failed: [{ path: "/music/b.mp3", reason: "it is damaged" }] },
    );
    assert.ok(first.seconds > 0);
    const again = await w.scan();
    assert.equal(again.analysed, 0);
    assert.deepEqual(again.failed, first.failed);
    assert.deepEqual(w.asked.toSorted(), ["/music/a.mp3", "/music/b.mp3"]);
  });

  test("looks again at a file that changed", async () => {
    const w = world(new Map([["/music/a.mp3", "A"]]));
    await w.scan();
    w.contents.set("/music/a.mp3", "Other music");
    await w.scan();
    assert.deepEqual(
      (await w.tracks.allTracks()).map(({ title }) => title),
      ["Other music"],
    );
    w.touched.set("/music/a.mp3", 2);
    assert.equal((await w.scan()).analysed, 1);
  });

  test("forgets what is gone, and keeps the track of what moved", async () => {
    const w = world(
      new Map([
        ["/music/a.mp3", "A"],
        ["/music/b.mp3", "B"],
      ]),
    );
    await w.scan();
    const [track] = await w.tracks.allTracks();
    w.contents.delete("/music/a.mp3");
    w.contents.delete("/music/b.mp3");
    w.contents.set("/music/moved/a.mp3", "A");
    const { tracks } = await w.scan();
    assert.equal(tracks, 1);
    assert.equal((await w.tracks.getTrack(track.id))?.id, track.id);
    assert.equal(await w.tracks.audioPath(track.id), "/music/moved/a.mp3");
  });

  test("two copies of one file are one track", async () => {
    const w = world(
      new Map([
        ["/music/a.mp3", "A"],
        ["/music/copy.mp3", "A"],
      ]),
    );
    assert.equal((await w.scan()).tracks, 1);
  });

  test("a drive that is not mounted loses nothing", async () => {
    const w = world(new Map([["/music/a.mp3", "A"]]));
    await w.scan();
    w.contents.clear();
    w.found.set("/music", { path: "/music", reason: "it is not there" });
    const gone = await w.scan();
    assert.equal(gone.tracks, 1);
    assert.deepEqual(gone.failed, [{ path: "/music", reason: "it is not there" }]);
    w.found.clear();
    w.contents.set("/music/a.mp3", "A");
    const back = await w.scan();
    assert.deepEqual([back.tracks, back.analysed, back.failed.length], [1, 0, 0]);
  });

  test("a scan that was stopped goes on where it ended", async () => {
    const w = world(
      new Map([
        ["/music/a.mp3", "A"],
        ["/music/b.mp3", "STOP"],
        ["/music/c.mp3", "C"],
        ["/music/d.mp3", "D"],
      ]),
    );
    const stopped = await w.scan();
    assert.ok(stopped.analysed < 3);
    w.contents.set("/music/b.mp3", "B");
    const rest = await w.scan();
    assert.equal(rest.tracks, 4);
    assert.equal(stopped.analysed + rest.analysed, 4);
  });

  test("tells how far it is", async () => {
    const w = world(
      new Map([
        ["/music/a.mp3", "A"],
        ["/music/b.mp3", "!no"],
        ["/music/c.mp3", "C"],
      ]),
    );
    await w.scan();
    assert.equal(w.told[0].state, "scanning");
    const last = w.told.at(-1) ?? assert.fail("told nothing");
    assert.deepEqual([last.state, last.done, last.total, last.failed], ["idle", 3, 3, 1]);
    assert.ok(
      w.told.some(
        ({ current, secondsLeft, tracksPerMinute }) =>
          current === "c.mp3" && tracksPerMinute >= 0 && (secondsLeft ?? 1) > 0,
      ),
    );
  });
});
