/**
 * Mood mixes: a class with music of a mood of its own. A mix is named by the class and the mood ("cycling-endurance-30~calm"),
 * so that it is opened, planned, started and kept like any class.
 */
import type { ClassPlan } from "../class-plan.ts";
import { inMood, musicMoods, type MusicMood } from "../music-intent.ts";
import type { Hardness } from "./readiness.ts";
import { recommend, type RecommendationInput } from "./recommend.ts";

const separator = "~";

/** The class and the mood that an id names; no mood for the class as it is. */
export function partsOfMixId(id: string): { readonly classId: string; readonly mood: MusicMood | null } {
  const at = id.lastIndexOf(separator);
  const mood = musicMoods.find((known) => known === id.slice(at + 1));
  return at < 0 || mood === undefined ? { classId: id, mood: null } : { classId: id.slice(0, at), mood };
}

export function mixIdOf(classId: string, mood: MusicMood): string {
  return `${classId}${separator}${mood}`;
}

/** A class as its mix in a mood. */
export function mixOf(plan: ClassPlan, mood: MusicMood): ClassPlan {
  return {
    ...plan,
    id: mixIdOf(plan.id, mood),
    title: `${plan.title}, ${mood}`,
    blocks: inMood(plan.blocks, mood),
  };
}

export interface Mix {
  readonly mood: MusicMood;
  readonly plan: ClassPlan;
  readonly text: string;
}

const texts: Readonly<Record<MusicMood, string>> = {
  calm: "Quiet music from start to end, whatever the legs do.",
  steady: "One even pull, nothing that jumps out.",
  driving: "Music that pushes where the class asks for work.",
  euphoric: "As bright and as high as your library goes.",
};

/** One mix for each mood, each with a class of its own that suits how hard today shall be. */
export function moodMixes(input: RecommendationInput, hardness: Hardness): readonly Mix[] {
  const { items } = recommend(input, { count: musicMoods.length, hardness });
  return items.flatMap(({ plan }, index): Mix[] => {
    const mood = musicMoods[index];
    return mood === undefined ? [] : [{ mood, plan: mixOf(plan, mood), text: texts[mood] }];
  });
}
