import type { ClassPlan } from "#domain/class-plan.ts";
import { browseOrder } from "#domain/search/browse.ts";
import { maxQueryLength, parseQuery } from "#domain/search/parse.ts";
import type { Chip } from "#domain/search/query.ts";
import { searchClasses, type Nearness } from "#domain/search/rank.ts";
import { rerank } from "#domain/recommendation/rerank.ts";
import type { ClassBook } from "./class-book.ts";
import type { ClassMeaning } from "./class-meaning.ts";
import type { JudgeClasses, MomentOf } from "./recommend-classes.ts";
import { Refusal } from "./refusal.ts";

export interface ClassWish {
  readonly query?: string;
  readonly sport?: string;
  readonly intensity?: string;
  readonly minMinutes?: number;
  readonly maxMinutes?: number;
  /** Only classes of one's own. */
  readonly own?: boolean;
  /** Whose own classes are among them; null: the built-in ones only. */
  readonly personId: string | null;
  /** For whom results of a search are ordered; nobody: by the words alone. */
  readonly moment?: MomentOf | null;
}

export interface FoundClass {
  readonly plan: ClassPlan;
  readonly score: number;
  readonly why: readonly string[];
}

export interface FoundPage {
  readonly items: readonly FoundClass[];
  readonly nextCursor: string | null;
  /** What was understood of the sentence. */
  readonly chips: readonly Chip[];
  /** Whether what the person did lately has a say in the order. */
  readonly usesWorkouts: boolean;
}

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

function find(
  plans: readonly ClassPlan[],
  text: string,
  nearness: Nearness | null,
): { found: readonly FoundClass[]; chips: readonly Chip[] } {
  if (text === "")
    return { found: browseOrder(plans).map((plan) => ({ plan, score: 0, why: [] })), chips: [] };
  const query = parseQuery(text);
  return { found: searchClasses(plans, query, { limit: plans.length, nearness }), chips: query.chips };
}

function plansFor(classes: ClassBook, wish: ClassWish): Promise<readonly ClassPlan[]> {
  const { personId } = wish;
  if (wish.own !== true) return classes.all(personId);
  return personId === null ? Promise.resolve([]) : classes.own(personId);
}

/**
 * A sentence ranks, and without one the classes come in the order for leafing through; the filters hold in any case. What
 * suits the person now changes the order of results, as far as they allow it, and never what is among them. With `meaning` the
 * sentences of people of this server, not those of visitors and apps, are compared by what they mean as well.
 */
export function createSearchClasses(
  classes: ClassBook,
  judgeFor: JudgeClasses,
  meaning: Pick<ClassMeaning, "nearnessTo"> | null,
): SearchClasses {
  return async ({ moment = null, ...wish }, { limit, cursor }) => {
    const start = cursor === null ? 0 : Number(cursor);
    if (!Number.isSafeInteger(start) || start < 0) {
      throw new Refusal("invalid", "The cursor is not one of ours.");
    }
    const text = wish.query?.trim() ?? "";
    const isAsked = meaning !== null && text !== "" && wish.personId !== null;
    const nearness = isAsked ? await meaning.nearnessTo(text.slice(0, maxQueryLength)) : null;
    const { found, chips } = find(await plansFor(classes, wish), text, nearness);
    const kept = found.filter(({ plan }) => meets(plan, wish));
    const judge = text === "" || moment === null ? null : await judgeFor(moment);
    const ordered = judge === null ? kept : rerank(kept, judge);
    const end = start + limit;
    const nextCursor = end < kept.length ? String(end) : null;
    return { items: ordered.slice(start, end), nextCursor, chips, usesWorkouts: judge !== null };
  };
}
