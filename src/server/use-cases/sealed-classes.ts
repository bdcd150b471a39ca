/** Classes of one's own between the store and the class book: sealed on the way in, opened on the way out. */
import type { ClassPlan } from "#domain/class-plan.ts";
import type { OwnClassStore } from "#server/ports/own-classes.ts";
import { SealError, type SealContext, type Sealer } from "#server/ports/sealer.ts";

interface KeptClass {
  /** Of the row: a number, as the id of a class is made from its title. */
  readonly rowId: string;
  /** Null where the key is gone. */
  readonly plan: ClassPlan | null;
}

export interface SealedClasses {
  /** By id; what no key opens is left out. */
  list(personId: string): Promise<readonly ClassPlan[]>;
  /** One change of a person after the other. */
  put(personId: string, plan: ClassPlan): Promise<void>;
  remove(personId: string, id: string): Promise<void>;
  /** Seals for the owner what was kept before classes were a person's. */
  adoptEarlier(ownerId: string): Promise<void>;
}

function contextOf(personId: string, rowId: string): SealContext {
  return { personId, category: "own-class", rowId };
}

export function createSealedClasses(store: OwnClassStore, sealer: Sealer): SealedClasses {
  const changes = new Map<string, Promise<void>>();
  const inTurn = (personId: string, change: () => Promise<void>): Promise<void> => {
    const before = changes.get(personId) ?? Promise.resolve();
    const changed = before.catch(() => undefined).then(change);
    changes.set(personId, changed);
    return changed;
  };
  const read = async (personId: string): Promise<readonly KeptClass[]> => {
    const open = async (rowId: string, sealed: Uint8Array): Promise<KeptClass> => {
      try {
        const plain = await sealer.open(contextOf(personId, rowId), sealed);
        return { rowId, plan: JSON.parse(new TextDecoder().decode(plain)) as ClassPlan };
      } catch (error) {
        if (error instanceof SealError) return { rowId, plan: null };
        throw error;
      }
    };
    const rows = await store.ownClassesOf(personId);
    return Promise.all(rows.map(({ id, sealed }) => open(id, sealed)));
  };
  const put = (personId: string, plan: ClassPlan): Promise<void> =>
    inTurn(personId, async () => {
      const kept = await read(personId);
      const next = 1 + Math.max(0, ...kept.map(({ rowId }) => Number(rowId)));
      const rowId = kept.find((known) => known.plan?.id === plan.id)?.rowId ?? String(next);
      const plain = new TextEncoder().encode(JSON.stringify(plan));
      const sealed = await sealer.seal(contextOf(personId, rowId), plain);
      await store.putOwnClass({ personId, id: rowId, sealed });
    });
  return {
    put,
    async list(personId) {
      const plans = (await read(personId)).flatMap(({ plan }) => plan ?? []);
      return plans.toSorted((one, other) => (one.id < other.id ? -1 : 1));
    },
    remove: (personId, id) =>
      inTurn(personId, async () => {
        const known = (await read(personId)).find(({ plan }) => plan?.id === id);
        if (known !== undefined) await store.removeOwnClass(personId, known.rowId);
      }),
    async adoptEarlier(ownerId) {
      const earlier = await store.earlierClasses();
      for (const text of earlier) await put(ownerId, JSON.parse(text) as ClassPlan);
      if (earlier.length > 0) await store.forgetEarlierClasses();
    },
  };
}
