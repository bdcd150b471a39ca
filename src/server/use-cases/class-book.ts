import type { ClassPlan } from "#domain/class-plan.ts";
import type { ClassStore } from "#server/ports/store.ts";

/** Every class there is: the built-in catalogue and the ones people brought. */
export interface ClassBook {
  all(): Promise<readonly ClassPlan[]>;
  byId(id: string): Promise<ClassPlan | null>;
}

export function createClassBook(catalogue: () => readonly ClassPlan[], store: ClassStore): ClassBook {
  let byId: ReadonlyMap<string, ClassPlan> | null = null;
  return {
    async all() {
      const own = await store.listClasses();
      // The very same list as before lets a search keep its index.
      return own.length === 0 ? catalogue() : [...own, ...catalogue()];
    },
    async byId(id) {
      byId ??= new Map(catalogue().map((plan) => [plan.id, plan]));
      return byId.get(id) ?? (await store.getClass(id));
    },
  };
}
