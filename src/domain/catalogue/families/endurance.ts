import type { Sport } from "../../class-plan.ts";
import type { Cadence, Seconds } from "../../units.ts";
import { easy, minutes, rise, steady, totalS, work, type ClassDraft, type Step } from "../draft.ts";
import type { Effort } from "../effort.ts";

/** Whole classes by their length: the core fills what warm-up and cool-down leave. */
type Core = (coreS: Seconds) => readonly Step[];

interface Style {
  readonly slug: string;
  readonly title: string;
  readonly family: string;
  readonly sport: Sport;
  readonly description: string;
  readonly intensity: ClassDraft["intensity"];
  readonly lengths: readonly number[];
  readonly core: Core;
}

const easyPartsMin = 10;
/** From these lengths on a class asks for somebody who has done it before. */
const intermediateFromMin = 45;
const advancedFromMin = 75;

function levelOf(lengthMin: number): ClassDraft["level"] {
  if (lengthMin >= advancedFromMin) return "advanced";
  return lengthMin >= intermediateFromMin ? "intermediate" : "beginner";
}

function classesOf(style: Style): ClassDraft[] {
  const { slug, title, family, sport, description, intensity } = style;
  return style.lengths.map((lengthMin) => ({
    slug,
    title: `${title}, ${lengthMin} min`,
    family,
    sport,
    description,
    intensity,
    level: levelOf(lengthMin),
    steps: style.core(minutes(lengthMin - easyPartsMin)),
  }));
}

/** Parts of about `partS`, the last taking up what is left, made by `make(part, of, its length)`. */
function parts(
  coreS: Seconds,
  partS: Seconds,
  make: (part: number, of: number, lengthS: Seconds) => Step,
): Step[] {
  const count = Math.max(1, Math.round(coreS / partS));
  const lengthS = Math.floor(coreS / count / 30) * 30;
  return Array.from({ length: count }, (_, index) =>
    make(index + 1, count, index === count - 1 ? coreS - lengthS * (count - 1) : lengthS),
  );
}

/** Even effort in parts whose cadence changes a little, so that there is always something near to reach. */
function even(effort: Effort, cadences: readonly Cadence[]): Core {
  return (coreS) =>
    parts(coreS, 480, (part, of, lengthS) =>
      steady(of === 1 ? "Steady" : `Steady ${part} of ${of}`, lengthS, effort, {
        cadence: cadences[(part - 1) % cadences.length] ?? 88,
      }),
    );
}

/** Even effort, with a short push at the end of every part. */
function surges(effort: Effort, push: Effort, partS: Seconds, pushS: Seconds): Core {
  return (coreS) => {
    const count = Math.max(1, Math.floor(coreS / partS));
    const bodyS = Math.floor(coreS / count / 30) * 30 - pushS;
    const steps = Array.from({ length: count }, (_, index) => [
      steady(`Steady ${index + 1}`, bodyS, effort),
      work(`Push ${index + 1} of ${count}`, pushS, push),
    ]).flat();
    const left = coreS - totalS(steps);
    return left > 0 ? [...steps, steady("Steady", left, effort)] : steps;
  };
}

/** Even, and the last part harder. */
function fastFinish(effort: Effort, finish: Effort, share: number): Core {
  return (coreS) => {
    const finishS = Math.round((coreS * share) / 60) * 60;
    return [
      ...parts(coreS - finishS, 600, (part, of, lengthS) =>
        steady(of === 1 ? "Steady" : `Steady ${part} of ${of}`, lengthS, effort),
      ),
      rise("Fast finish", finishS, (effort + finish) / 2, finish),
    ];
  };
}

/** Equal stages, each harder than the one before. */
function stages(efforts: readonly Effort[]): Core {
  return (coreS) => {
    const lengthS = Math.floor(coreS / efforts.length / 30) * 30;
    return efforts.map((effort, index) => {
      const last = index === efforts.length - 1;
      const durationS = last ? coreS - lengthS * (efforts.length - 1) : lengthS;
      return work(`Stage ${index + 1} of ${efforts.length}`, durationS, effort);
    });
  };
}

const rideLengths = [20, 25, 30, 35, 40, 45, 50, 60, 75, 90];
const runLengths = [20, 25, 30, 35, 40, 45, 50, 60, 75, 90];
const rowLengths = [20, 25, 30, 35, 40, 45, 50, 60, 75];

export const enduranceRides = (): ClassDraft[] =>
  [
    {
      slug: "endurance",
      title: "Endurance ride",
      description: "All-day pace: you could talk the whole way. The base that everything else stands on.",
      intensity: "easy" as const,
      core: even(0.65, [86, 89, 92]),
      lengths: rideLengths,
    },
    {
      slug: "endurance-strong",
      title: "Strong endurance ride",
      description: "The upper end of easy: steady pressure, full breath, no strain.",
      intensity: "moderate" as const,
      core: even(0.74, [88, 90, 85, 92]),
      lengths: rideLengths,
    },
    {
      slug: "endurance-surges",
      title: "Endurance ride with surges",
      description: "Easy miles with a one-minute push every eight minutes to wake the legs.",
      intensity: "moderate" as const,
      core: surges(0.68, 0.95, 480, 60),
      lengths: [30, 40, 45, 50, 60, 75, 90],
    },
    {
      slug: "endurance-fast-finish",
      title: "Endurance ride, fast finish",
      description: "Hold back for most of it, then build to threshold over the last part.",
      intensity: "moderate" as const,
      core: fastFinish(0.68, 0.98, 0.2),
      lengths: [30, 40, 45, 60, 75, 90],
    },
  ].flatMap((style) => classesOf({ ...style, sport: "cycling", family: "endurance" }));

export const recoveryClasses = (): ClassDraft[] => [
  ...classesOf({
    slug: "recovery",
    title: "Recovery ride",
    family: "recovery",
    sport: "cycling",
    description: "For tired legs: almost no pressure on the pedals, only turning.",
    intensity: "easy",
    lengths: [20, 25, 30, 35, 40, 45, 60],
    core: even(0.5, [84, 88, 85]),
  }),
  ...classesOf({
    slug: "recovery-spin",
    title: "Light-gear recovery spin",
    family: "recovery",
    sport: "cycling",
    description: "A feather-light gear and quick feet: circulation without load.",
    intensity: "easy",
    lengths: [20, 25, 30, 35, 40, 45],
    core: even(0.48, [92, 96, 94]),
  }),
  ...classesOf({
    slug: "recovery-row",
    title: "Recovery row",
    family: "recovery",
    sport: "rowing",
    description: "Long, light strokes. The handle weighs nothing today.",
    intensity: "easy",
    lengths: [20, 25, 30, 35, 40],
    core: even(0.5, [18, 19]),
  }),
  ...classesOf({
    slug: "recovery-jog",
    title: "Recovery jog",
    family: "recovery",
    sport: "running",
    description: "Slower than you think, on purpose. Short soft steps.",
    intensity: "easy",
    lengths: [20, 25, 30, 35, 40],
    core: even(0.52, [156, 158]),
  }),
];

export const easyRuns = (): ClassDraft[] => [
  ...classesOf({
    slug: "easy-run",
    title: "Easy run",
    family: "easy-run",
    sport: "running",
    description: "A run you could chat through from door to door.",
    intensity: "easy",
    lengths: runLengths,
    core: even(0.64, [162, 164, 163]),
  }),
  ...classesOf({
    slug: "steady-run",
    title: "Steady run",
    family: "easy-run",
    sport: "running",
    description: "A shade quicker than easy: you notice that you are working, and it is good.",
    intensity: "moderate",
    lengths: runLengths,
    core: even(0.75, [165, 167]),
  }),
  ...classesOf({
    slug: "strides-run",
    title: "Easy run with strides",
    family: "strides",
    sport: "running",
    description: "Easy running with twenty quick, relaxed seconds every five minutes.",
    intensity: "hard",
    lengths: [20, 25, 30, 35, 40, 45, 50, 60],
    core: surges(0.62, 1.25, 300, 20),
  }),
  ...classesOf({
    slug: "long-run-fast-finish",
    title: "Long run, fast finish",
    family: "long-run",
    sport: "running",
    description: "Patience first; the last fifth builds to threshold.",
    intensity: "moderate",
    lengths: [50, 60, 70, 75, 80, 90],
    core: fastFinish(0.66, 0.96, 0.2),
  }),
  ...classesOf({
    slug: "long-run-surges",
    title: "Long run with surges",
    family: "long-run",
    sport: "running",
    description: "A minute and a half brisk every ten minutes keeps a long run awake.",
    intensity: "moderate",
    lengths: [50, 60, 70, 75, 80, 90],
    core: surges(0.66, 0.92, 600, 90),
  }),
];

export const steadyRows = (): ClassDraft[] => [
  ...classesOf({
    slug: "steady-row",
    title: "Steady row",
    family: "steady-row",
    sport: "rowing",
    description: "Slow rate, long strokes: the daily bread of rowers.",
    intensity: "easy",
    lengths: rowLengths,
    core: even(0.65, [18, 19, 20]),
  }),
  ...classesOf({
    slug: "firm-row",
    title: "Firm steady row",
    family: "steady-row",
    sport: "rowing",
    description: "The same slow rate with more push behind every stroke.",
    intensity: "moderate",
    lengths: rowLengths,
    core: even(0.75, [20, 21, 20, 22]),
  }),
  ...classesOf({
    slug: "row-power-strokes",
    title: "Steady row with power strokes",
    family: "power-strokes",
    sport: "rowing",
    description:
      "Every four minutes, half a minute of strokes as strong as you can make them at the same slow rate.",
    intensity: "hard",
    lengths: [20, 25, 30, 35, 40, 45, 50, 60],
    core: (coreS) => {
      const rounds = Math.floor(coreS / 240);
      const steps = Array.from({ length: rounds }, (_, index) => [
        steady(`Steady ${index + 1}`, 210, 0.65, { cadence: 20 }),
        work(`Power strokes ${index + 1} of ${rounds}`, 30, 1.2, { cadence: 22 }),
      ]).flat();
      const left = coreS - totalS(steps);
      return left > 0 ? [...steps, easy(left, 0.6, { cadence: 20 })] : steps;
    },
  }),
];

const stagePlans: readonly (readonly [
  slug: string,
  title: string,
  efforts: readonly Effort[],
  intensity: ClassDraft["intensity"],
  description: string,
])[] = [
  [
    "progression",
    "Progression",
    [0.65, 0.75, 0.85],
    "moderate",
    "Three equal stages, each a little quicker than the last.",
  ],
  [
    "staircase",
    "Staircase",
    [0.64, 0.73, 0.82, 0.91, 1],
    "hard",
    "Five steps up; the last one is close to threshold.",
  ],
  [
    "negative-split",
    "Negative split",
    [0.75, 0.97],
    "hard",
    "The second half harder than the first: the most useful habit there is.",
  ],
];

export const progressions = (): ClassDraft[] =>
  (
    [
      ["cycling", "ride", [25, 30, 40, 45, 60, 75]],
      ["running", "run", [25, 30, 40, 45, 50, 60]],
      ["rowing", "row", [25, 30, 40, 45, 60]],
    ] as const
  ).flatMap(([sport, noun, lengths]) =>
    stagePlans.flatMap(([slug, title, efforts, intensity, description]) =>
      classesOf({
        slug: `${slug}-${noun}`,
        title: `${title} ${noun}`,
        family: "progression",
        sport,
        description,
        intensity,
        lengths,
        core: stages(efforts),
      }),
    ),
  );
