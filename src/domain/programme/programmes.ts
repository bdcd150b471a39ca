/** The programmes Upbeat ships. Every third or fourth week is lighter, where a programme is long enough for one. */
import { catalogue } from "../catalogue/index.ts";
import type { Programme } from "./programme.ts";

/** Class ids of one sport, written without it. */
function of(sport: string, weeks: readonly (readonly string[])[]): string[][] {
  return weeks.map((week) => week.map((slug) => `${sport}-${slug}`));
}

/** Nine weeks of three runs, as the catalogue has them. */
function couchToFiveK(): Programme {
  const runs = catalogue()
    .filter(({ family }) => family === "couch-to-5k")
    .map(({ id }) => id);
  const weeks = Array.from({ length: runs.length / 3 }, (_, week) => runs.slice(week * 3, week * 3 + 3));
  return {
    id: "couch-to-5k",
    title: "Couch to 5k",
    sport: "running",
    level: "beginner",
    description:
      "Nine weeks, three runs a week, with a day of rest between. It begins with a minute of running at a time and ends with half an hour.",
    weeks,
  };
}

const cyclingBase: Programme = {
  id: "cycling-base",
  title: "Cycling base",
  sport: "cycling",
  level: "intermediate",
  description:
    "Eight weeks of mostly easy riding with one firmer ride a week. Weeks four and eight are lighter. For the winter, or the start of anything.",
  weeks: of("cycling", [
    ["endurance-40", "cadence-high-and-low-30", "endurance-45"],
    ["endurance-45", "tempo-2x8-30", "endurance-50"],
    ["endurance-45", "tempo-2x10-35", "endurance-60"],
    ["recovery-30", "cadence-spin-ups-30", "endurance-45"],
    ["endurance-50", "tempo-3x8-40", "endurance-surges-60"],
    ["endurance-50", "tempo-2x15-45", "endurance-75"],
    ["endurance-60", "sweet-spot-2x12-40", "endurance-75"],
    ["recovery-30", "cadence-staircase-30", "endurance-60"],
  ]),
};

const thresholdBuilder: Programme = {
  id: "threshold-builder",
  title: "Threshold builder",
  sport: "cycling",
  level: "advanced",
  description:
    "Six weeks that raise the power you can hold. A ramp test at the start and at the end says by how much; week four is lighter.",
  weeks: of("cycling", [
    ["ramp-test-30", "sweet-spot-2x15-45", "endurance-60"],
    ["threshold-2x12-40", "sweet-spot-3x12-55", "endurance-60"],
    ["threshold-3x10-50", "norwegian-3x4-35", "endurance-75"],
    ["recovery-35", "tempo-2x10-35", "endurance-45"],
    ["threshold-2x15-45", "norwegian-4x4-40", "endurance-75"],
    ["recovery-30", "threshold-2x8-30", "ramp-test-30"],
  ]),
};

const firstRows: Programme = {
  id: "first-rows",
  title: "First rows",
  sport: "rowing",
  level: "beginner",
  description:
    "Six weeks on the rowing machine, three times a week, from twenty easy minutes to a steady forty-five.",
  weeks: of("rowing", [
    ["steady-row-20", "steady-row-20", "steady-row-25"],
    ["steady-row-25", "pressure-rate-20-5x60s-20", "steady-row-30"],
    ["steady-row-30", "pressure-rate-20-6x90s-25", "steady-row-30"],
    ["recovery-row-20", "steady-row-25", "steady-row-30"],
    ["steady-row-35", "tempo-row-2x8-30", "steady-row-40"],
    ["steady-row-35", "tempo-row-2x10-35", "steady-row-45"],
  ]),
};

const walkingFit: Programme = {
  id: "walking-fit",
  title: "Walking fit",
  sport: "walking",
  level: "beginner",
  description:
    "Six weeks of walking, four times a week: easy and brisk walks, and three fast minutes with three slow ones between.",
  weeks: of("walking", [
    ["easy-walk-20", "brisk-walk-20", "easy-walk-20", "interval-walk-3x180s-180s-25"],
    ["easy-walk-25", "brisk-walk-20", "easy-walk-25", "interval-walk-3x180s-180s-25"],
    ["easy-walk-30", "brisk-walk-25", "easy-walk-30", "interval-walk-4x180s-180s-35"],
    ["easy-walk-20", "brisk-walk-20", "easy-walk-25", "interval-walk-3x180s-180s-25"],
    ["easy-walk-35", "brisk-walk-30", "easy-walk-30", "interval-walk-4x180s-180s-35"],
    ["easy-walk-40", "brisk-walk-35", "easy-walk-35", "interval-walk-5x180s-180s-40"],
  ]),
};

const bodyweight: Programme = {
  id: "bodyweight-strength",
  title: "Strength without weights",
  sport: "strength",
  level: "beginner",
  description:
    "Six weeks, three times a week, with nothing but a floor: full body, lower body and core, a little longer each time.",
  weeks: of("strength", [
    ["full-body-bodyweight-30-30-15", "lower-body-bodyweight-30-30-15", "core-bodyweight-30-30-10"],
    ["full-body-bodyweight-30-30-20", "lower-body-bodyweight-30-30-15", "core-bodyweight-30-30-10"],
    ["full-body-bodyweight-30-30-20", "lower-body-bodyweight-30-30-20", "core-bodyweight-30-30-15"],
    ["full-body-bodyweight-30-30-15", "upper-body-bodyweight-30-30-15", "core-bodyweight-30-30-10"],
    ["full-body-bodyweight-30-30-25", "lower-body-bodyweight-30-30-20", "core-bodyweight-30-30-15"],
    ["full-body-bodyweight-40-20-20", "lower-body-bodyweight-40-20-15", "core-bodyweight-40-20-15"],
  ]),
};

const supple: Programme = {
  id: "supple",
  title: "Four supple weeks",
  sport: "mobility",
  level: "beginner",
  description:
    "Four short sessions a week for hips, spine, shoulders and balance, and a slow flow to end each week.",
  weeks: of("mobility", [
    ["hips-flow-10", "spine-flow-10", "shoulders-flow-10", "yoga-slow-flow-15"],
    ["hips-hold-10", "spine-hold-10", "balance-flow-10", "yoga-slow-flow-20"],
    ["hips-flow-15", "spine-flow-15", "shoulders-flow-15", "yoga-slow-flow-20"],
    ["hips-hold-15", "full-body-flow-15", "balance-hold-15", "yoga-slow-flow-30"],
  ]),
};

let built: readonly Programme[] | null = null;

/** Every programme, easiest beginnings first. Built once, on first use. */
export function programmes(): readonly Programme[] {
  built ??= [couchToFiveK(), walkingFit, firstRows, bodyweight, supple, cyclingBase, thresholdBuilder];
  return built;
}
