import type { ClassPlan } from "#domain/class-plan.ts";
import type { ClassBook } from "./class-book.ts";
import { Refusal } from "./refusal.ts";

export interface ClassWish {
  readonly query?: string;
  readonly sport?: string;
  readonly intensity?: string;
  readonly minMinutes?: number;
  readonly maxMinutes?: number;
}

export interface FoundClass {
  readonly plan: ClassPlan;
  readonly score: number;
  readonly why: readonly string[];
}

export interface FoundPage {
  readonly items: readonly FoundClass[];
  readonly nextCursor: string | null;
}

/** Finds classes by a sentence. */
export type RankClasses = (classes: readonly ClassPlan[], text: string) => readonly FoundClass[];

export type SearchClasses = (
  wish: ClassWish,
  page: { readonly limit: number; readonly cursor: string | null },
) => Promise<FoundPage>;

function meets(plan: ClassPlan, { sport, intensity, minMinutes, maxMinutes }: ClassWish): boolean {
  const minutes = plan.durationS / 60;
  return (
    (sport === undefined || plan.sport === sport) &&
    (intensity === undefined || plan.intensity === intensity) &&
    (minMinutes === undefined || minutes >= minMinutes) &&
    (maxMinutes === undefined || minutes <= maxMinutes)
  );
}

/** The filters hold; within them a sentence ranks, and without one the catalogue's own order stays. */
export function createSearchClasses(classes: ClassBook, rank: RankClasses): SearchClasses {
  return async (wish, { limit, cursor }) => {
    const start = cursor === null ? 0 : Number(cursor);
    if (!Number.isSafeInteger(start) || start < 0)
      throw new Refusal("invalid", "The cursor is not one of ours.");
    const candidates = (await classes.all()).filter((plan) => meets(plan, wish));
    const text = wish.query?.trim() ?? "";
    const found: readonly FoundClass[] =
      text === "" ? candidates.map((plan) => ({ plan, score: 0, why: [] })) : rank(candidates, text);
    const end = start + limit;
    return { items: found.slice(start, end), nextCursor: end < found.length ? String(end) : null };
  };
}
