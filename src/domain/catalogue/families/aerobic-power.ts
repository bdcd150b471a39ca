import type { Sport } from "../../class-plan.ts";
import type { Seconds } from "../../units.ts";
import { minutes, type ClassDraft } from "../draft.ts";
import { intervalClass, levelByRank, type IntervalRow } from "./intervals.ts";

const helgerud =
  "Helgerud J. et al. Aerobic high-intensity intervals improve VO2max more than moderate training. Med Sci Sports Exerc 2007;39(4):665-671, doi:10.1249/mss.0b013e3180304570.";
const seiler =
  "Seiler S. et al. Adaptations to aerobic interval training: interactive effects of exercise intensity and total work duration. Scand J Med Sci Sports, doi:10.1111/j.1600-0838.2011.01351.x.";
const ronnestad =
  "Rønnestad B. R. et al. Short intervals induce superior training adaptations compared with long intervals in cyclists - an effort-matched approach. Scand J Med Sci Sports 2015;25(2):143-151, doi:10.1111/sms.12165.";
const billat =
  "Billat V. L. et al. Intermittent runs at the velocity associated with maximal oxygen uptake enables subjects to remain at maximal oxygen uptake for a longer time than intense but submaximal runs. Eur J Appl Physiol 2000;81(3):188-196.";
const little =
  "Little J. P. et al. A practical model of low-volume high-intensity interval training induces mitochondrial biogenesis in human skeletal muscle: potential mechanisms. J Physiol 2010;588(6):1011-1022.";
const tabataPaper =
  "Tabata I. et al. Effects of moderate-intensity endurance and high-intensity intermittent training on anaerobic capacity and VO2max. Med Sci Sports Exerc 1996;28(10):1327-1330, doi:10.1097/00005768-199610000-00018.";

const hardSports = ["cycling", "running", "rowing"] as const satisfies readonly Sport[];
type HardSport = (typeof hardSports)[number];
const noun: Readonly<Record<HardSport, string>> = { cycling: "ride", running: "run", rowing: "row" };

type Shape = readonly [sets: number, reps: number, workS: Seconds, restS: Seconds, setRestS?: Seconds];
type Common = Omit<IntervalRow, "sport" | "level" | "sets" | "reps" | "workS" | "restS" | "setRestS">;

/** One class per sport and shape; shapes are sorted by the work they hold. */
function acrossSports(sports: readonly HardSport[], shapes: readonly Shape[], common: Common): ClassDraft[] {
  return sports.flatMap((sport) =>
    shapes.map(([sets, reps, workS, restS, setRestS], index) =>
      intervalClass({
        ...common,
        sport,
        name: `${common.name} ${noun[sport]}`,
        sets,
        reps,
        workS,
        restS,
        level: levelByRank(index, shapes.length),
        ...(setRestS !== undefined && { setRestS }),
      }),
    ),
  );
}

/** Four by four minutes with three easy between (Helgerud 2007), and its shorter and longer relatives. */
export function norwegian(): ClassDraft[] {
  const four = [3, 4, 5].flatMap((reps) =>
    hardSports.map((sport) =>
      intervalClass({
        sport,
        family: "norwegian-4x4",
        slug: "norwegian",
        name: `Norwegian ${noun[sport]}`,
        reps,
        workS: minutes(4),
        effort: 1.09,
        restS: minutes(3),
        restEffort: 0.6,
        intensity: "very hard",
        level: reps === 3 ? "intermediate" : "advanced",
        purpose: "Long enough to reach your highest oxygen uptake and stay there.",
        warmUpS: minutes(10),
        citation: helgerud,
      }),
    ),
  );
  const eight = [3, 4, 5].flatMap((reps) =>
    hardSports.map((sport) =>
      intervalClass({
        sport,
        family: "long-intervals-4x8",
        slug: "long-intervals",
        name: `Long intervals ${noun[sport]}`,
        reps,
        workS: minutes(8),
        effort: 1,
        restS: minutes(2),
        restEffort: 0.55,
        intensity: "hard",
        level: reps === 3 ? "intermediate" : "advanced",
        purpose: "A little slower than four-minute intervals, for twice as long.",
        warmUpS: minutes(10),
        citation: seiler,
      }),
    ),
  );
  return [...four, ...eight];
}

export function vo2Intervals(): ClassDraft[] {
  const shapes: readonly Shape[] = [
    [1, 5, 90, 90],
    [1, 4, 120, 120],
    [1, 6, 120, 120],
    [1, 4, 180, 180],
    [2, 3, 120, 90, 240],
    [1, 8, 120, 90],
    [1, 5, 180, 150],
    [2, 4, 120, 90, 240],
    [1, 6, 180, 180],
    [1, 4, 300, 240],
  ];
  return acrossSports(hardSports, shapes, {
    family: "vo2-intervals",
    slug: "vo2",
    name: "Big-engine",
    effort: 1.12,
    restEffort: 0.5,
    intensity: "very hard",
    purpose: "Each piece is hard from the first minute and barely holds to the last.",
    warmUpS: minutes(8),
  });
}

/** Fifteen on, fifteen off: the shortest of the short. */
export function fifteenFifteen(): ClassDraft[] {
  const shapes: readonly Shape[] = [
    [1, 12, 15, 15],
    [1, 20, 15, 15],
    [2, 12, 15, 15, 180],
    [2, 20, 15, 15, 180],
    [3, 16, 15, 15, 180],
    [3, 20, 15, 15, 180],
  ];
  return acrossSports(hardSports, shapes, {
    family: "15-15",
    slug: "15-15",
    name: "15/15",
    label: "On",
    effort: 1.2,
    restEffort: 0.55,
    intensity: "very hard",
    purpose: "Over before it hurts, back before you have rested.",
    warmUpS: minutes(8),
  });
}

/** Thirty on, fifteen off (Rønnestad 2015: three series of thirteen). */
export function thirtyFifteen(): ClassDraft[] {
  const shapes: readonly Shape[] = [
    [1, 10, 30, 15],
    [2, 8, 30, 15, 180],
    [2, 10, 30, 15, 180],
    [3, 8, 30, 15, 180],
    [2, 13, 30, 15, 180],
    [3, 10, 30, 15, 180],
    [3, 13, 30, 15, 180],
  ];
  return acrossSports(hardSports, shapes, {
    family: "30-15",
    slug: "30-15",
    name: "30/15",
    label: "On",
    effort: 1.15,
    restEffort: 0.55,
    intensity: "very hard",
    purpose: "Rests too short to recover in: the heart stays high while the legs get a break.",
    warmUpS: minutes(10),
    citation: ronnestad,
  });
}

/** Thirty on, thirty easy (Billat 2000). */
export function thirtyThirty(): ClassDraft[] {
  const shapes: readonly Shape[] = [
    [1, 8, 30, 30],
    [1, 10, 30, 30],
    [1, 12, 30, 30],
    [2, 8, 30, 30, 180],
    [1, 16, 30, 30],
    [1, 20, 30, 30],
    [2, 12, 30, 30, 240],
    [3, 10, 30, 30, 180],
  ];
  return acrossSports(hardSports, shapes, {
    family: "30-30",
    slug: "30-30",
    name: "30/30",
    label: "On",
    effort: 1.04,
    restEffort: 0.55,
    intensity: "hard",
    purpose: "Quick and rhythmic; hard enough to breathe deeply, short enough to enjoy.",
    warmUpS: minutes(8),
    citation: billat,
  });
}

export function fortyTwenty(): ClassDraft[] {
  const shapes: readonly Shape[] = [
    [1, 8, 40, 20],
    [1, 10, 40, 20],
    [2, 6, 40, 20, 180],
    [2, 8, 40, 20, 240],
    [2, 10, 40, 20, 240],
    [3, 8, 40, 20, 240],
    [3, 10, 40, 20, 240],
  ];
  return acrossSports(hardSports, shapes, {
    family: "40-20",
    slug: "40-20",
    name: "40/20",
    label: "On",
    effort: 1.15,
    restEffort: 0.5,
    intensity: "very hard",
    purpose: "Two thirds on, one third off: the second half of every set is the point.",
    warmUpS: minutes(8),
  });
}

/** Ten times a minute on, a minute off (Little 2010), shorter and longer. */
export function minuteOnOff(): ClassDraft[] {
  const shapes: readonly Shape[] = [
    [1, 5, 60, 60],
    [1, 6, 60, 60],
    [1, 8, 60, 60],
    [1, 10, 60, 60],
    [1, 12, 60, 60],
    [2, 8, 60, 60, 240],
    [1, 15, 60, 60],
  ];
  return acrossSports(hardSports, shapes, {
    family: "minute-on-off",
    slug: "minute-on-off",
    name: "Minute on, minute off",
    label: "On",
    effort: 1.04,
    restEffort: 0.45,
    intensity: "hard",
    purpose: "A lot of fitness for the time it takes.",
    citation: little,
  });
}

/** Twenty seconds on, ten off, eight times (Tabata 1996); sets of it with full rests. */
export function tabata(): ClassDraft[] {
  const shapes: readonly Shape[] = [
    [1, 8, 20, 10],
    [2, 8, 20, 10, 240],
    [3, 8, 20, 10, 240],
    [4, 8, 20, 10, 240],
  ];
  return acrossSports(hardSports, shapes, {
    family: "tabata",
    slug: "tabata",
    name: "Tabata",
    label: "All out",
    effort: 1.5,
    restEffort: 0.4,
    intensity: "very hard",
    purpose: "Four minutes that leave nothing over. Not for a first week back.",
    warmUpS: minutes(8),
    citation: tabataPaper,
  });
}
