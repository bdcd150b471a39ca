/** Simulated people in classes of the catalogue: how far tracks are stretched, and how fast the tempo moves meanwhile. */
import { demoPlannerTracks } from "#composer/demo-tracks.ts";
import { defaultAthlete } from "#domain/athlete.ts";
import { catalogue } from "#domain/catalogue/index.ts";
import type { ClassPlan } from "#domain/class-plan.ts";
import type { PlannerTrack } from "#domain/track.ts";
import type { Mode } from "#domain/soundtrack.ts";
import { SimulatedAthlete } from "#engine/athlete/simulated.ts";
import { Conductor } from "#engine/conductor.ts";
import { plannedEngine } from "./conductor-ride.ts";
import { seededLibrary } from "./soundtrack/library.ts";

const tickMs = 50;
const longestS = 2400;
const classCount = 12;

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

/** Seconds of music, and those stretched by 8 % at most. */
function takeClass(
  plan: ClassPlan,
  tracks: readonly PlannerTrack[],
  mode: Mode,
  seed: number,
): [number, number] {
  const source = new SimulatedAthlete({ seed, plan, athlete: defaultAthlete });
  const engine = plannedEngine(plan, tracks, mode);
  let [all, near] = [0, 0];
  engine.handle({ kind: "start", tMs: 0 });
  for (let tMs = tickMs; tMs < Math.min(longestS, plan.durationS) * 1000; tMs += tickMs) {
    for (const sample of source.advance(tMs, engine.snapshot(tMs))) {
      engine.handle({ kind: "sample", tMs: sample.tMs, sample });
    }
    engine.handle({ kind: "tick", tMs });
    if (tMs % 1000 !== 500) continue;
    const { tempoBpm, stretch } = engine.snapshot(tMs);
    if (tempoBpm === null) continue;
    all += 1;
    if (Math.abs(stretch - 1) <= 0.08) near += 1;
  }
  return [all, near];
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

export function noteClasses(figures: Record<string, number | null>, seed: number): void {
  const libraries = { "demo tracks": demoPlannerTracks(), "300 tracks": seededLibrary(300, seed) };
  const most = watchConductors(() => {
    for (const [name, tracks] of Object.entries(libraries)) {
      let [all, near] = [0, 0];
      for (const [index, plan] of someClasses().entries()) {
        const [seconds, within] = takeClass(plan, tracks, "auto", seed + index);
        all += seconds;
        near += within;
      }
      figures[`classes, ${name}: stretch within 8 %, % of time`] = (100 * near) / all;
    }
  });
  figures["base tempo slew, chosen, most % a s"] = 100 * most.chosenSlew;
  figures["base tempo slew, following, most % a s"] = 100 * most.followedSlew;
  figures["phase pull, most %"] = 100 * most.pull;
}
