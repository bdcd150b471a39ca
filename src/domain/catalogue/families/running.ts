import type { Intensity, Level } from "../../class-plan.ts";
import type { Cadence, Seconds } from "../../units.ts";
import {
  easy,
  minutes,
  numbered,
  repeats,
  rounds,
  spokenDuration,
  steady,
  totalS,
  walkBreak,
  work,
  writtenDuration,
  type ClassDraft,
  type Step,
} from "../draft.ts";
import type { Effort } from "../effort.ts";
import { levelByRank } from "./intervals.ts";

const gunnarsson =
  "Gunnarsson T. P. and Bangsbo J. The 10-20-30 training concept improves performance and health profile in moderately trained runners. J Appl Physiol 2012;113(1):16-24, doi:10.1152/japplphysiol.00334.2012.";

function run(draft: Omit<ClassDraft, "sport">): ClassDraft {
  return { ...draft, sport: "running" };
}

const walkIn: Step = {
  kind: "steady",
  label: "Walk in",
  durationS: 0,
  effort: { from: 0.4, to: 0.4 },
  cadence: null,
};

/** A walk to end with, so that the class leads out of running before the cool-down. */
function ending(durationS: Seconds): Step {
  return { ...walkIn, label: "Walk", durationS };
}

/** Sessions from first steps to five kilometres, nine weeks of three: run and walk lengths in seconds. */
const weeks: readonly (readonly (readonly (readonly [runS: Seconds, walkS: Seconds])[])[])[] = [
  [repeat(6, 60, 90), repeat(7, 60, 90), repeat(8, 60, 90)],
  [repeat(5, 90, 120), repeat(6, 90, 120), repeat(6, 90, 105)],
  [
    pairs([90, 90], [180, 180], [90, 90], [180, 180]),
    pairs([120, 90], [180, 150], [120, 90], [180, 150]),
    pairs([180, 150], [180, 150], [180, 150], [90, 60]),
  ],
  [
    pairs([180, 90], [300, 150], [180, 90], [300, 60]),
    pairs([240, 90], [300, 150], [240, 90], [300, 60]),
    pairs([300, 120], [300, 120], [300, 120], [180, 60]),
  ],
  [pairs([300, 180], [300, 180], [300, 60]), pairs([480, 300], [480, 60]), pairs([600, 240], [480, 60])],
  [pairs([300, 180], [480, 180], [300, 60]), pairs([600, 180], [600, 60]), pairs([900, 120], [420, 60])],
  [pairs([1200, 60]), pairs([1260, 60]), pairs([1320, 60])],
  [pairs([1440, 60]), pairs([1500, 60]), pairs([1560, 60])],
  [pairs([1620, 60]), pairs([1740, 60]), pairs([1800, 60])],
];

function repeat(count: number, runS: Seconds, walkS: Seconds): (readonly [Seconds, Seconds])[] {
  return Array.from({ length: count }, () => [runS, walkS] as const);
}

function pairs(...list: readonly (readonly [Seconds, Seconds])[]): readonly (readonly [Seconds, Seconds])[] {
  return list;
}

export function couchToFiveK(): ClassDraft[] {
  return weeks.flatMap((sessions, week) =>
    sessions.map((session, index) => {
      const steps = session.flatMap(([runS, walkS], turn): Step[] => [
        numbered(work("Run", runS, 0.74, { cadence: 160 }), turn + 1, session.length),
        turn === session.length - 1 ? ending(walkS) : walkBreak(walkS),
      ]);
      const runningS = session.reduce((sum, [runS]) => sum + runS, 0);
      return run({
        slug: `couch-to-5k-week-${week + 1}-run-${index + 1}`,
        title: `Couch to 5k, week ${week + 1}, run ${index + 1}`,
        family: "couch-to-5k",
        description: `${spokenDuration(runningS)} of running in ${session.length === 1 ? "one piece" : `${session.length} pieces, walking between`}. Slow is right.`,
        intensity: "moderate",
        level: "beginner",
        steps,
      });
    }),
  );
}

export function runWalks(): ClassDraft[] {
  const ratios: readonly (readonly [runS: Seconds, walkS: Seconds])[] = [
    [30, 30],
    [60, 60],
    [120, 60],
    [180, 60],
    [240, 60],
    [300, 60],
    [480, 60],
  ];
  return ratios.flatMap(([runS, walkS]) =>
    [20, 25, 30, 35, 40, 45, 60]
      .filter((lengthMin) => minutes(lengthMin - 10) >= 2 * (runS + walkS))
      .map((lengthMin) => {
        const coreS = minutes(lengthMin - 10);
        const count = Math.floor(coreS / (runS + walkS));
        const steps = repeats(count, work("Run", runS, 0.76, { cadence: 162 }), [walkBreak(walkS)]);
        return run({
          slug: `run-walk-${runS}s-${walkS}s`,
          title: `Run ${writtenDuration(runS)}, walk ${writtenDuration(walkS)}, for ${lengthMin} min`,
          family: "run-walk",
          description: `${spokenDuration(runS)} running, ${spokenDuration(walkS)} walking, ${count} times: distance without distress.`,
          intensity: "moderate",
          level: "beginner",
          steps: [...steps, ending(coreS - totalS(steps))],
        });
      }),
  );
}

/** Short climbs, jogged or walked down. */
export function hillRepeats(): ClassDraft[] {
  const shapes: readonly (readonly [
    count: number,
    upS: Seconds,
    downS: Seconds,
    effort: Effort,
    intensity: Intensity,
  ])[] = [
    [6, 30, 90, 1.15, "hard"],
    [8, 30, 90, 1.15, "hard"],
    [6, 45, 90, 1.12, "hard"],
    [8, 45, 90, 1.12, "hard"],
    [10, 45, 90, 1.12, "hard"],
    [6, 60, 120, 1.1, "hard"],
    [8, 60, 120, 1.1, "hard"],
    [10, 60, 120, 1.1, "hard"],
    [5, 90, 150, 1.06, "hard"],
    [7, 90, 150, 1.06, "hard"],
    [4, 120, 150, 1.02, "hard"],
    [6, 120, 150, 1.02, "hard"],
  ];
  const places = [
    ["", "Hill repeats", []],
    ["treadmill-", "Treadmill hills", ["treadmill"]],
  ] as const;
  return places.flatMap(([prefix, title, equipment]) =>
    shapes.map(([count, upS, downS, effort, intensity], index) =>
      run({
        slug: `${prefix}hill-repeats-${count}x${upS}s`,
        title: `${title} ${count} × ${writtenDuration(upS)}`,
        family: "hill-repeats",
        description: `${count} times ${spokenDuration(upS)} uphill with short quick steps, easy down again.`,
        intensity,
        level: levelByRank(index, shapes.length),
        equipment,
        steps: repeats(count, work("Hill", upS, effort, { cadence: 176 }), [easy(downS, 0.5)]),
      }),
    ),
  );
}

/** Thirty seconds slow, twenty steady, ten fast, five times over; two minutes of rest between blocks (Gunnarsson 2012). */
export function tenTwentyThirty(): ClassDraft[] {
  const levels: readonly Level[] = ["beginner", "intermediate", "intermediate", "advanced"];
  return [2, 3, 4, 5].map((blocks, index) => {
    const block = (number: number): Step[] =>
      Array.from({ length: 5 }, (_, turn) => [
        { ...easy(30, 0.6), label: `Slow ${number}.${turn + 1}` },
        steady(`Steady ${number}.${turn + 1}`, 20, 0.8),
        work(`Fast ${number}.${turn + 1}`, 10, 1.4),
      ]).flat();
    return run({
      slug: `10-20-30-${blocks}-blocks`,
      title: `10-20-30 run, ${blocks} blocks`,
      family: "10-20-30",
      description: "Thirty seconds slow, twenty steady, ten fast, five times over: hard in small bites.",
      intensity: "hard",
      level: levels[index] ?? "advanced",
      citation: gunnarsson,
      steps: rounds(blocks, [easy(120)], block),
    });
  });
}

/** Track sessions by time, so that they work anywhere. */
export function trackSessions(): ClassDraft[] {
  const shapes: readonly (readonly [
    slug: string,
    name: string,
    count: number,
    workS: Seconds,
    restS: Seconds,
    effort: Effort,
    intensity: Intensity,
  ])[] = [
    ["400s", "Track 400s", 6, 90, 90, 1.12, "very hard"],
    ["400s", "Track 400s", 8, 90, 90, 1.12, "very hard"],
    ["400s", "Track 400s", 10, 90, 90, 1.12, "very hard"],
    ["400s", "Track 400s", 12, 90, 75, 1.1, "very hard"],
    ["800s", "Track 800s", 4, 195, 150, 1.06, "very hard"],
    ["800s", "Track 800s", 5, 195, 150, 1.06, "very hard"],
    ["800s", "Track 800s", 6, 195, 150, 1.06, "very hard"],
    ["800s", "Track 800s", 8, 195, 150, 1.08, "very hard"],
    ["200s", "Track 200s", 8, 45, 75, 1.2, "very hard"],
    ["200s", "Track 200s", 12, 45, 75, 1.2, "very hard"],
    ["200s", "Track 200s", 16, 45, 60, 1.18, "very hard"],
    ["miles", "Track miles", 2, 420, 180, 1, "hard"],
    ["miles", "Track miles", 3, 420, 180, 1, "hard"],
    ["miles", "Track miles", 4, 420, 180, 1, "hard"],
  ];
  return shapes.map(([slug, name, count, workS, restS, effort, intensity], index) =>
    run({
      slug: `track-${slug}-x${count}`,
      title: `${name} × ${count}`,
      family: "track-session",
      description: `${count} pieces of ${spokenDuration(workS)}, about as long as the distance takes at a good pace, ${spokenDuration(restS)} jogging between.`,
      intensity,
      level: levelByRank(index % 4, 4),
      warmUpS: minutes(8),
      steps: repeats(count, work("Lap", workS, effort), [easy(restS, 0.55)]),
    }),
  );
}

/** The music sets the steps: quicker feet at the same effort. */
export function cadenceRuns(): ClassDraft[] {
  const drills: readonly (readonly [
    slug: string,
    title: string,
    cadences: readonly Cadence[],
    partS: Seconds,
  ])[] = [
    ["quick-steps", "Quick steps", [164, 170, 176], 120],
    ["step-ladder", "Step-rate ladder", [160, 164, 168, 172, 176, 180], 150],
    ["five-up", "Five up", [162, 170], 240],
  ];
  return drills.flatMap(([slug, title, cadences, partS]) =>
    [20, 25, 30, 35, 40, 45].map((lengthMin) => {
      const coreS = minutes(lengthMin - 10);
      const count = Math.floor((coreS - 60) / partS);
      const steps = Array.from({ length: count }, (_, index) => {
        const cadence = cadences[index % cadences.length] ?? 166;
        return steady(`${cadence} steps`, partS, 0.7, { cadence });
      });
      return run({
        slug: `cadence-${slug}`,
        title: `${title}, ${lengthMin} min`,
        family: "running-cadence",
        description:
          "The beat sets the step rate; the speed stays where it was. Shorter steps, softer landings.",
        intensity: "moderate",
        level: lengthMin > 30 ? "intermediate" : "beginner",
        steps: [...steps, steady("Settle", coreS - totalS(steps), 0.62, { cadence: 160 })],
      });
    }),
  );
}
