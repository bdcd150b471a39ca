import assert from "node:assert/strict";
import { test } from "node:test";
import { demoPlannerTracks } from "#composer/demo-tracks.ts";
import { toPlannerTrack } from "#domain/track.ts";
import { ComposerClosedError, type DemoComposer } from "#server/ports/demo-composer.ts";
import type { LibraryProgress } from "#server/ports/library-watch.ts";
import { memoryTracks } from "../adapters/memory/memory-tracks.ts";
import { createDemoLibrary } from "./compose-demo-library.ts";
import { createLibraryWatch } from "./library-watch.ts";

interface TwinOptions {
  readonly lanes?: number;
  /** Closes itself after so many files, as a killed process would stop. */
  readonly stopAfter?: number;
  readonly failing?: string;
  readonly revision?: number;
  /** Files that survive from an earlier run. */
  readonly disk?: Map<string, number>;
}

function composerTwin(options: TwinOptions = {}): DemoComposer & { readonly asked: string[] } {
  const disk = options.disk ?? new Map<string, number>();
  const asked: string[] = [];
  let made = 0;
  const pathOf = (trackId: string): string => `/demo/${trackId}.${options.revision ?? 1}.ogg`;
  return {
    asked,
    lanes: options.lanes ?? 1,
    pathOf,
    sizeOf: async (trackId) => disk.get(pathOf(trackId)) ?? null,
    async compose(trackId) {
      if (made === options.stopAfter) throw new ComposerClosedError("closed");
      asked.push(trackId);
      if (trackId === options.failing) throw new Error("No space left on the disk.");
      made += 1;
      disk.set(pathOf(trackId), 1000);
      return { path: pathOf(trackId), sizeBytes: 1000, modifiedMs: 5, loudnessLufs: -14, truePeakDbtp: -2 };
    },
    close: async () => {},
  };
}

function setting(composer: DemoComposer, tracks = memoryTracks()) {
  const watch = createLibraryWatch();
  const seen: LibraryProgress[] = [];
  watch.subscribe((progress) => seen.push(progress));
  let nowMs = 0;
  const clock = { nowMs: () => (nowMs += 1000) };
  return { library: createDemoLibrary({ tracks, composer, watch, clock }), tracks, seen };
}

const planned = demoPlannerTracks();

test("every track lands in the store as the planner knows it, and progress ends idle", async () => {
  const { library, tracks, seen } = setting(composerTwin({ lanes: 2 }));
  const result = await library.compose();
  assert.deepEqual(result, { composed: planned.length, failed: [] });
  const stored = (await tracks.allTracks()).map((track) => toPlannerTrack(track));
  const byId = (one: { id: string }, other: { id: string }): number => (one.id < other.id ? -1 : 1);
  assert.deepEqual(stored.toSorted(byId), planned.toSorted(byId));
  assert.equal(seen.at(-1)?.state, "idle");
  assert.equal(seen.at(-1)?.done, planned.length);
  assert.ok(seen.some((progress) => progress.state === "composing" && (progress.secondsLeft ?? 0) > 0));
  assert.deepEqual(
    seen.map((progress) => progress.done).toSorted((a, b) => a - b),
    seen.map(({ done }) => done),
  );
});

test("tracks asked for come first, also when asked for later", async () => {
  const composer = composerTwin();
  const { library } = setting(composer);
  const [firstId, secondId, lateId] = [planned[20]?.id ?? "", planned[3]?.id ?? "", planned[9]?.id ?? ""];
  const done = library.compose([firstId, secondId]);
  while (composer.asked.length < 3) await Promise.resolve();
  library.prefer([lateId]);
  await done;
  assert.deepEqual(composer.asked.slice(0, 2), [firstId, secondId]);
  const lateAt = composer.asked.indexOf(lateId);
  assert.ok(lateAt >= 2 && lateAt <= 5, `came at ${lateAt}`);
});

test("after a kill only what is missing is rendered", async () => {
  const disk = new Map<string, number>();
  const tracks = memoryTracks();
  const killed = composerTwin({ stopAfter: 7, disk });
  await setting(killed, tracks).library.compose();
  assert.equal((await tracks.allTracks()).length, 7);
  const again = composerTwin({ disk });
  const result = await setting(again, tracks).library.compose();
  assert.equal(result.composed, planned.length - 7);
  assert.ok(again.asked.every((trackId) => !killed.asked.includes(trackId)));
  const idle = composerTwin({ disk });
  assert.deepEqual(await setting(idle, tracks).library.compose(), { composed: 0, failed: [] });
});

test("a file that is gone or cut short is made again", async () => {
  const disk = new Map<string, number>();
  const tracks = memoryTracks();
  const composer = composerTwin({ disk });
  await setting(composer, tracks).library.compose();
  disk.delete(composer.pathOf(planned[0]?.id ?? ""));
  disk.set(composer.pathOf(planned[1]?.id ?? ""), 400);
  const again = composerTwin({ disk });
  await setting(again, tracks).library.compose();
  assert.deepEqual(again.asked.toSorted(), [planned[0]?.id, planned[1]?.id].toSorted());
});

test("music of another revision replaces the old under the same id, so that what people said of it stays", async () => {
  const tracks = memoryTracks();
  await setting(composerTwin(), tracks).library.compose();
  const trackId = planned[0]?.id ?? "";
  await setting(composerTwin({ revision: 2 }), tracks).library.compose();
  assert.equal(await tracks.audioPath(trackId), `/demo/${trackId}.2.ogg`);
  assert.equal((await tracks.getTrack(trackId))?.id, trackId);
  assert.equal((await tracks.allTracks()).length, planned.length);
});

test("a track that fails is told of and the others go on", async () => {
  const failing = planned[12]?.id ?? "";
  const { library, seen } = setting(composerTwin({ failing, lanes: 2 }));
  const result = await library.compose();
  assert.deepEqual(result.failed, [{ trackId: failing, reason: "No space left on the disk." }]);
  assert.equal(result.composed, planned.length - 1);
  assert.equal(seen.at(-1)?.failed, 1);
});
