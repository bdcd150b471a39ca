import type { Intensity, Level } from "../../class-plan.ts";
import type { Seconds } from "../../units.ts";
import { easy, minutes, rounds, work, type ClassDraft, type Step } from "../draft.ts";
import type { Effort } from "../effort.ts";

const klika =
  "Klika B. and Jordan C. High-intensity circuit training using body weight: maximum results with minimal investment. ACSM's Health Fit J 2013;17(3):8-13.";

type Focus = "full body" | "lower body" | "upper body" | "core";
type Kit = "none" | "dumbbells" | "kettlebell" | "resistance band";

/** Exercises by what they train and what they need, in an order that spares what has just worked. */
const exercises: Readonly<Record<Kit, Readonly<Record<Focus, readonly string[]>>>> = {
  none: {
    "full body": ["Squats", "Push-ups", "Reverse lunges", "Plank", "Glute bridges", "Inchworms"],
    "lower body": [
      "Squats",
      "Glute bridges",
      "Split squats left",
      "Split squats right",
      "Calf raises",
      "Wall sit",
    ],
    "upper body": [
      "Push-ups",
      "Plank shoulder taps",
      "Pike push-ups",
      "Superman pulls",
      "Diamond push-ups",
      "Bear hold",
    ],
    core: ["Plank", "Dead bugs", "Side plank left", "Side plank right", "Bird dogs", "Hollow hold"],
  },
  dumbbells: {
    "full body": [
      "Goblet squats",
      "Bent-over rows",
      "Overhead press",
      "Romanian deadlifts",
      "Floor press",
      "Suitcase carry",
    ],
    "lower body": [
      "Goblet squats",
      "Romanian deadlifts",
      "Reverse lunges",
      "Split squats",
      "Loaded calf raises",
      "Sumo squats",
    ],
    "upper body": [
      "Bent-over rows",
      "Floor press",
      "Overhead press",
      "Biceps curls",
      "Triceps extensions",
      "Rear flies",
    ],
    core: [
      "Suitcase hold left",
      "Suitcase hold right",
      "Russian twists",
      "Weighted dead bugs",
      "Renegade rows",
      "Overhead march",
    ],
  },
  kettlebell: {
    "full body": [
      "Swings",
      "Goblet squats",
      "Clean and press left",
      "Clean and press right",
      "Rows",
      "Halos",
    ],
    "lower body": [
      "Goblet squats",
      "Swings",
      "Front-rack lunges",
      "Deadlifts",
      "Single-leg deadlifts",
      "Cossack squats",
    ],
    "upper body": ["Press left", "Press right", "Row left", "Row right", "Floor press", "Halos"],
    core: [
      "Half get-ups left",
      "Half get-ups right",
      "Halos",
      "Windmill left",
      "Windmill right",
      "Plank drags",
    ],
  },
  "resistance band": {
    "full body": [
      "Band squats",
      "Band rows",
      "Band press",
      "Band deadlifts",
      "Band pull-aparts",
      "Band walks",
    ],
    "lower body": [
      "Band squats",
      "Band walks left",
      "Band walks right",
      "Band bridges",
      "Band deadlifts",
      "Band kickbacks",
    ],
    "upper body": [
      "Band rows",
      "Band press",
      "Band pull-aparts",
      "Band curls",
      "Band overhead press",
      "Band face pulls",
    ],
    core: [
      "Pallof press left",
      "Pallof press right",
      "Band dead bugs",
      "Band chops left",
      "Band chops right",
      "Band march",
    ],
  },
};

interface Format {
  readonly slug: string;
  readonly title: string;
  readonly onS: Seconds;
  readonly offS: Seconds;
  readonly effort: Effort;
  readonly intensity: Intensity;
  readonly level: Level;
}

const formats: readonly Format[] = [
  {
    slug: "30-30",
    title: "gentle circuit",
    onS: 30,
    offS: 30,
    effort: 0.82,
    intensity: "moderate",
    level: "beginner",
  },
  {
    slug: "40-20",
    title: "circuit",
    onS: 40,
    offS: 20,
    effort: 0.94,
    intensity: "hard",
    level: "intermediate",
  },
  {
    slug: "50-10",
    title: "dense circuit",
    onS: 50,
    offS: 10,
    effort: 1,
    intensity: "hard",
    level: "advanced",
  },
];

/** Rest after each time through the list. */
const roundRestS = 60;

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Rounds through a list of exercises until `coreS` is full; what is left of it becomes the last round's rest. */
function circuit(
  names: readonly string[],
  coreS: Seconds,
  onS: Seconds,
  offS: Seconds,
  effort: Effort,
): Step[] {
  const steps: Step[] = [];
  const rests = names.map((_, turn): Step => {
    const next = names[(turn + 1) % names.length] ?? "";
    const restS = turn === names.length - 1 ? roundRestS : offS;
    return { ...easy(restS, 0.35, { say: `Rest. Next: ${next}.` }), label: "Rest" };
  });
  const efforts = names.map((name) => work(name, onS, effort));
  let left = coreS;
  for (let turn = 0; ; turn++) {
    const exercise = efforts[turn % names.length];
    const rest = rests[turn % names.length];
    if (exercise === undefined || rest === undefined || left < onS) break;
    steps.push(exercise);
    left -= onS;
    if (left < rest.durationS) break;
    steps.push(rest);
    left -= rest.durationS;
  }
  return left >= 10 ? [...steps, { ...easy(left, 0.35, { say: "Shake out." }), label: "Shake out" }] : steps;
}

/** Short classes give less of themselves to warming up. */
function easyParts(lengthMin: number): { readonly warmUpS: Seconds; readonly coolDownS: Seconds } {
  return lengthMin >= 20 ? { warmUpS: 300, coolDownS: 300 } : { warmUpS: 150, coolDownS: 90 };
}

function coreOf(lengthMin: number): Seconds {
  const { warmUpS, coolDownS } = easyParts(lengthMin);
  return minutes(lengthMin) - warmUpS - coolDownS;
}

export function strengthCircuits(): ClassDraft[] {
  const kits = ["none", "dumbbells", "kettlebell", "resistance band"] as const;
  const focuses = ["full body", "lower body", "upper body", "core"] as const;
  return kits.flatMap((kit) =>
    focuses.flatMap((focus) =>
      formats.flatMap((format) =>
        (focus === "core" ? [10, 15, 20, 25, 30] : [15, 20, 25, 30, 40, 45]).map((lengthMin): ClassDraft => {
          const kitName = kit === "none" ? "Bodyweight" : upper(kit);
          return {
            slug: `${focus}-${kit === "none" ? "bodyweight" : kit}-${format.slug}`.replaceAll(" ", "-"),
            title: `${kitName} ${focus} ${format.title}, ${lengthMin} min`,
            sport: "strength",
            family: `${focus.replace(" ", "-")}-circuit`,
            description: `${format.onS} seconds of work, ${format.offS} of rest: ${exercises[kit][focus].join(", ").toLowerCase()}.`,
            intensity: format.intensity,
            level: format.level,
            equipment: kit === "none" ? [] : [kit],
            ...easyParts(lengthMin),
            steps: circuit(exercises[kit][focus], coreOf(lengthMin), format.onS, format.offS, format.effort),
          };
        }),
      ),
    ),
  );
}

/** With jumps: short, quick and not for sore knees. */
export function jumpCircuits(): ClassDraft[] {
  const lists: readonly (readonly [slug: string, title: string, names: readonly string[]])[] = [
    [
      "jumps",
      "Jump circuit",
      ["Jump squats", "Skaters", "Mountain climbers", "Burpees", "Jumping jacks", "Plank jacks"],
    ],
    [
      "legs",
      "Explosive legs",
      ["Jump lunges", "Squat hold", "Skaters", "Calf hops", "Jump squats", "Glute bridges"],
    ],
  ];
  return lists.flatMap(([slug, title, names]) =>
    [10, 15, 20, 25, 30].map((lengthMin) => ({
      slug: `power-${slug}`,
      title: `${title}, ${lengthMin} min`,
      sport: "strength" as const,
      family: "jump-circuit",
      description: `Thirty seconds on, thirty off: ${names.join(", ").toLowerCase()}.`,
      intensity: "hard" as const,
      level: "advanced" as const,
      lowImpact: false,
      ...easyParts(lengthMin),
      steps: circuit(names, coreOf(lengthMin), 30, 30, 1.05),
    })),
  );
}

const twelve = [
  "Jumping jacks",
  "Wall sit",
  "Push-ups",
  "Crunches",
  "Step-ups",
  "Squats",
  "Chair dips",
  "Plank",
  "High knees",
  "Lunges",
  "Push-ups with rotation",
  "Side plank",
];

/** Twelve exercises, thirty seconds each, ten between (Klika & Jordan 2013); once, twice, three times round. */
export function twelveStations(): ClassDraft[] {
  const levels: readonly Level[] = ["beginner", "intermediate", "advanced"];
  return [1, 2, 3].map((times) => ({
    slug: `twelve-stations-x${times}`,
    title: times === 1 ? "Twelve stations" : `Twelve stations, ${times} rounds`,
    sport: "strength",
    family: "twelve-stations",
    description:
      "Twelve exercises with a wall, a chair and your own weight, thirty seconds each and ten to change.",
    intensity: "hard",
    level: levels[times - 1] ?? "advanced",
    equipment: ["chair"],
    lowImpact: false,
    citation: klika,
    ...(times === 1 ? { warmUpS: 90, coolDownS: 60 } : {}),
    steps: rounds(times, [{ ...easy(60, 0.35), label: "Rest" }], () =>
      twelve.flatMap((name, index): Step[] => {
        const next = twelve[index + 1];
        const station = work(name, 30, 0.98);
        return next === undefined
          ? [station]
          : [station, { ...easy(10, 0.35, { say: `Next: ${next}.` }), label: "Change" }];
      }),
    ),
  }));
}

/** What each sport's body needs beside the sport. */
export function strengthForSports(): ClassDraft[] {
  const lists: readonly (readonly [slug: string, title: string, names: readonly string[]])[] = [
    [
      "riders",
      "Strength for riders",
      [
        "Glute bridges",
        "Split squats left",
        "Split squats right",
        "Dead bugs",
        "Superman pulls",
        "Side plank",
      ],
    ],
    [
      "runners",
      "Strength for runners",
      [
        "Calf raises",
        "Single-leg bridges left",
        "Single-leg bridges right",
        "Step-downs",
        "Side plank",
        "Bird dogs",
      ],
    ],
    [
      "rowers",
      "Strength for rowers",
      [
        "Good mornings",
        "Push-ups",
        "Split squats left",
        "Split squats right",
        "Hollow hold",
        "Superman pulls",
      ],
    ],
    [
      "walkers",
      "Strength for walkers",
      [
        "Sit to stand",
        "Calf raises",
        "Wall push-ups",
        "Standing hip lifts left",
        "Standing hip lifts right",
        "March in place",
      ],
    ],
  ];
  return lists.flatMap(([slug, title, names]) =>
    [15, 20, 30, 40].map((lengthMin) => ({
      slug: `for-${slug}`,
      title: `${title}, ${lengthMin} min`,
      sport: "strength" as const,
      family: "strength-for-sport",
      description: `${names.join(", ")}: what the sport itself leaves out.`,
      intensity: "moderate" as const,
      level: "beginner" as const,
      ...easyParts(lengthMin),
      steps: circuit(names, coreOf(lengthMin), 45, 15, 0.8),
    })),
  );
}
