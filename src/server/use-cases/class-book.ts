import type { ClassPlan } from "#domain/class-plan.ts";
import { mixOf, partsOfMixId } from "#domain/recommendation/mix.ts";
import { gapIn } from "#protocol/class-json.ts";
import type { ClassStore } from "#server/ports/store.ts";
import { Refusal } from "./refusal.ts";

/** Ids of classes that people made begin with this; those of the catalogue begin with their sport. */
export const ownClassPrefix = "own-";
const ownId = /^own(-[a-z0-9]+)+$/;
/** Far more than a household writes; a list of them is held in memory. */
const maxOwnClasses = 2_000;

/** Every class there is: the built-in catalogue and the ones people brought or made, which the household shares. */
export interface ClassBook {
  all(): Promise<readonly ClassPlan[]>;
  builtIn(): readonly ClassPlan[];
  own(): Promise<readonly ClassPlan[]>;
  /** Also a mix: a class in a mood, such as "cycling-endurance-30~calm". */
  byId(id: string): Promise<ClassPlan | null>;
  /** Keeps a class under its id, new or in place of what it was. Rejects with `Refusal` when that is not one of ours. */
  save(plan: ClassPlan): Promise<ClassPlan>;
  remove(id: string): Promise<void>;
  /** Goes up with every change. */
  version(): number;
}

function checkOwn(id: string): void {
  if (!ownId.test(id))
    throw new Refusal(
      "conflict",
      "Built-in classes stay as they are. Save a copy whose id begins with own-.",
    );
}

export function createClassBook(catalogue: () => readonly ClassPlan[], store: ClassStore): ClassBook {
  let byId: ReadonlyMap<string, ClassPlan> | null = null;
  // Only this process writes. The very same list as before lets a search keep its index.
  let lists: Promise<{ own: readonly ClassPlan[]; all: readonly ClassPlan[] }> | null = null;
  let version = 0;
  const load = async () => {
    const own = await store.listClasses();
    return { own, all: own.length === 0 ? catalogue() : [...own, ...catalogue()] };
  };
  const current = () => {
    lists ??= load();
    lists.catch(() => (lists = null));
    return lists;
  };
  const changed = async (change: Promise<void>): Promise<void> => {
    await change;
    lists = null;
    version += 1;
  };
  return {
    all: async () => (await current()).all,
    builtIn: catalogue,
    own: async () => (await current()).own,
    async byId(id) {
      byId ??= new Map(catalogue().map((plan) => [plan.id, plan]));
      const { classId, mood } = partsOfMixId(id);
      const plan = byId.get(classId) ?? (await store.getClass(classId));
      return plan === null || mood === null ? plan : mixOf(plan, mood);
    },
    async save(plan) {
      checkOwn(plan.id);
      const gap = gapIn(plan);
      if (gap !== null) throw new Refusal("invalid", gap);
      const { own } = await current();
      if (own.length >= maxOwnClasses && !own.some(({ id }) => id === plan.id))
        throw new Refusal(
          "conflict",
          `There are ${maxOwnClasses} classes of your own already. Delete one first.`,
        );
      const kept: ClassPlan = {
        ...plan,
        family: "own",
        cues: plan.cues.toSorted((one, other) => one.atS - other.atS),
      };
      await changed(store.putClass(kept));
      return kept;
    },
    async remove(id) {
      checkOwn(id);
      await changed(store.removeClass(id));
    },
    version: () => version,
  };
}
