import type { Intensity, Level } from "../../class-plan.ts";
import type { Seconds } from "../../units.ts";
import {
  easy,
  minutes,
  repeats,
  rise,
  rounds,
  spokenDuration,
  steady,
  totalS,
  work,
  type ClassDraft,
  type Step,
} from "../draft.ts";

const nemoto =
  "Nemoto K. et al. Effects of high-intensity interval walking training on physical fitness and blood pressure in middle-aged and older people. Mayo Clin Proc 2007;82(7):803, doi:10.4065/82.7.803.";

type WalkHead = Pick<ClassDraft, "slug" | "title" | "family" | "description" | "intensity" | "level"> &
  Partial<Pick<ClassDraft, "equipment" | "citation">>;

function walk(head: WalkHead, steps: readonly Step[]): ClassDraft {
  return { ...head, sport: "walking", steps };
}

/** What is left of a class of `total` minutes after the usual warm-up and cool-down. */
function coreOf(total: number): Seconds {
  return minutes(total - 10);
}

/** Splits a core into parts of about five minutes whose cadence steps a little, so that no half hour is one block. */
function stroll(coreS: Seconds, effort: number, cadences: readonly number[]): Step[] {
  const parts = Math.max(1, Math.round(coreS / 300));
  return Array.from({ length: parts }, (_, index) =>
    steady(`Part ${index + 1} of ${parts}`, Math.round(coreS / parts), effort, {
      cadence: cadences[index % cadences.length] ?? 110,
    }),
  );
}

export function easyWalks(): ClassDraft[] {
  const lengths = [20, 25, 30, 35, 40, 45, 50, 60, 75, 90];
  const gentle = lengths.map((total) =>
    walk(
      {
        slug: "easy-walk",
        title: `Easy walk, ${total} min`,
        family: "easy-walk",
        description: "A walk that asks nothing: unhurried steps, an easy breath.",
        intensity: "easy",
        level: "beginner",
      },
      stroll(coreOf(total), 0.45, [106, 108, 110]),
    ),
  );
  const brisk = lengths.map((total, index) =>
    walk(
      {
        slug: "brisk-walk",
        title: `Brisk walk, ${total} min`,
        family: "brisk-walk",
        description: "As if you were a little late: quick steps, still able to talk.",
        intensity: "easy",
        level: index < 5 ? "beginner" : "intermediate",
      },
      stroll(coreOf(total), 0.64, [116, 118, 120]),
    ),
  );
  const power = lengths.slice(0, 8).map((total) =>
    walk(
      {
        slug: "power-walk",
        title: `Power walk, ${total} min`,
        family: "power-walk",
        description: "Bent elbows, quick feet: as fast as walking stays walking.",
        intensity: "moderate",
        level: "intermediate",
      },
      stroll(coreOf(total), 0.8, [122, 124, 126]),
    ),
  );
  return [...gentle, ...brisk, ...power];
}

/** Three minutes fast, three slow (Nemoto 2007: five sets or more), and shorter and longer turns. */
export function intervalWalks(): ClassDraft[] {
  const turns: readonly (readonly [fastS: Seconds, slowS: Seconds, counts: readonly number[]])[] = [
    [30, 60, [8, 12, 16, 20]],
    [60, 60, [6, 8, 10, 14, 18]],
    [60, 120, [5, 7, 9, 12]],
    [120, 60, [5, 7, 9, 12]],
    [120, 120, [4, 5, 7, 9]],
    [180, 180, [3, 4, 5, 6, 7, 8]],
    [240, 120, [3, 4, 5, 6, 8]],
    [300, 180, [2, 3, 4, 5]],
  ];
  return turns.flatMap(([fastS, slowS, counts]) =>
    counts.map((count, index) => {
      const three = fastS === 180 && slowS === 180;
      return walk(
        {
          slug: `interval-walk-${count}x${fastS}s-${slowS}s`,
          title: `Interval walk ${count} × ${spokenDuration(fastS)}, ${spokenDuration(slowS)} slow`,
          family: "interval-walking",
          description: `${count} times ${spokenDuration(fastS)} fast and ${spokenDuration(slowS)} slow. Fast means that you would rather not talk.`,
          intensity: "moderate",
          level: index < 2 ? "beginner" : "intermediate",
          ...(three && { citation: nemoto }),
        },
        repeats(count, work("Fast", fastS, 0.84), [easy(slowS, 0.45)]),
      );
    }),
  );
}

export function walkingPyramids(): ClassDraft[] {
  const shapes: readonly (readonly [steps: readonly number[], level: Level])[] = [
    [[1, 2, 1], "beginner"],
    [[1, 2, 2, 1], "beginner"],
    [[1, 2, 3, 2, 1], "beginner"],
    [[2, 3, 2], "beginner"],
    [[1, 3, 5, 3, 1], "intermediate"],
    [[2, 3, 4, 3, 2], "intermediate"],
    [[1, 2, 3, 4, 3, 2, 1], "intermediate"],
    [[2, 4, 6, 4, 2], "intermediate"],
    [[1, 2, 3, 4, 5, 4, 3, 2, 1], "advanced"],
  ];
  const speeds: readonly (readonly [slug: string, name: string, effort: number, intensity: Intensity])[] = [
    ["pyramid", "Walking pyramid", 0.8, "moderate"],
    ["fast-pyramid", "Fast walking pyramid", 0.92, "hard"],
  ];
  return speeds.flatMap(([slug, name, effort, intensity]) =>
    shapes.map(([shape, level]) =>
      walk(
        {
          slug: `${slug}-${shape.join("-")}`,
          title: `${name} ${shape.join("-")}`,
          family: "walking-pyramid",
          description: `Brisk stretches of ${shape.join(", ")} minutes with easy steps between.`,
          intensity,
          level,
        },
        rounds(shape.length, [easy(90, 0.45)], (number) => [
          work(`Brisk ${number} of ${shape.length}`, minutes(shape[number - 1] ?? 1), effort),
        ]),
      ),
    ),
  );
}

const gradeTips = (grade: number): readonly string[] => [
  `Set the treadmill to ${grade} percent.`,
  "Lean from the ankles, not the waist.",
];

/** Treadmill hills: the grade makes it hard, the steps stay moderate. */
export function inclineWalks(): ClassDraft[] {
  const grades: readonly (readonly [grade: number, effort: number, intensity: Intensity, level: Level])[] = [
    [4, 0.77, "moderate", "beginner"],
    [6, 0.8, "moderate", "intermediate"],
    [9, 0.93, "hard", "intermediate"],
    [12, 0.98, "hard", "advanced"],
  ];
  const shapes: readonly (readonly [count: number, minutesEach: number])[] = [
    [4, 2],
    [3, 4],
    [6, 2],
    [4, 4],
    [5, 4],
    [3, 8],
  ];
  return grades.flatMap(([grade, effort, intensity, level]) =>
    shapes.map(([count, each]) =>
      walk(
        {
          slug: `incline-${grade}-percent-${count}x${each}`,
          title: `Hill walk ${grade} %, ${count} × ${each} min`,
          family: "incline-walk",
          description: `${count} climbs of ${each} minutes at ${grade} percent on a treadmill, level walking between.`,
          intensity,
          level,
          equipment: ["treadmill"],
        },
        repeats(count, work("Climb", minutes(each), effort, { cadence: 114, tips: gradeTips(grade) }), [
          easy(120, 0.45),
        ]),
      ),
    ),
  );
}

/** Cadence climbs in even steps and comes down again: the music leads the feet. */
export function stepLadders(): ClassDraft[] {
  const ladders: readonly (readonly [cadences: readonly number[], minutesEach: number])[] = [
    [[108, 112, 116, 120], 3],
    [[108, 112, 116, 120, 124], 3],
    [[110, 115, 120, 125], 5],
    [[108, 112, 116, 120, 124, 128], 4],
    [[110, 116, 122, 128, 122, 116, 110], 3],
    [[110, 114, 118, 122, 126, 122, 118, 114, 110], 4],
  ];
  return ladders.map(([cadences, each]) =>
    walk(
      {
        slug: `step-ladder-${cadences.length}x${each}-to-${Math.max(...cadences)}`,
        title: `Step ladder to ${Math.max(...cadences)}, ${cadences.length} × ${each} min`,
        family: "step-ladder",
        description: `Every ${each} minutes the music steps on, from ${cadences[0]} steps a minute to ${Math.max(...cadences)}.`,
        intensity: "moderate",
        level: "intermediate",
      },
      cadences.map((cadence, index) =>
        steady(`Step ${index + 1} of ${cadences.length}`, minutes(each), 0.56 + (cadence - 105) / 70, {
          cadence,
        }),
      ),
    ),
  );
}

export function walkingProgressions(): ClassDraft[] {
  return [20, 25, 30, 40, 45, 50, 60].map((total) => {
    const third = Math.round(coreOf(total) / 3 / 30) * 30;
    const head = [steady("Easy", third, 0.5), steady("Brisk", third, 0.68)];
    return walk(
      {
        slug: "progression-walk",
        title: `Progression walk, ${total} min`,
        family: "walking-progression",
        description: "Easy, then brisk, then as fast as walking goes: each third a little quicker.",
        intensity: "moderate",
        level: "beginner",
      },
      [...head, rise("Build", coreOf(total) - totalS(head), 0.75, 0.9)],
    );
  });
}

/** Changing speeds in an order that feels like chance. */
export function mixedWalks(): ClassDraft[] {
  const patterns: readonly (readonly [
    slug: string,
    title: string,
    pieces: readonly (readonly [seconds: Seconds, effort: number])[],
  ])[] = [
    [
      "lamp-posts",
      "Lamp-post walk",
      [
        [30, 0.9],
        [60, 0.82],
        [45, 0.86],
      ],
    ],
    [
      "errands",
      "Errand walk",
      [
        [120, 0.8],
        [60, 0.9],
        [180, 0.78],
      ],
    ],
    [
      "park-loops",
      "Park loops",
      [
        [240, 0.78],
        [90, 0.88],
      ],
    ],
  ];
  return patterns.flatMap(([slug, title, pieces]) =>
    [20, 25, 30, 35, 40, 45, 60].map((total) => {
      const steps: Step[] = [];
      for (let index = 0; ; index++) {
        const [seconds, effort] = pieces[index % pieces.length] ?? [60, 0.8];
        if (totalS(steps) + seconds + 60 > coreOf(total)) break;
        steps.push(work(`Quick ${index + 1}`, seconds, effort), easy(60, 0.5));
      }
      const left = coreOf(total) - totalS(steps);
      if (left > 0) steps.push(steady("Settle", left, 0.5));
      return walk(
        {
          slug: `mixed-${slug}`,
          title: `${title}, ${total} min`,
          family: "walking-fartlek",
          description:
            "Quick to the next corner, easy to the one after: speeds that change before you tire of them.",
          intensity: "moderate",
          level: "beginner",
        },
        steps,
      );
    }),
  );
}

/** A treadmill that rolls: the grade changes, the steps hardly do. */
export function rollingWalks(): ClassDraft[] {
  return [3, 6].flatMap((grade) =>
    [20, 25, 30, 40, 45, 50, 60].map((total) => {
      const pairs = Math.floor(coreOf(total) / 240);
      const steps = rounds(pairs, [], (number) => [
        work(`Hill ${number} of ${pairs}`, 150, grade === 3 ? 0.78 : 0.88, {
          cadence: 115,
          tips: gradeTips(grade),
        }),
        easy(90, 0.5),
      ]);
      const left = coreOf(total) - totalS(steps);
      return walk(
        {
          slug: `rolling-${grade}-percent`,
          title: `Rolling walk ${grade} %, ${total} min`,
          family: "incline-walk",
          description: `Two and a half minutes at ${grade} percent, one and a half level, again and again.`,
          intensity: "moderate",
          level: grade === 3 ? "beginner" : "intermediate",
          equipment: ["treadmill"],
        },
        left > 0 ? [...steps, steady("Level", left, 0.5)] : steps,
      );
    }),
  );
}

/** Short walks after a meal or between meetings; too short to need a warm-up of their own. */
export function shortWalks(): ClassDraft[] {
  return [10, 15].flatMap((total) => {
    const coreS = minutes(total - 5);
    const heads: readonly (readonly [slug: string, title: string, effort: number, description: string])[] = [
      ["walk-break", "Walk break", 0.45, "Up from the chair, out of the door, back with a clear head."],
      ["quick-walk", "Quick walk", 0.64, "Short and brisk, for a day without time."],
    ];
    return heads.map(([slug, title, effort, description]): ClassDraft => ({
      slug,
      title: `${title}, ${total} min`,
      sport: "walking",
      family: "short-walk",
      description,
      intensity: "easy",
      level: "beginner",
      warmUpS: 180,
      coolDownS: 120,
      steps: stroll(coreS, effort, effort > 0.5 ? [118, 120] : [108, 110]),
    }));
  });
}
