import type { Intensity } from "../../class-plan.ts";
import type { Cadence, Seconds } from "../../units.ts";
import {
  easy,
  flat,
  minutes,
  numbered,
  repeats,
  rise,
  rounds,
  steady,
  totalS,
  work,
  writtenDuration,
  type ClassDraft,
  type Step,
} from "../draft.ts";
import { levelByRank } from "./intervals.ts";
import type { Effort } from "../effort.ts";

const burgomaster =
  "Burgomaster K. A. et al. Six sessions of sprint interval training increases muscle oxidative potential and cycle endurance capacity in humans. J Appl Physiol 2005;98(6):1985-1990, doi:10.1152/japplphysiol.01095.2004.";

/** Turns the legs freely after slow pedalling, before the cool-down. */
const rollOut = steady("Roll out", 60, 0.55, { cadence: 88 });

function ride(draft: Omit<ClassDraft, "sport">): ClassDraft {
  return { ...draft, sport: "cycling" };
}

/** Cadence taught by the music: same effort, other feet. */
export function cadenceDrills(): ClassDraft[] {
  const drills: readonly (readonly [
    slug: string,
    title: string,
    cadences: readonly Cadence[],
    partS: Seconds,
    description: string,
  ])[] = [
    [
      "spin-ups",
      "Spin-ups",
      [85, 95, 105, 90],
      60,
      "A minute each at rising cadence, then back; the gear gets lighter as the feet get quicker.",
    ],
    [
      "high-and-low",
      "High and low",
      [68, 98],
      120,
      "Two minutes heavy and slow, two minutes light and quick, at the same power.",
    ],
    [
      "staircase",
      "Cadence staircase",
      [75, 80, 85, 90, 95, 100],
      90,
      "Six steps from slow to quick, and again.",
    ],
    [
      "quick-feet",
      "Quick feet",
      [92, 100, 96, 104],
      120,
      "Long spells above your usual cadence, with quiet hips.",
    ],
  ];
  return drills.flatMap(([slug, title, cadences, partS, description]) =>
    [20, 25, 30, 35, 40, 45].map((lengthMin) => {
      const coreS = minutes(lengthMin - 10);
      const count = Math.floor((coreS - 60) / partS);
      const steps = Array.from({ length: count }, (_, index) => {
        const cadence = cadences[index % cadences.length] ?? 90;
        return steady(`${cadence} rpm`, partS, 0.68, { cadence });
      });
      return ride({
        slug: `cadence-${slug}`,
        title: `${title}, ${lengthMin} min`,
        family: "cadence-drills",
        description,
        intensity: "moderate",
        level: lengthMin > 30 ? "intermediate" : "beginner",
        steps: [...steps, steady("Settle", coreS - totalS(steps), 0.6, { cadence: 85 })],
      });
    }),
  );
}

/** Long climbs, seated and standing in turn. */
export function climbs(): ClassDraft[] {
  const shapes: readonly (readonly [count: number, eachMin: number])[] = [
    [2, 6],
    [3, 5],
    [4, 4],
    [3, 6],
    [2, 10],
    [5, 4],
    [3, 8],
    [4, 7],
    [3, 12],
  ];
  const grades: readonly (readonly [
    slug: string,
    title: string,
    effort: Effort,
    cadence: Cadence,
    intensity: Intensity,
  ])[] = [
    ["gentle", "Gentle climbs", 0.82, 75, "moderate"],
    ["alpine", "Alpine climbs", 0.92, 70, "hard"],
    ["steep", "Steep climbs", 0.98, 64, "hard"],
  ];
  return grades.flatMap(([slug, title, effort, cadence, intensity]) =>
    shapes.map(([count, eachMin], index) => {
      const half = minutes(eachMin) / 2;
      const climb = (number: number): Step[] => [
        numbered(work("Climb seated", half, effort, { cadence: cadence + 2 }), number, count),
        numbered(work("Climb standing", half, effort + 0.04, { cadence: cadence - 2 }), number, count),
      ];
      return ride({
        slug: `climbs-${slug}-${count}x${eachMin}`,
        title: `${title} ${count} × ${eachMin} min`,
        family: "climbs",
        description: `${count} climbs of ${eachMin} minutes, the lower half in the saddle, the upper half out of it, rolling down between.`,
        intensity,
        level: levelByRank(index, shapes.length),
        steps: [...rounds(count, [easy(150, 0.5, { cadence: 86 })], climb), rollOut],
      });
    }),
  );
}

const terrains: readonly (readonly [
  slug: string,
  title: string,
  hills: readonly (readonly [seconds: Seconds, effort: Effort])[],
  intensity: Intensity,
])[] = [
  [
    "rollers",
    "Rollers",
    [
      [90, 0.85],
      [60, 0.9],
      [120, 0.82],
    ],
    "moderate",
  ],
  [
    "sawtooth",
    "Sawtooth",
    [
      [45, 1.06],
      [90, 0.98],
      [45, 1.12],
    ],
    "hard",
  ],
  [
    "coast-road",
    "Coast road",
    [
      [180, 0.8],
      [60, 1],
      [120, 0.88],
      [240, 0.8],
    ],
    "moderate",
  ],
  [
    "ridge",
    "Along the ridge",
    [
      [240, 0.94],
      [60, 1.05],
      [150, 0.98],
    ],
    "hard",
  ],
];

/** Ups and downs without a flat metre: a terrain per class, the same every time. */
export function rollingHills(): ClassDraft[] {
  return terrains.flatMap(([slug, title, hills, intensity]) =>
    [25, 30, 40, 45, 50, 60, 75].map((lengthMin) => {
      const coreS = minutes(lengthMin - 10);
      const steps: Step[] = [];
      for (let index = 0; ; index++) {
        const [seconds, effort] = hills[index % hills.length] ?? [90, 0.9];
        const downS = Math.max(60, Math.round((seconds * 2) / 3 / 30) * 30);
        if (totalS(steps) + seconds + downS > coreS) break;
        steps.push(work(`Hill ${index + 1}`, seconds, effort, { cadence: 76 }));
        steps.push({ ...easy(downS, 0.55, { cadence: 90 }), label: "Over the top" });
      }
      const left = coreS - totalS(steps);
      if (left > 0) steps.push(steady("Flat", left, 0.65, { cadence: 88 }));
      return ride({
        slug: `hills-${slug}`,
        title: `${title}, ${lengthMin} min`,
        family: "rolling-hills",
        description: "Up, over, down and up again; pressure on the climbs, quick light feet on the way down.",
        intensity,
        level: lengthMin < 40 ? "beginner" : "intermediate",
        steps,
      });
    }),
  );
}

/** Short all-out efforts with rest enough to make each a real one. */
export function sprints(): ClassDraft[] {
  const shapes: readonly (readonly [count: number, sprintS: Seconds, restS: Seconds])[] = [
    [6, 10, 110],
    [8, 10, 110],
    [10, 10, 110],
    [6, 15, 165],
    [8, 15, 165],
    [10, 15, 165],
    [6, 20, 220],
    [8, 20, 220],
    [5, 30, 210],
    [8, 30, 210],
  ];
  const short = shapes.map(([count, sprintS, restS], index) =>
    ride({
      slug: `sprints-${count}x${sprintS}s`,
      title: `Sprints ${count} × ${sprintS} s`,
      family: "sprints",
      description: `${count} sprints of ${sprintS} seconds, with all the rest you need to make the next one count.`,
      intensity: sprintS >= 30 ? "very hard" : "hard",
      level: levelByRank(index, shapes.length),
      warmUpS: minutes(10),
      steps: repeats(count, work("Sprint", sprintS, 1.7, { cadence: 108 }), [easy(restS)]),
    }),
  );
  const allOut = [4, 5, 6].map((count) =>
    ride({
      slug: `sprint-intervals-${count}x30s`,
      title: `All-out sprint intervals ${count} × 30 s`,
      family: "sprint-intervals",
      description: `${count} times thirty seconds all out, four minutes of easy turning after each.`,
      intensity: "very hard",
      level: "advanced",
      warmUpS: minutes(10),
      citation: burgomaster,
      steps: repeats(count, work("All out", 30, 1.9, { cadence: 110 }), [easy(240, 0.45)]),
    }),
  );
  return [...short, ...allOut];
}

/** A race in a room: steady in the bunch, attacks, a last kick. */
export function raceRides(): ClassDraft[] {
  const races: readonly (readonly [
    slug: string,
    title: string,
    bunch: Effort,
    attackS: Seconds,
    attack: Effort,
    everyS: Seconds,
    intensity: Intensity,
  ])[] = [
    ["criterium", "Criterium", 0.82, 20, 1.4, 120, "very hard"],
    ["breakaway", "Breakaway", 0.86, 90, 1.12, 360, "hard"],
    ["group-ride", "Sunday group ride", 0.72, 30, 1.15, 300, "hard"],
  ];
  return races.flatMap(([slug, title, bunch, attackS, attack, everyS, intensity]) =>
    [30, 40, 45, 50, 60].map((lengthMin) => {
      const coreS = minutes(lengthMin - 10);
      const finaleS = 120;
      const count = Math.floor((coreS - finaleS) / everyS);
      const bodyS = Math.floor((coreS - finaleS) / count / 10) * 10 - attackS;
      const laps = Array.from({ length: count }, (_, index) => [
        steady(`Bunch ${index + 1}`, bodyS, bunch),
        work(`Attack ${index + 1} of ${count}`, attackS, attack),
      ]).flat();
      const kickS = coreS - totalS(laps);
      return ride({
        slug: `race-${slug}`,
        title: `${title}, ${lengthMin} min`,
        family: "race",
        description: "In the bunch, out of the bunch, and a long build to the line.",
        intensity,
        level: "intermediate",
        steps: [...laps, rise("To the line", kickS, 0.95, 1.15)],
      });
    }),
  );
}

/** Tempo with a burst at the top of every minute or two: strength and speed mixed. */
export function tempoBursts(): ClassDraft[] {
  const shapes: readonly (readonly [sets: number, setMin: number])[] = [
    [2, 8],
    [3, 8],
    [2, 12],
    [3, 10],
    [2, 16],
    [4, 8],
    [3, 14],
  ];
  return shapes.map(([sets, setMin], index) => {
    const set = (number: number): Step[] =>
      Array.from({ length: setMin / 2 }, (_, lap) => [
        work(`Tempo ${number}.${lap + 1}`, 105, 0.82),
        work(`Burst ${number}.${lap + 1}`, 15, 1.35, { cadence: flat(102) }),
      ]).flat();
    return ride({
      slug: `tempo-bursts-${sets}x${setMin}`,
      title: `Tempo bursts ${sets} × ${writtenDuration(minutes(setMin))}`,
      family: "tempo-bursts",
      description:
        "Brisk riding with fifteen quick seconds every two minutes, and back to pace without a rest.",
      intensity: "hard",
      level: levelByRank(index, shapes.length),
      steps: rounds(sets, [easy(240)], set),
    });
  });
}
