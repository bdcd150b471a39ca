import type { Judge } from "./judges.ts";

export interface GradedQuery {
  readonly text: string;
  readonly hard: readonly Judge[];
  /** What makes one answer better than another. */
  readonly wish: Judge | null;
}

/** An empty list of queries, and what adds one. */
export function queryList() {
  const graded: GradedQuery[] = [];
  const q = (text: string, hard: readonly Judge[], wish: Judge | null = null): void => {
    graded.push({ text, hard, wish });
  };
  return { graded: graded as readonly GradedQuery[], q };
}
