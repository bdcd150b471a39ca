import {
  beatGridOfSpec,
  demoArtist,
  demoTrackId,
  durationOfSpecS,
  orderOfUse,
} from "#composer/demo-tracks.ts";
import { trackSpecs } from "#composer/demo-specs.ts";
import type { TrackSpec } from "#composer/score.ts";
import type { Track } from "#domain/track.ts";
import { ComposerClosedError, type ComposedFile, type DemoComposer } from "#server/ports/demo-composer.ts";
import type { Clock } from "#server/ports/environment.ts";
import type { LibraryWatch } from "#server/ports/library-watch.ts";
import type { TrackStore } from "#server/ports/store.ts";

export interface DemoLibraryDeps {
  readonly tracks: TrackStore;
  readonly composer: DemoComposer;
  readonly watch: LibraryWatch;
  readonly clock: Clock;
}

export interface DemoLibraryResult {
  /** Rendered now; those already there are not counted. */
  readonly composed: number;
  readonly failed: readonly { readonly trackId: string; readonly reason: string }[];
}

export interface DemoLibrary {
  /**
   * Renders what is not there yet, `first` before the rest, and puts each track into the store once its file is
   * complete. May be stopped at any moment by closing the composer, or killed: the next call goes on where it ended.
   */
  compose(first?: readonly string[]): Promise<DemoLibraryResult>;
  /** Moves these tracks to the front of what is still to be rendered: a class is about to need them. */
  prefer(trackIds: readonly string[]): void;
}

export function createDemoLibrary(deps: DemoLibraryDeps): DemoLibrary {
  let waiting: TrackSpec[] = [];
  const prefer = (trackIds: readonly string[]): void => {
    const rank = (spec: TrackSpec): number => {
      const at = trackIds.indexOf(demoTrackId(spec));
      return at === -1 ? trackIds.length : at;
    };
    waiting = waiting.toSorted((one, other) => rank(one) - rank(other));
  };

  return {
    prefer,
    async compose(first = []) {
      const missing: TrackSpec[] = [];
      for (const spec of orderOfUse(trackSpecs)) if (!(await isThere(deps, spec))) missing.push(spec);
      waiting = missing;
      prefer(first);
      const run = startRun(deps, missing.length);
      const lane = async (): Promise<void> => {
        for (let spec = waiting.shift(); spec !== undefined; spec = waiting.shift()) {
          if (!(await run.composeOne(spec))) waiting = [];
        }
      };
      await Promise.all(Array.from({ length: deps.composer.lanes }, lane));
      return run.finish();
    },
  };
}

/** Whether the store has the track and its file is complete, made by this version of the composer. */
async function isThere({ tracks, composer }: DemoLibraryDeps, spec: TrackSpec): Promise<boolean> {
  const trackId = demoTrackId(spec);
  const file = await tracks.getFile(composer.pathOf(trackId));
  if (file === null || (await tracks.getTrack(trackId)) === null) return false;
  return (await composer.sizeOf(trackId)) === file.sizeBytes;
}

/** One pass through the missing tracks, and what is told about it. */
function startRun({ tracks, composer, watch, clock }: DemoLibraryDeps, total: number) {
  const startedMs = clock.nowMs();
  const failed: { trackId: string; reason: string }[] = [];
  const current = new Set<string>();
  let composed = 0;

  const publish = (state: "composing" | "idle"): void => {
    const elapsedMin = (clock.nowMs() - startedMs) / 60_000;
    const tracksPerMinute = elapsedMin > 0 ? composed / elapsedMin : 0;
    const left = total - composed - failed.length;
    watch.publish({
      state,
      done: composed,
      total,
      failed: failed.length,
      tracksPerMinute,
      secondsLeft: tracksPerMinute > 0 ? (left / tracksPerMinute) * 60 : null,
      current: state === "idle" ? null : ([...current][0] ?? null),
    });
  };

  return {
    /** False when the composer was closed: there is no point in going on. */
    async composeOne(spec: TrackSpec): Promise<boolean> {
      const trackId = demoTrackId(spec);
      current.add(spec.title);
      publish("composing");
      try {
        const before = await tracks.audioPath(trackId);
        const file = await composer.compose(trackId);
        await keep(tracks, spec, file);
        if (before !== null && before !== file.path) await tracks.removeFile(before);
        composed += 1;
      } catch (error) {
        if (error instanceof ComposerClosedError) return false;
        failed.push({ trackId, reason: error instanceof Error ? error.message : String(error) });
      } finally {
        current.delete(spec.title);
      }
      publish("composing");
      return true;
    },
    finish(): DemoLibraryResult {
      if (total > 0) publish("idle");
      return { composed, failed };
    },
  };
}

async function keep(tracks: TrackStore, spec: TrackSpec, file: ComposedFile): Promise<void> {
  const { path, sizeBytes, modifiedMs } = file;
  const trackId = demoTrackId(spec);
  await tracks.putTrack(trackOf(spec, file), { path, sizeBytes, modifiedMs, outcome: { trackId } });
}

/** A demo track's profile: grid, tempo, key and energy are what was composed; loudness and peak are measured. */
function trackOf(spec: TrackSpec, file: ComposedFile): Track {
  return {
    id: demoTrackId(spec),
    source: "demo",
    title: spec.title,
    artist: demoArtist,
    album: spec.album,
    genre: spec.style,
    year: null,
    hasCover: false,
    profile: {
      ...beatGridOfSpec(spec),
      tempoBpm: spec.tempoBpm,
      tempoConfidence: 1,
      confident: true,
      key: spec.key,
      keyConfidence: 1,
      loudnessLufs: file.loudnessLufs,
      truePeakDbtp: file.truePeakDbtp,
      energy: spec.energy,
      durationS: durationOfSpecS(spec),
    },
  };
}
