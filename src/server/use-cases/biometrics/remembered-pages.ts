import type { WorkoutPage } from "#server/ports/biometrics.ts";

export interface PageWish {
  readonly limit: number;
  readonly cursor: string | null;
}

/** Opened pages lie in memory for as few people, and as few of each, as are looked at again and again. */
const maxPeople = 8;
const maxPagesEach = 4;

export interface RememberedPages {
  get(personId: string, page: PageWish): Promise<WorkoutPage>;
  /** Called before and after each change, so that no page that began before it is shown after it. */
  drop(personId: string): void;
}

/** The same page is opened once, until something of its person changes. */
export function rememberPages(
  read: (personId: string, page: PageWish) => Promise<WorkoutPage>,
): RememberedPages {
  const people = new Map<string, Map<string, Promise<WorkoutPage>>>();
  return {
    drop: (personId) => void people.delete(personId),
    get(personId, page) {
      const pages = people.get(personId) ?? new Map<string, Promise<WorkoutPage>>();
      const key = JSON.stringify([page.limit, page.cursor]);
      const known = pages.get(key);
      if (known !== undefined) return known;
      if (pages.size >= maxPagesEach) pages.clear();
      if (!people.has(personId) && people.size >= maxPeople) people.clear();
      const found = read(personId, page);
      pages.set(key, found);
      people.set(personId, pages);
      found.catch(() => pages.delete(key));
      return found;
    },
  };
}
