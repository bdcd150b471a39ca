/**
 * From the grid to bar lines: every change of track moves to a bar line of the outgoing track as it will sound, and the
 * incoming track enters there on a downbeat, so that bars line up. A change moves by about half a bar; further only where
 * a slot would otherwise fall under its shortest length.
 */
import { beatGridOf, type PlannerTrack } from "../track.ts";
import type { Seconds } from "../units.ts";
import type { Instance } from "./instance.ts";
import type { Segment } from "./relaxation.ts";
import { cutPieces, playedPieces, sourceLengthS, timeAfterSource, type PlayedPiece } from "./timeline.ts";

export interface Placed {
  readonly track: PlannerTrack;
  readonly startS: Seconds;
  readonly endS: Seconds;
  readonly sourceStartS: Seconds;
  readonly played: readonly PlayedPiece[];
}

interface Course {
  readonly placed: readonly Placed[];
  readonly endS: Seconds;
  /** Sum of squared moves away from the grid, and fines for short slots. */
  readonly badness: number;
}

/** How far ahead of a grid boundary bar lines are looked for. */
const reachS: Seconds = 10;
const barLinesTried = 3;
const coursesKept = 16;
/** Fine for a change off the bar line of the outgoing track, as for a change five seconds from the grid. */
const offBar = 25;
/** Fine for a slot shorter than allowed, or one past the end of its track: only where there is no other way. */
const misfit = 1e6;

/** Up to three bar lines on either side of a place in a track. */
function barLinesNear(downbeatsS: readonly Seconds[], sourceS: Seconds): Seconds[] {
  let low = 0;
  let high = downbeatsS.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((downbeatsS[middle] ?? Infinity) < sourceS) low = middle + 1;
    else high = middle;
  }
  return downbeatsS.slice(Math.max(0, low - barLinesTried), low + barLinesTried);
}

interface Step {
  readonly track: PlannerTrack;
  readonly entryS: Seconds;
  readonly gridEndS: Seconds;
  readonly downbeatsS: readonly Seconds[];
  readonly last: boolean;
  /** How the track plays the class around its slot: fitted once for every end tried. */
  readonly played: readonly PlayedPiece[];
}

interface End {
  readonly endS: Seconds;
  readonly fine: number;
}

/** Where the slot of a step that starts at `startS` may end. */
function endsOf(step: Step, startS: Seconds, shortestS: Seconds): End[] {
  if (step.last) return [{ endS: step.gridEndS, fine: 0 }];
  const offGrid = { endS: Math.max(step.gridEndS, startS + shortestS), fine: offBar };
  if (step.downbeatsS.length === 0) return [offGrid];
  const played = cutPieces(step.played, startS, step.gridEndS + reachS);
  const before = cutPieces(step.played, startS, step.gridEndS);
  const ends = barLinesNear(step.downbeatsS, step.entryS + sourceLengthS(before))
    .map((barLineS) => timeAfterSource(played, barLineS - step.entryS))
    .filter((endS) => endS > startS && Number.isFinite(endS))
    .map((endS) => ({ endS, fine: 0 }));
  return [...ends, offGrid];
}

function place(course: Course, step: Step, { endS, fine }: End, shortestS: Seconds): Course {
  const startS = course.endS;
  const played = cutPieces(step.played, startS, endS);
  const short = endS - startS < shortestS - 1e-6 ? misfit + (shortestS - (endS - startS)) : 0;
  const past = Math.max(0, step.entryS + sourceLengthS(played) - step.track.durationS);
  const badness =
    course.badness + fine + (endS - step.gridEndS) ** 2 + short + (past > 0 ? misfit * (1 + past) : 0);
  const placed: Placed = { track: step.track, startS, endS, sourceStartS: step.entryS, played };
  return { placed: [...course.placed, placed], endS, badness };
}

/** Places the segments of a soundtrack on the class's time, changes on bar lines. */
export function alignToBars(instance: Instance, path: readonly Segment[]): readonly Placed[] {
  const { boundaries, ratios, tracks, playable } = instance;
  const shortestS = Math.min(
    ...path.map(({ start, end }) => (boundaries[end] ?? 0) - (boundaries[start] ?? 0)),
    instance.shortestS,
  );
  const pieces = instance.pieces.flat();
  let courses: Course[] = [{ placed: [], endS: boundaries[0] ?? 0, badness: 0 }];
  path.forEach((segment, index) => {
    const track = tracks[segment.track];
    if (track === undefined) return;
    const gridEndS = boundaries[segment.end] ?? 0;
    const startsS = courses.map(({ endS }) => endS);
    const lastS = Math.max(gridEndS, Math.max(...startsS) + shortestS) + reachS;
    const step: Step = {
      track,
      entryS: playable[segment.track]?.entryS ?? 0,
      gridEndS,
      played: playedPieces(pieces, ratios, track, Math.min(...startsS), lastS),
      downbeatsS: beatGridOf(track).downbeatsS,
      last: index === path.length - 1,
    };
    courses = courses
      .flatMap((course) =>
        endsOf(step, course.endS, shortestS).map((end) => place(course, step, end, shortestS)),
      )
      .sort((a, b) => a.badness - b.badness)
      .slice(0, coursesKept);
  });
  return courses[0]?.placed ?? [];
}
