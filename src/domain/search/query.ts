import type { Intensity, Level, Sport } from "../class-plan.ts";
import type { Seconds } from "../units.ts";

/** Things a class may hold that people ask for or want to avoid. */
export const concepts = ["sprints", "intervals", "hills", "jumps", "floor work", "running"] as const;
export type Concept = (typeof concepts)[number];

/** What a class must fulfil to be a result at all. */
export type Constraint =
  | { readonly kind: "duration"; readonly minS: Seconds; readonly maxS: Seconds }
  | { readonly kind: "sport"; readonly sports: readonly Sport[] }
  | { readonly kind: "intensity"; readonly intensities: readonly Intensity[] }
  | { readonly kind: "level"; readonly levels: readonly Level[] }
  /** Uses at least one of these. */
  | { readonly kind: "equipment"; readonly equipment: readonly string[] }
  | { readonly kind: "no-equipment" }
  | { readonly kind: "without-equipment"; readonly equipment: string }
  | { readonly kind: "low-impact" }
  | { readonly kind: "without"; readonly concept: Concept };

export type ChipKind = Constraint["kind"] | "music" | "feel";

/** What was understood, and the part of the text that said it: taking that part out removes it. */
export interface Chip {
  readonly kind: ChipKind;
  readonly label: string;
  readonly spanStart: number;
  readonly spanEnd: number;
}

/** A wish that ranks but does not exclude: a direction in the space of features (features.ts), each -1..1. */
export type Feel = Readonly<Partial<Record<FeelName, number>>>;
export const feelNames = ["exertion", "peak", "variety", "cadence", "pieces", "length"] as const;
export type FeelName = (typeof feelNames)[number];

/** A sentence, understood. */
export interface Query {
  readonly text: string;
  readonly chips: readonly Chip[];
  readonly constraints: readonly Constraint[];
  /** What was not understood as a constraint, to be matched as text. */
  readonly words: readonly string[];
  readonly feel: Feel;
}
