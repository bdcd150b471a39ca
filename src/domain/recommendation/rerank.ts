/** Search results in the order that suits a person now: those that fit the words about equally well change places. */
import type { SearchResult } from "../search/rank.ts";
import { clamp } from "../units.ts";
import type { Judge, ReasonKind } from "./recommend.ts";

/** What a class that suits in every way gains, in scores of the search (1 is its best result, 0.75 about its twentieth). */
const contextShare = 0.2;
/** What is said of the moment; that a class is new or its music known is true of most. */
const momentKinds: ReadonlySet<ReasonKind> = new Set(["programme", "readiness", "sport", "family"]);

/** The same results, none more and none less. The reason of the moment comes first. */
export function rerank(found: readonly SearchResult[], judge: Judge): readonly SearchResult[] {
  const moved = found.map((result) => ({
    result,
    score: result.score + contextShare * clamp(judge.score(result.plan), 0, 1),
  }));
  const top = Math.max(0, ...moved.map(({ score }) => score));
  return moved
    .toSorted((a, b) => b.score - a.score)
    .map(({ result, score }) => {
      const reason = judge.reasons(result.plan).find(({ kind }) => momentKinds.has(kind));
      const why = reason === undefined ? result.why : [reason.text, ...result.why];
      return { ...result, score: top > 0 ? Math.round((score / top) * 1000) / 1000 : 0, why };
    });
}
