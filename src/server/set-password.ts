import { scryptCredentials } from "./adapters/keys/scrypt-credentials.ts";
import { systemClock } from "./adapters/system.ts";
import type { Store } from "./ports/store.ts";
import { createSignIn } from "./use-cases/sign-in.ts";

/**
 * Sets a password in a store without a server, the owner's without a name. Rejects with `Refusal` for one that is too
 * short or too long, or a name that nobody has.
 */
export async function setPasswordIn(store: Store, password: string, name: string | null): Promise<void> {
  await createSignIn({
    people: store.people,
    credentials: scryptCredentials(),
    clock: systemClock,
  }).setPassword(password, name);
}
