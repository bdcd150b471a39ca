import type { Intensity, Level } from "../../class-plan.ts";
import type { Seconds } from "../../units.ts";
import { minutes, steady, type ClassDraft, type Step } from "../draft.ts";
import type { Effort } from "../effort.ts";

interface Theme {
  readonly slug: string;
  readonly title: string;
  readonly family: string;
  readonly description: string;
  readonly poses: readonly string[];
  readonly equipment?: readonly string[];
  readonly lengths: readonly number[];
  readonly effort?: Effort;
  readonly intensity?: Intensity;
  readonly level?: Level;
}

/** How long each pose is held, and what that makes of the class. */
const paces: readonly (readonly [slug: string, title: string, holdS: Seconds])[] = [
  ["flow", "flow", 40],
  ["hold", "long holds", 90],
];

const mobilityLengths = [5, 10, 15, 20, 30];

const themes: readonly Theme[] = [
  {
    slug: "hips",
    title: "Hips",
    family: "mobility",
    description: "For hips that sit too much: circles, openings, a deep squat.",
    poses: [
      "Hip circles",
      "Low lunge left",
      "Low lunge right",
      "Ninety-ninety left",
      "Ninety-ninety right",
      "Deep squat",
    ],
    lengths: mobilityLengths,
  },
  {
    slug: "shoulders",
    title: "Shoulders and neck",
    family: "mobility",
    description: "Undo the desk and the handlebar.",
    poses: [
      "Shoulder rolls",
      "Neck turns",
      "Thread the needle left",
      "Thread the needle right",
      "Wall slides",
      "Chest opener",
    ],
    lengths: mobilityLengths,
  },
  {
    slug: "spine",
    title: "Back and spine",
    family: "mobility",
    description: "Round, arch, turn and lengthen, one joint at a time.",
    poses: [
      "Cat and cow",
      "Child's pose",
      "Lying twist left",
      "Lying twist right",
      "Cobra",
      "Knees to chest",
    ],
    lengths: mobilityLengths,
  },
  {
    slug: "ankles",
    title: "Ankles and feet",
    family: "mobility",
    description: "Small joints that carry everything.",
    poses: [
      "Ankle circles",
      "Knee to wall left",
      "Knee to wall right",
      "Toe stretch",
      "Calf stretch",
      "Foot doming",
    ],
    lengths: [5, 10, 15],
  },
  {
    slug: "full-body",
    title: "Whole body",
    family: "mobility",
    description: "From the neck to the toes, everything moves once.",
    poses: [
      "Neck turns",
      "Shoulder rolls",
      "Cat and cow",
      "Low lunge left",
      "Low lunge right",
      "Downward dog",
      "Deep squat",
      "Forward fold",
    ],
    lengths: [10, 15, 20, 30, 45],
  },
  {
    slug: "after-ride",
    title: "After a ride",
    family: "post-workout-stretch",
    description: "Stretches for hips, thighs and back when you step off the bike.",
    poses: [
      "Standing quad left",
      "Standing quad right",
      "Low lunge left",
      "Low lunge right",
      "Figure four",
      "Chest opener",
    ],
    lengths: mobilityLengths,
  },
  {
    slug: "after-run",
    title: "After a run",
    family: "post-workout-stretch",
    description: "Stretches for calves, hamstrings and hips while they are still warm.",
    poses: [
      "Calf stretch left",
      "Calf stretch right",
      "Hamstring left",
      "Hamstring right",
      "Low lunge left",
      "Low lunge right",
    ],
    lengths: mobilityLengths,
  },
  {
    slug: "after-row",
    title: "After a row",
    family: "post-workout-stretch",
    description: "Stretches for back, hips and forearms.",
    poses: [
      "Child's pose",
      "Forearm stretch",
      "Lying twist left",
      "Lying twist right",
      "Hamstring left",
      "Hamstring right",
    ],
    lengths: mobilityLengths,
  },
  {
    slug: "desk",
    title: "Desk break",
    family: "chair-mobility",
    description: "Without leaving the chair for long.",
    poses: [
      "Seated twist left",
      "Seated twist right",
      "Neck turns",
      "Wrist circles",
      "Seated figure four",
      "Reach up",
    ],
    equipment: ["chair"],
    lengths: [5, 10, 15],
  },
  {
    slug: "roller-legs",
    title: "Foam rolling, legs",
    family: "foam-rolling",
    description: "Slow passes over calves, thighs and hips; breathe out where it is tender.",
    poses: [
      "Roll calf left",
      "Roll calf right",
      "Roll thigh left",
      "Roll thigh right",
      "Roll glutes",
      "Roll outer hip",
    ],
    equipment: ["mat", "foam roller"],
    lengths: [10, 15, 20],
  },
  {
    slug: "roller-back",
    title: "Foam rolling, back",
    family: "foam-rolling",
    description: "The upper back opens over the roller.",
    poses: [
      "Roll upper back",
      "Chest opening over the roller",
      "Roll lats left",
      "Roll lats right",
      "Roll glutes",
    ],
    equipment: ["mat", "foam roller"],
    lengths: [10, 15, 20],
  },
  {
    slug: "balance",
    title: "Balance",
    family: "balance",
    description: "One leg at a time, near a wall at first.",
    poses: [
      "Stand on left",
      "Stand on right",
      "Tandem stance",
      "Slow march",
      "Toe reach left",
      "Toe reach right",
    ],
    equipment: [],
    lengths: [5, 10, 15, 20],
  },
];

const yogaThemes: readonly Theme[] = [
  {
    slug: "yoga-slow",
    title: "Slow yoga",
    family: "yoga",
    description: "Few poses, long breaths.",
    poses: [
      "Mountain",
      "Forward fold",
      "Low lunge left",
      "Low lunge right",
      "Downward dog",
      "Child's pose",
      "Pigeon left",
      "Pigeon right",
    ],
    lengths: [10, 15, 20, 30, 45, 60],
    effort: 0.42,
  },
  {
    slug: "yoga-vinyasa",
    title: "Vinyasa yoga",
    family: "yoga",
    description: "One breath, one movement, from pose to pose.",
    poses: [
      "Sun salutation",
      "Warrior two left",
      "Warrior two right",
      "Triangle left",
      "Triangle right",
      "Downward dog",
      "Chair pose",
      "Cobra",
    ],
    lengths: [15, 20, 30, 45, 60],
    effort: 0.62,
    level: "intermediate",
  },
  {
    slug: "yoga-power",
    title: "Power yoga",
    family: "yoga",
    description: "Strong poses held long enough to warm you through.",
    poses: [
      "Sun salutation",
      "Chair pose",
      "Warrior one left",
      "Warrior one right",
      "Plank",
      "Side plank left",
      "Side plank right",
      "Crow",
    ],
    lengths: [20, 30, 45, 60],
    effort: 0.78,
    intensity: "moderate",
    level: "advanced",
  },
  {
    slug: "yoga-morning",
    title: "Morning yoga",
    family: "yoga",
    description: "Wake the spine, then the legs, then go.",
    poses: ["Cat and cow", "Downward dog", "Low lunge left", "Low lunge right", "Sun salutation", "Mountain"],
    lengths: [10, 15, 20, 30],
    effort: 0.48,
  },
  {
    slug: "yoga-evening",
    title: "Evening yoga",
    family: "yoga",
    description: "Wind down: floor poses and long exhalations before sleep.",
    poses: [
      "Child's pose",
      "Seated fold",
      "Reclined butterfly",
      "Lying twist left",
      "Lying twist right",
      "Legs up the wall",
    ],
    lengths: [10, 15, 20, 30, 45],
    effort: 0.3,
  },
  {
    slug: "breathing",
    title: "Breathing and rest",
    family: "breathing",
    description: "Calm: in for four, out for six, nothing else to do.",
    poses: ["Belly breathing", "Box breathing", "Four in, six out", "Body scan"],
    lengths: [5, 10, 15],
    effort: 0.22,
  },
];

function easyParts(lengthMin: number): { readonly warmUpS: Seconds; readonly coolDownS: Seconds } {
  if (lengthMin >= 20) return { warmUpS: 300, coolDownS: 300 };
  return lengthMin >= 10 ? { warmUpS: 90, coolDownS: 90 } : { warmUpS: 30, coolDownS: 30 };
}

/** Poses in turn until `coreS` is full; the last is held as long as is left. */
function sequence(poses: readonly string[], coreS: Seconds, holdS: Seconds, effort: Effort): Step[] {
  const count = Math.max(1, Math.floor(coreS / holdS));
  return Array.from({ length: count }, (_, turn) => {
    const last = turn === count - 1;
    return steady(poses[turn % poses.length] ?? "Rest", last ? coreS - holdS * (count - 1) : holdS, effort);
  });
}

function themeClass(
  theme: Theme,
  lengthMin: number,
  paceSlug: string,
  paceTitle: string,
  holdS: Seconds,
): ClassDraft {
  const parts = easyParts(lengthMin);
  const coreS = minutes(lengthMin) - parts.warmUpS - parts.coolDownS;
  return {
    slug: `${theme.slug}-${paceSlug}`,
    title: `${theme.title}, ${paceTitle}, ${lengthMin} min`,
    sport: "mobility",
    family: theme.family,
    description: `${theme.description} ${theme.poses.join(", ")}.`,
    intensity: theme.intensity ?? "easy",
    level: theme.level ?? "beginner",
    ...(theme.equipment && { equipment: theme.equipment }),
    ...parts,
    steps: sequence(theme.poses, coreS, holdS, theme.effort ?? 0.34),
  };
}

export function mobilityFlows(): ClassDraft[] {
  return themes.flatMap((theme) =>
    paces.flatMap(([slug, title, holdS]) =>
      theme.lengths.map((lengthMin) => themeClass(theme, lengthMin, slug, title, holdS)),
    ),
  );
}

/** Yoga at two speeds: half-minute poses that run into one another, or poses of a minute and a half. */
export function yoga(): ClassDraft[] {
  return yogaThemes.flatMap((theme) =>
    (
      [
        ["flow", "flowing", 30],
        ["still", "held", 75],
      ] as const
    ).flatMap(([slug, title, holdS]) =>
      theme.lengths.map((lengthMin) => themeClass(theme, lengthMin, slug, title, holdS)),
    ),
  );
}
