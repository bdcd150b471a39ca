/** Puts together what concerns other programs: the way out of the server, and the apps that come in. */
import { fileServerSecrets } from "./adapters/keys/server-secrets.ts";
import { createOauthServer } from "./adapters/oauth/oauth-server.ts";
import { guardedOutbound } from "./adapters/outbound/guarded-outbound.ts";
import { systemClock } from "./adapters/system.ts";
import type { Store } from "./ports/store.ts";
import { createAllowOrigins } from "./use-cases/allow-origins.ts";
import { createConnectedApps } from "./use-cases/connected-apps.ts";
import type { Consents } from "./use-cases/consents.ts";

export interface AppsPartOptions {
  readonly consents: Consents;
  readonly store: Store;
  readonly keysDir: string;
  /** Where the server answers; known once it listens. */
  readonly address: () => string;
}

export async function assembleApps({ store, consents, keysDir, address }: AppsPartOptions) {
  const allowOrigins = await createAllowOrigins(store.settings);
  const outbound = guardedOutbound({ allowed: allowOrigins });
  outbound.guardProcess();
  const oauth = createOauthServer({
    issuer: address,
    store: store.oauth,
    secrets: await fileServerSecrets(keysDir),
    clock: systemClock,
  });
  return {
    routes: {
      allowOrigins,
      oauth,
      apps: createConnectedApps({ authorisations: oauth.authorisations, consents, settings: store.settings }),
    },
    close: () => outbound.close(),
  };
}
