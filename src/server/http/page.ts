/** Lists page by page: the cursor is the position of the last entry that was given, opaque to whoever holds it. */
import { fromCursor, toCursor } from "#server/adapters/cursor.ts";
import type { PageWish, Position } from "#server/ports/page.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import { defaultPageSize } from "./api.ts";

interface PageQuery {
  readonly limit?: number;
  readonly cursor?: string;
}

function positionIn(cursor: string): Position {
  const [, at, id = ""] = /^(\d{1,16}) (.*)$/s.exec(fromCursor(cursor)) ?? [];
  if (at === undefined) throw new Refusal("invalid", "The cursor is not one of ours.");
  return { at: Number(at), id };
}

/** Asks `read` for one entry more than is wanted: whether there is a next page is then known. */
export async function readPage<T>(
  { limit = defaultPageSize, cursor }: PageQuery,
  read: (wish: PageWish) => Promise<readonly T[]>,
  positionOf: (item: T) => Position,
): Promise<{ items: T[]; nextCursor: string | null }> {
  const after = cursor === undefined ? null : positionIn(cursor);
  const found = await read({ after, limit: limit + 1 });
  const items = found.slice(0, limit);
  const last = items.at(-1);
  if (found.length <= limit || last === undefined) return { items, nextCursor: null };
  const { at, id } = positionOf(last);
  return { items, nextCursor: toCursor(`${at} ${id}`) };
}

/** A page of a list that is at hand as a whole, ordered by time, the newest or the oldest first, then by id. */
export function pageOf<T>(
  query: PageQuery,
  all: readonly T[],
  order: "newest" | "oldest",
  positionOf: (item: T) => Position,
): Promise<{ items: T[]; nextCursor: string | null }> {
  const compare = (a: Position, b: Position): number => {
    const byTime = order === "newest" ? b.at - a.at : a.at - b.at;
    return byTime !== 0 ? byTime : a.id < b.id ? -1 : Number(a.id > b.id);
  };
  const read = async ({ after, limit }: PageWish): Promise<readonly T[]> =>
    all
      .filter((item) => after === null || compare(positionOf(item), after) > 0)
      .toSorted((a, b) => compare(positionOf(a), positionOf(b)))
      .slice(0, limit);
  return readPage(query, read, positionOf);
}
