import type { BeatGrid, PlannerTrack } from "#domain/track.ts";
import { arrange, secondsAtBeat, tailS, totalBars } from "./arrangement.ts";
import { trackSpecs } from "./demo-specs.ts";
import type { TrackSpec } from "./score.ts";

/** Loudness every demo track is mastered to, LUFS. */
export const demoLoudnessLufs = -14;
/** Who made the demo library. */
export const demoArtist = "Upbeat";

/** Stable track id of a spec, `demo-<slug>`. */
export function demoTrackId(spec: Pick<TrackSpec, "slug">): string {
  return `demo-${spec.slug}`;
}

/** Where the beats lie: exact, because the composer puts them there. */
export function beatGridOfSpec(spec: TrackSpec): BeatGrid {
  const beatCount = totalBars(arrange(spec)) * spec.beatsPerBar;
  const beatsS = Array.from({ length: beatCount }, (_, beat) => secondsAtBeat(spec, beat));
  return { beatsS, downbeatsS: beatsS.filter((_, beat) => beat % spec.beatsPerBar === 0) };
}

/** Length of the rendered audio, the tail included. */
export function durationOfSpecS(spec: TrackSpec): number {
  return secondsAtBeat(spec, totalBars(arrange(spec)) * spec.beatsPerBar) + tailS;
}

/** The whole demo library as the planner sees it, without rendering anything. */
export function demoPlannerTracks(): readonly PlannerTrack[] {
  return trackSpecs.map((spec) => ({
    id: demoTrackId(spec),
    title: spec.title,
    artist: demoArtist,
    durationS: durationOfSpecS(spec),
    tempoBpm: spec.tempoBpm,
    key: spec.key,
    energy: spec.energy,
    taste: 0.5,
    confident: true,
    loudnessLufs: demoLoudnessLufs,
    ...beatGridOfSpec(spec),
  }));
}

/**
 * The order in which the library is best filled when nobody asks for particular tracks: first the middle of the tempo
 * range, then the gaps between, ever finer (van der Corput), so that any few of them already cover it.
 */
export function orderOfUse(specs: readonly TrackSpec[]): readonly TrackSpec[] {
  const corput = (index: number): number => {
    let share = 0;
    for (let rest = index, unit = 0.5; rest > 0; rest >>= 1, unit /= 2) if (rest & 1) share += unit;
    return share;
  };
  const order = new Set<TrackSpec>();
  for (let index = 1; order.size < specs.length; index++)
    order.add(specs[Math.floor(corput(index) * specs.length)]);
  return [...order];
}
