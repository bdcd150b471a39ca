import { scryptCredentials } from "./adapters/keys/scrypt-credentials.ts";
import { systemClock } from "./adapters/system.ts";
import type { Store } from "./ports/store.ts";
import { createSignIn } from "./use-cases/sign-in.ts";

/** Sets the owner's password in a store without a server. Rejects with `Refusal` for one that is too short or too long. */
export async function setPasswordIn(store: Store, password: string): Promise<void> {
  await createSignIn({
    people: store.people,
    credentials: scryptCredentials(),
    clock: systemClock,
  }).setPassword(password);
}
