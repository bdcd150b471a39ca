/** Mood mixes: a class that suits the day, with music bent towards a mood. A mix is a recipe; the planner plans it. */
import type { Block, ClassPlan } from "../class-plan.ts";
import type { Share } from "../units.ts";
import type { Hardness, Readiness } from "./readiness.ts";
import { recommend, type RecommendationInput } from "./recommend.ts";

export const moods = ["calm", "steady", "driving", "euphoric"] as const;
export type Mood = (typeof moods)[number];

/** What music a mood asks for: the energy of a class's calmest and of its most driving moment. */
const energyRanges: Readonly<Record<Mood, readonly [low: Share, high: Share]>> = {
  calm: [0.1, 0.5],
  steady: [0.4, 0.65],
  driving: [0.45, 0.95],
  euphoric: [0.65, 1],
};

/** The same class with the energy it asks of its music drawn into a mood's range; what it asks of the body stays. */
export function withMood<P extends Pick<ClassPlan, "blocks">>(plan: P, mood: Mood): P {
  const [low, high] = energyRanges[mood];
  const bent = (energy: Share): Share => low + (high - low) * energy;
  const blocks = plan.blocks.map((block): Block => ({
    ...block,
    energy: { from: bent(block.energy.from), to: bent(block.energy.to) },
  }));
  return { ...plan, blocks };
}

export interface Mix {
  readonly mood: Mood;
  readonly hardness: Hardness;
  readonly plan: ClassPlan;
  readonly text: string;
}

const harder: readonly Hardness[] = ["easy", "moderate", "hard"];
/** How far a mood leans from how hard the day is. */
const leans: Readonly<Record<Mood, number>> = { calm: -1, steady: 0, driving: 1, euphoric: 1 };
/** Days that ask for rest: a mood may lift the music then, but the class at most to moderate. */
const tired: ReadonlySet<Readiness["rule"]> = new Set(["heavy-week", "hard-lately", "long-pause", "first"]);

const texts: Readonly<Record<Mood, string>> = {
  calm: "Quiet music, an easy body.",
  steady: "One even pull from start to end.",
  driving: "Music that pushes, work that answers.",
  euphoric: "As bright and as high as your library goes.",
};

function hardnessFor(mood: Mood, { hardness, rule }: Readiness): Hardness {
  if (tired.has(rule)) return "easy";
  const at = Math.min(harder.length - 1, Math.max(0, harder.indexOf(hardness) + leans[mood]));
  return harder[at] ?? hardness;
}

/** One mix for each mood, each with a class of its own that suits how hard today should be. */
export function moodMixes(input: RecommendationInput): Mix[] {
  const taken = new Set<string>();
  return moods.flatMap((mood): Mix[] => {
    const { readiness } = recommend(input, { count: 0 });
    const hardness = hardnessFor(mood, readiness);
    const { items } = recommend(input, { count: moods.length, hardness });
    const plan = items.find((item) => !taken.has(item.plan.id))?.plan;
    if (plan === undefined) return [];
    taken.add(plan.id);
    return [{ mood, hardness, plan, text: texts[mood] }];
  });
}
