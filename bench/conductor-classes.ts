/** Simulated people in classes of the catalogue: how far tracks are stretched, and how fast the tempo moves meanwhile. */
import { demoPlannerTracks } from "#composer/demo-tracks.ts";
import { defaultAthlete } from "#domain/athlete.ts";
import { catalogue } from "#domain/catalogue/index.ts";
import type { ClassPlan, Sport } from "#domain/class-plan.ts";
import type { PlannerTrack } from "#domain/track.ts";
import { tempoRatiosOf } from "#domain/soundtrack/objective.ts";
import type { Mode } from "#domain/soundtrack.ts";
import { SimulatedAthlete } from "#engine/athlete/simulated.ts";
import { Conductor } from "#engine/conductor.ts";
import { strokesPerUnit } from "#engine/track-fit.ts";
import { plannedEngine } from "./conductor-ride.ts";
import { seededLibrary } from "./soundtrack/library.ts";

const tickMs = 50;
const longestS = 2400;
const classCount = 12;
const easyStretch = 0.08;
/** The bound may take another track so often. */
const boundWindowS = 30;
const slowestStrokeMs = 6000;

interface Watched {
  /** Base tempo against the step before, per second; by whether it follows a person or chooses by itself. */
  chosenSlew: number;
  followedSlew: number;
  pull: number;
}

/** Looks over the shoulder of every conductor while `run` runs: the greatest of each. Jumps to a class's new target are no slew. */
function watchConductors(run: () => void): Watched {
  const most: Watched = { chosenSlew: 0, followedSlew: 0, pull: 0 };
  const step = Reflect.get(Conductor.prototype, "step");
  const lastMs = new WeakMap<Conductor, number>();
  Conductor.prototype.step = function watched(view) {
    const before = this.base;
    const conducted = step.call(this, view);
    const sinceS = (view.nowMs - (lastMs.get(this) ?? Number.NaN)) / 1000;
    lastMs.set(this, view.nowMs);
    if (sinceS > 0) {
      const slew = Math.abs(this.base / before - 1) / sinceS;
      const follows = view.movement !== null && view.mode !== "steady";
      if (follows) most.followedSlew = Math.max(most.followedSlew, slew);
      else most.chosenSlew = Math.max(most.chosenSlew, slew);
      most.pull = Math.max(most.pull, Math.abs(conducted.unitsPerS / this.base - 1));
    }
    return conducted;
  };
  try {
    run();
  } finally {
    Conductor.prototype.step = step;
  }
  return most;
}

/** Counts of seconds of music. */
interface Seconds {
  all: number;
  /** Stretched by 8 % at most. */
  near: number;
  /** The same for who knows the ride beforehand, takes the library's best track for every 30 s, and puts each beat exactly onto its stroke. */
  possible: number;
}

/** Seconds of a window for which the best of the tracks would be within 8 % of the cadence. */
function mostWithin(cadences: readonly number[], tracks: readonly PlannerTrack[], sport: Sport): number {
  let most = 0;
  for (const { tempoBpm } of tracks) {
    for (const ratio of tempoRatiosOf(sport)) {
      const fits = (cadence: number): boolean => Math.abs((ratio * cadence) / tempoBpm - 1) <= easyStretch;
      most = Math.max(most, cadences.filter(fits).length);
    }
  }
  return most;
}

function takeClass(plan: ClassPlan, tracks: readonly PlannerTrack[], mode: Mode, seed: number): Seconds {
  const source = new SimulatedAthlete({ seed, plan, athlete: defaultAthlete });
  const engine = plannedEngine(plan, tracks, mode);
  const seconds: Seconds = { all: 0, near: 0, possible: 0 };
  let cadences: number[] = [];
  const bound = (): void => {
    seconds.possible += mostWithin(cadences, tracks, plan.sport);
    cadences = [];
  };
  engine.handle({ kind: "start", tMs: 0 });
  for (let tMs = tickMs; tMs < Math.min(longestS, plan.durationS) * 1000; tMs += tickMs) {
    for (const sample of source.advance(tMs, engine.snapshot(tMs))) {
      engine.handle({ kind: "sample", tMs: sample.tMs, sample });
    }
    engine.handle({ kind: "tick", tMs });
    if (tMs % 1000 !== 500) continue;
    const { tempoBpm, stretch } = engine.snapshot(tMs);
    if (tempoBpm === null) continue;
    seconds.all += 1;
    if (Math.abs(stretch - 1) <= easyStretch) seconds.near += 1;
    const [before = 0, last = 0] = source.strokesBetween(tMs - 2 * slowestStrokeMs, tMs).slice(-2);
    cadences.push(60_000 / (last - before) / strokesPerUnit(plan.sport));
    if (cadences.length === boundWindowS) bound();
  }
  bound();
  return seconds;
}

/** Of each sport with a cadence, classes evenly taken from the catalogue's order. */
function someClasses(): ClassPlan[] {
  const rhythmic = catalogue().filter(({ blocks, durationS }) => {
    return durationS >= 900 && blocks.every(({ cadence }) => cadence !== null);
  });
  return Array.from({ length: classCount }, (_, index) => {
    return rhythmic[Math.floor(((index + 0.5) * rhythmic.length) / classCount)];
  }).filter((plan) => plan !== undefined);
}

type Figures = Record<string, number | null>;

export function noteClasses(figures: Figures, bounds: Figures, seed: number): void {
  const libraries = { "demo tracks": demoPlannerTracks(), "300 tracks": seededLibrary(300, seed) };
  const most = watchConductors(() => {
    for (const [name, tracks] of Object.entries(libraries)) {
      const sum: Seconds = { all: 0, near: 0, possible: 0 };
      for (const [index, plan] of someClasses().entries()) {
        const seconds = takeClass(plan, tracks, "auto", seed + index);
        for (const key of ["all", "near", "possible"] as const) sum[key] += seconds[key];
      }
      const figure = `classes, ${name}: stretch within 8 %, % of time`;
      figures[figure] = (100 * sum.near) / sum.all;
      bounds[figure] = (100 * sum.possible) / sum.all;
    }
  });
  figures["base tempo slew, chosen, most % a s"] = 100 * most.chosenSlew;
  figures["base tempo slew, following, most % a s"] = 100 * most.followedSlew;
  figures["phase pull, most %"] = 100 * most.pull;
}
