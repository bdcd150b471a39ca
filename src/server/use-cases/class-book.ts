import type { ClassPlan } from "#domain/class-plan.ts";
import { mixOf, partsOfMixId } from "#domain/recommendation/mix.ts";
import { gapIn } from "#protocol/class-json.ts";
import { Refusal } from "./refusal.ts";
import type { SealedClasses } from "./sealed-classes.ts";

const ownId = /^own(-[a-z0-9]+)+$/;
/** Far more than somebody writes; a list of them is held in memory. */
const maxOwnClasses = 2_000;

/**
 * Every class there is for somebody: the built-in catalogue and the ones they brought or made, which are theirs alone. Nobody
 * (null: a visitor, an app) sees the catalogue.
 */
export interface ClassBook {
  builtIn(): readonly ClassPlan[];
  all(personId: string | null): Promise<readonly ClassPlan[]>;
  own(personId: string): Promise<readonly ClassPlan[]>;
  /** Also a mix: a class in a mood, such as "cycling-endurance-30~calm". */
  byId(personId: string | null, id: string): Promise<ClassPlan | null>;
  /** Keeps a class under its id, new or in place of what it was. Rejects with `Refusal` when that is not one of ours. */
  save(personId: string, plan: ClassPlan): Promise<ClassPlan>;
  remove(personId: string, id: string): Promise<void>;
  /** Goes up with every change of the person's. */
  version(personId: string | null): number;
  /** Forgets what is held in memory of a person. */
  drop(personId: string): void;
}

function checkOwn(id: string): void {
  if (!ownId.test(id))
    throw new Refusal(
      "conflict",
      "Built-in classes stay as they are. Save a copy whose id begins with own-.",
    );
}

interface Lists {
  readonly own: readonly ClassPlan[];
  readonly all: readonly ClassPlan[];
}

export function createClassBook(catalogue: () => readonly ClassPlan[], sealed: SealedClasses): ClassBook {
  let byId: ReadonlyMap<string, ClassPlan> | null = null;
  // Only this process writes. The very same list as before lets a search keep its index.
  const lists = new Map<string, Promise<Lists>>();
  const versions = new Map<string, number>();
  const load = async (personId: string): Promise<Lists> => {
    const own = await sealed.list(personId);
    return { own, all: own.length === 0 ? catalogue() : [...own, ...catalogue()] };
  };
  const current = (personId: string): Promise<Lists> => {
    const known = lists.get(personId);
    if (known !== undefined) return known;
    const loaded = load(personId);
    lists.set(personId, loaded);
    loaded.catch(() => lists.delete(personId));
    return loaded;
  };
  const changed = async (personId: string, change: Promise<void>): Promise<void> => {
    await change;
    lists.delete(personId);
    versions.set(personId, (versions.get(personId) ?? 0) + 1);
  };
  const ownById = async (personId: string | null, id: string): Promise<ClassPlan | null> => {
    if (personId === null || !ownId.test(id)) return null;
    return (await current(personId)).own.find((plan) => plan.id === id) ?? null;
  };
  return {
    builtIn: catalogue,
    all: async (personId) => (personId === null ? catalogue() : (await current(personId)).all),
    own: async (personId) => (await current(personId)).own,
    async byId(personId, id) {
      byId ??= new Map(catalogue().map((plan) => [plan.id, plan]));
      const { classId, mood } = partsOfMixId(id);
      const plan = byId.get(classId) ?? (await ownById(personId, classId));
      return plan === null || mood === null ? plan : mixOf(plan, mood);
    },
    async save(personId, plan) {
      checkOwn(plan.id);
      const gap = gapIn(plan);
      if (gap !== null) throw new Refusal("invalid", gap);
      const { own } = await current(personId);
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
      await changed(personId, sealed.put(personId, kept));
      return kept;
    },
    async remove(personId, id) {
      checkOwn(id);
      await changed(personId, sealed.remove(personId, id));
    },
    version: (personId) => (personId === null ? 0 : (versions.get(personId) ?? 0)),
    drop: (personId) => void lists.delete(personId),
  };
}
