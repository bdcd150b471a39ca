/** The people of a server, put together: how they come in, what they come in with, who they are. */
import { webauthnChecks } from "./adapters/keys/webauthn-checks.ts";
import type { Credentials } from "./ports/credentials.ts";
import type { Clock } from "./ports/environment.ts";
import type { Store } from "./ports/store.ts";
import { createHousehold, type Household } from "./use-cases/household.ts";
import { createPasskeys, type Passkeys } from "./use-cases/passkeys.ts";
import { createSignIn, type SignIn } from "./use-cases/sign-in.ts";

export interface PeoplePart {
  readonly signIn: SignIn;
  readonly passkeys: Passkeys;
  readonly household: Household;
}

/** `challengeKey`: 32 secret bytes that the challenges of passkeys are proven with. */
export function wirePeople(
  store: Store,
  { credentials, clock, challengeKey }: { credentials: Credentials; clock: Clock; challengeKey: Uint8Array },
): PeoplePart {
  const { people } = store;
  const signIn = createSignIn({ people, credentials, clock });
  const checks = webauthnChecks(challengeKey);
  return {
    signIn,
    passkeys: createPasskeys({ store, checks, credentials, clock, signIn }),
    household: createHousehold({ people, credentials, clock }),
  };
}
