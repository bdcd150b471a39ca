import type { Intensity, Level, Sport } from "../../class-plan.ts";
import type { Seconds } from "../../units.ts";
import {
  easy,
  minutes,
  rise,
  rounds,
  steady,
  totalS,
  work,
  writtenDuration,
  type ClassDraft,
  type Step,
} from "../draft.ts";
import type { Effort } from "../effort.ts";

const sportNouns = [
  ["cycling", "ride"],
  ["running", "run"],
  ["rowing", "row"],
] as const satisfies readonly (readonly [Sport, string])[];

/** Work by its minutes: what a person new to intervals manages, and what takes training. */
function levelOfWork(workS: Seconds): Level {
  if (workS <= minutes(10)) return "beginner";
  return workS <= minutes(18) ? "intermediate" : "advanced";
}

interface Shape {
  readonly slug: string;
  readonly name: string;
  readonly minutes: readonly number[];
}

function joined(lengths: readonly number[]): string {
  return lengths.map((length) => String(length).replace(".5", "½")).join("-");
}

/** Pieces of different lengths with rest in proportion. */
function shapedClass(
  sport: Sport,
  noun: string,
  family: string,
  shape: Shape,
  pace: {
    readonly slug: string;
    readonly name: string;
    readonly effort: Effort;
    readonly restShare: number;
    readonly intensity: Intensity;
  },
): ClassDraft {
  const workS = minutes(shape.minutes.reduce((sum, length) => sum + length, 0));
  const steps = shape.minutes.flatMap((length, index): Step[] => {
    const durationS = minutes(length);
    const restS = Math.max(30, Math.round((durationS * pace.restShare) / 30) * 30);
    const piece = work(`Piece ${index + 1} of ${shape.minutes.length}`, durationS, pace.effort);
    return index === shape.minutes.length - 1 ? [piece] : [piece, easy(restS)];
  });
  return {
    slug: `${pace.slug}-${shape.slug}-${shape.minutes.join("-").replaceAll(".5", "h")}`,
    title: `${pace.name} ${shape.name} ${noun} ${joined(shape.minutes)}`,
    sport,
    family,
    description: `Pieces of ${joined(shape.minutes).replaceAll("-", ", ")} minutes at ${pace.name.toLowerCase()} effort, easy between.`,
    intensity: pace.intensity,
    level: levelOfWork(workS),
    steps,
  };
}

const paces = [
  { slug: "threshold", name: "Threshold", effort: 1, restShare: 0.5, intensity: "hard" },
  { slug: "vo2", name: "Big-engine", effort: 1.12, restShare: 1, intensity: "very hard" },
] as const;

export function pyramids(): ClassDraft[] {
  const shapes: readonly Shape[] = [
    [1, 2, 1, 2, 1],
    [1, 2, 3, 2, 1],
    [1, 2, 2, 3, 2, 2, 1],
    [0.5, 1, 1.5, 2, 1.5, 1, 0.5],
    [1, 2, 3, 4, 3, 2, 1],
    [2, 3, 4, 3, 2],
    [1, 3, 5, 3, 1],
    [2, 4, 6, 4, 2],
  ].map((lengths) => ({ slug: "pyramid", name: "pyramid", minutes: lengths }));
  return sportNouns.flatMap(([sport, noun]) =>
    paces.flatMap((pace) => shapes.map((shape) => shapedClass(sport, noun, "pyramid", shape, pace))),
  );
}

export function ladders(): ClassDraft[] {
  const up: readonly (readonly number[])[] = [
    [1, 2, 3],
    [1, 2, 3, 4],
    [1, 2, 3, 4, 5],
    [2, 4, 6],
  ];
  const shapes: readonly Shape[] = up.flatMap((lengths) => [
    { slug: "ladder-up", name: "ladder up", minutes: lengths },
    { slug: "ladder-down", name: "ladder down", minutes: lengths.toReversed() },
  ]);
  return sportNouns.flatMap(([sport, noun]) =>
    paces.flatMap((pace) => shapes.map((shape) => shapedClass(sport, noun, "ladder", shape, pace))),
  );
}

/** Below and above threshold in turn, without rest: learning to clear what the harder part leaves. */
export function overUnders(): ClassDraft[] {
  const shapes: readonly (readonly [underS: Seconds, overS: Seconds, turns: number])[] = [
    [120, 60, 3],
    [60, 60, 5],
    [90, 30, 6],
    [120, 120, 3],
    [180, 60, 3],
  ];
  return sportNouns.flatMap(([sport, noun]) =>
    shapes.flatMap(([underS, overS, turns]) =>
      [2, 3, 4].map((sets): ClassDraft => {
        const setS = turns * (underS + overS);
        const set = (number: number): Step[] =>
          Array.from({ length: turns }, (_, turn) => [
            work(`Under ${number}.${turn + 1}`, underS, 0.9),
            work(`Over ${number}.${turn + 1}`, overS, 1.06),
          ]).flat();
        return {
          slug: `over-unders-${sets}x${turns}x${underS}-${overS}`,
          title: `Over-unders ${noun} ${sets} × ${writtenDuration(setS)} (${writtenDuration(underS)} under, ${writtenDuration(overS)} over)`,
          sport,
          family: "over-unders",
          description: "Just under threshold, just over it, and back, without a rest inside the set.",
          intensity: "hard",
          level: sets === 2 ? "intermediate" : "advanced",
          steps: rounds(sets, [easy(240)], set),
        };
      }),
    ),
  );
}

const fartlekPatterns: readonly (readonly [
  slug: string,
  title: string,
  pieces: readonly (readonly [seconds: Seconds, effort: Effort])[],
  intensity: Intensity,
])[] = [
  [
    "lamp-posts",
    "Lamp-post fartlek",
    [
      [30, 0.97],
      [60, 0.9],
      [90, 0.85],
    ],
    "moderate",
  ],
  [
    "mixed",
    "Mixed fartlek",
    [
      [60, 1],
      [180, 0.88],
      [30, 1.15],
      [120, 0.95],
    ],
    "hard",
  ],
  [
    "long-short",
    "Long and short fartlek",
    [
      [240, 0.9],
      [45, 1.1],
      [45, 1.1],
    ],
    "hard",
  ],
];

/** Play with speed: uneven pieces in an order that looks like chance and is always the same. */
export function fartlek(): ClassDraft[] {
  return sportNouns.flatMap(([sport, noun]) =>
    fartlekPatterns.flatMap(([slug, title, pieces, intensity]) =>
      [25, 30, 35, 40, 45, 50, 60].map((lengthMin): ClassDraft => {
        const coreS = minutes(lengthMin - 10);
        const steps: Step[] = [];
        for (let index = 0; ; index++) {
          const [seconds, effort] = pieces[index % pieces.length] ?? [60, 0.9];
          const restS = Math.max(60, Math.round((seconds * 2) / 3 / 30) * 30);
          if (totalS(steps) + seconds + restS > coreS) break;
          steps.push(work(`Quick ${index + 1}`, seconds, effort), easy(restS, 0.62, { say: "Float." }));
        }
        const left = coreS - totalS(steps);
        if (left > 0) steps.push(steady("Steady", left, 0.65));
        return {
          slug: `fartlek-${slug}`,
          title: `${title} ${noun}, ${lengthMin} min`,
          sport,
          family: "fartlek",
          description:
            "Play with speed: quick pieces of changing length, floating in between, never quite stopping.",
          intensity,
          level: lengthMin < 35 ? "beginner" : "intermediate",
          steps,
        };
      }),
    ),
  );
}

/** `count` steps of equal length, each harder by the same amount. */
function rampSteps(from: Effort, by: Effort, count: number, lengthS: Seconds): Step[] {
  return Array.from({ length: count }, (_, index) =>
    work(
      `Step ${index + 1}`,
      lengthS,
      Math.round((from + by * index) * 100) / 100,
      index === 0 ? {} : { say: `Step ${index + 1}.` },
    ),
  );
}

/** Tests that set the athlete's zones. */
export function tests(): ClassDraft[] {
  return [
    {
      slug: "ramp-test",
      title: "Ramp test",
      sport: "cycling",
      family: "ramp-test",
      description:
        "A little harder every minute until you cannot turn the pedals. Three quarters of your best minute is your new FTP.",
      intensity: "very hard",
      level: "intermediate",
      steps: rampSteps(0.5, 0.06, 18, 60).map((one) => ({ ...one, cadence: { from: 90, to: 90 } })),
    },
    {
      slug: "gentle-ramp-test",
      title: "Gentle ramp test",
      sport: "cycling",
      family: "ramp-test",
      description: "The same test from an easier start and in smaller steps, for a first time.",
      intensity: "very hard",
      level: "beginner",
      steps: rampSteps(0.36, 0.05, 20, 60).map((one) => ({ ...one, cadence: { from: 85, to: 85 } })),
    },
    {
      slug: "twenty-minute-test",
      title: "Twenty-minute test",
      sport: "cycling",
      family: "time-trial-test",
      description:
        "Twenty minutes as hard as you can hold. Ninety-five per cent of your average is your new FTP.",
      intensity: "very hard",
      level: "advanced",
      warmUpS: minutes(15),
      steps: [steady("Find your pace", minutes(2), 0.75), work("Test", minutes(20), 1.05)],
    },
    {
      slug: "row-step-test",
      title: "Seven-step row test",
      sport: "rowing",
      family: "ramp-test",
      description: "Seven steps of three minutes with half a minute between; the last one is all you have.",
      intensity: "hard",
      level: "intermediate",
      steps: Array.from({ length: 7 }, (_, index): Step[] => [
        work(`Step ${index + 1} of 7`, 180, Math.round((0.6 + 0.09 * index) * 100) / 100),
        ...(index < 6 ? [easy(30, 0.4)] : []),
      ]).flat(),
    },
    {
      slug: "thirty-minute-test",
      title: "Thirty-minute threshold test",
      sport: "running",
      family: "time-trial-test",
      description:
        "Thirty minutes alone against the clock. The heart rate of the last twenty is your threshold.",
      intensity: "very hard",
      level: "advanced",
      warmUpS: minutes(12),
      steps: [rise("Settle", minutes(3), 0.9, 1), work("Hold", minutes(27), 1.01)],
    },
  ];
}
