import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { memorySounds } from "#server/adapters/memory/memory-sounds.ts";
import { emptyShelf, memoryTracks } from "#server/adapters/memory/memory-tracks.ts";
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
      // "music|tags"
      const [music = "", title = music] = content.split("|");
      const tags = { title, artist: "Somebody", album: null, genre: null, year: null };
      return {
        sound: {
          audioHash: Buffer.from(music).toString("hex").padEnd(64, "0"),
          fingerprint: Uint8Array.of(1),
        },
        profile,
        tags,
        cover: null,
      };
    },
    close: async () => undefined,
  };
  const shelf = emptyShelf();
  const [tracks, sounds] = [memoryTracks(shelf), memorySounds(shelf)];
  const watch = createLibraryWatch();
  const told: LibraryProgress[] = [];
  watch.subscribe((progress) => told.push(progress));
  let now = 0;
  const clock = { nowMs: () => (now += 1000) };
  const scanner = createLibraryScanner({ tracks, sounds, analyser, files, watch, clock });
  return { contents, found, touched, asked, tracks, sounds, told, scan: () => scanner.scan(["/music"]) };
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

  test("a file tagged anew stays the same track, also when it moves and another copy stays", async () => {
    const w = world(new Map([["/music/a.mp3", "A|Old title"]]));
    await w.scan();
    const [track] = await w.tracks.allTracks();
    w.contents.set("/music/a.mp3", "A|Its new title");
    await w.scan();
    const [tagged, ...others] = await w.tracks.allTracks();
    assert.deepEqual(others, []);
    assert.deepEqual([tagged.id, tagged.title], [track.id, "Its new title"]);
    w.contents.set("/music/b.mp3", "A|Newest title");
    await w.scan();
    assert.deepEqual(
      (await w.tracks.allTracks()).map(({ id }) => id),
      [track.id],
    );
  });

  test("a library from before sounds were kept is looked at once more and keeps its tracks", async () => {
    const w = world(
      new Map([
        ["/music/same.mp3", "A"],
        ["/music/tagged.mp3", "B|New title, and longer"],
        ["/music/other.mp3", "C"],
      ]),
    );
    const tags = { title: "Old", artist: "Somebody", album: null, genre: null, year: null };
    const old = (id: string) => ({ id, source: "library", hasCover: false, ...tags, profile }) as const;
    for (const [name, id, sizeBytes] of [
      ["same", "t-1", 1],
      ["tagged", "t-2", 1],
      ["other", "t-3", 9],
    ] as const) {
      const found = { ...old(id), profile: { ...profile, durationS: id === "t-3" ? 190 : 200 } };
      await w.tracks.putTrack(found, {
        path: `/music/${name}.mp3`,
        sizeBytes,
        modifiedMs: 1,
        outcome: { trackId: id },
      });
    }
    assert.equal((await w.scan()).analysed, 3);
    const tracks = new Map((await w.tracks.allTracks()).map(({ id, title }) => [id, title]));
    assert.equal(tracks.get("t-1"), "A");
    assert.equal(tracks.get("t-2"), "New title, and longer");
    assert.equal(tracks.has("t-3"), false, "another song under the same name is another track");
    assert.equal(tracks.size, 3);
    assert.equal((await w.scan()).analysed, 0);
    w.contents.delete("/music/same.mp3");
    w.contents.set("/music/moved.mp3", "A|Moved and tagged");
    await w.scan();
    assert.equal((await w.tracks.getTrack("t-1"))?.title, "Moved and tagged");
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
