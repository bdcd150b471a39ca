import { aesSealer } from "./adapters/keys/aes-sealer.ts";
import { openKeystore } from "./adapters/keys/open-keystore.ts";
import type { Store } from "./ports/store.ts";
import { createRotateKeys } from "./use-cases/rotate-keys.ts";

/** Rotates keys in a store without a server; null: everybody's. Answers how many people's. */
export async function rotateKeysIn(store: Store, keysDir: string, name: string | null): Promise<number> {
  const sealer = aesSealer(await openKeystore(keysDir), store.dataKeys);
  return createRotateKeys(store.people, sealer).named(name);
}
