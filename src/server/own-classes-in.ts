import type { ClassPlan } from "#domain/class-plan.ts";
import { aesSealer } from "./adapters/keys/aes-sealer.ts";
import { openKeystore } from "./adapters/keys/open-keystore.ts";
import type { Store } from "./ports/store.ts";
import { createSealedClasses } from "./use-cases/sealed-classes.ts";

/** The classes of the owner of an open data folder, with the keystore `keysDir`. */
export async function ownClassesIn(store: Store, keysDir: string): Promise<readonly ClassPlan[]> {
  const owner = await store.people.owner();
  if (owner === null) return [];
  const sealer = aesSealer(await openKeystore(keysDir), store.dataKeys);
  return createSealedClasses(store.ownClasses, sealer).list(owner.id);
}
