/** Puts together what concerns other programs: the way out of the server, the apps that come in, and what they are told. */
import type { PeerCertificateOf } from "./adapters/ca/peer-certificate.ts";
import { scryptCredentials } from "./adapters/keys/scrypt-credentials.ts";
import { fileServerSecrets } from "./adapters/keys/server-secrets.ts";
import { sealedAnswers } from "./adapters/oauth/sealed-answers.ts";
import { createOauthServer } from "./adapters/oauth/oauth-server.ts";
import { guardedOutbound } from "./adapters/outbound/guarded-outbound.ts";
import { systemClock } from "./adapters/system.ts";
import { standardWebhookSigner } from "./adapters/webhooks/signer.ts";
import type { CertificateAuthority } from "./ports/certificates.ts";
import type { Clock } from "./ports/environment.ts";
import type { ServerSecrets } from "./ports/oauth.ts";
import type { Outbound } from "./ports/outbound.ts";
import type { Store } from "./ports/store.ts";
import { createAllowOrigins, type AllowOrigins } from "./use-cases/allow-origins.ts";
import { createReportApps } from "./use-cases/app-report.ts";
import type { AuditTrail } from "./use-cases/audit.ts";
import { createConnectedApps } from "./use-cases/connected-apps.ts";
import type { Consents } from "./use-cases/consents.ts";
import { createMeterApps } from "./use-cases/meter-apps.ts";
import { createServiceAccounts } from "./use-cases/service-accounts.ts";
import { createWebhooks, type Webhooks } from "./use-cases/webhooks.ts";

/** What was counted is written this often; a crash forgets no more than that. */
const flushEveryMs = 10_000;
/** A message leaves at most this long after its event. */
const deliverEveryMs = 5000;

export interface AppsPartOptions {
  readonly audit: AuditTrail;
  readonly consents: Consents;
  readonly store: Store;
  readonly keysDir: string;
  readonly peerCertificate: PeerCertificateOf;
  readonly authority: () => Promise<CertificateAuthority | null>;
  readonly onFailure: (error: unknown) => void;
}

interface WiringParts {
  readonly audit: AuditTrail;
  readonly store: Store;
  readonly consents: Consents;
  readonly secrets: ServerSecrets;
  readonly allowOrigins: AllowOrigins;
  readonly outbound: Outbound;
  readonly clock: Clock;
  readonly peerCertificate: PeerCertificateOf;
  readonly authority: () => Promise<CertificateAuthority | null>;
}

/** An app hears of its own consent; the person's addresses of all of them. Whoever is cut off hears that last. */
function tellOfConsents(consents: Consents, webhooks: Webhooks): void {
  consents.onChange(async ({ personId, entry }) => {
    const { purpose, granted, sequence } = entry;
    const appId = /^share:(.+)$/.exec(purpose)?.[1] ?? "";
    await webhooks.tell(personId, "consent.changed", String(sequence), { purpose, granted }, appId);
    if (appId !== "" && !granted) await webhooks.removeOfApp(personId, appId);
  });
}

/** The use-cases of apps over given adapters. */
export function wireApps(parts: WiringParts) {
  const { store, consents, audit, secrets, allowOrigins, outbound, clock, peerCertificate, authority } =
    parts;
  const oauth = createOauthServer({
    store: store.oauth,
    secrets,
    clock: systemClock,
    peerCertificate,
    outbound,
  });
  const { authorisations } = oauth;
  const meter = createMeterApps({ usage: store.usage, settings: store.settings, clock });
  const webhooks = createWebhooks({
    store: store.webhooks,
    outbound,
    allowed: allowOrigins,
    signer: standardWebhookSigner(secrets),
    credentials: scryptCredentials(),
    clock,
    chance: Math.random,
  });
  tellOfConsents(consents, webhooks);
  return {
    allowOrigins,
    oauth,
    meter,
    webhooks,
    keptAnswers: sealedAnswers(store.oauth, secrets, clock),
    serviceAccounts: createServiceAccounts({ authority, authorisations, clock }),
    apps: createConnectedApps({
      authorisations,
      consents,
      webhooks,
      people: store.people,
      settings: store.settings,
    }),
    reportApps: createReportApps({
      authorisations,
      people: store.people,
      meter,
      usage: store.usage,
      webhooks,
      audit,
      clock,
    }),
  };
}

export async function assembleApps({ keysDir, onFailure, ...given }: AppsPartOptions) {
  const { store } = given;
  const allowOrigins = await createAllowOrigins(store.settings);
  const outbound = guardedOutbound({ allowed: allowOrigins });
  outbound.guardProcess();
  const secrets = await fileServerSecrets(keysDir);
  const routes = wireApps({ ...given, secrets, allowOrigins, outbound, clock: systemClock });
  const timers = [
    setInterval(() => void routes.meter.flush().catch(onFailure), flushEveryMs),
    setInterval(() => void routes.webhooks.deliverDue().catch(onFailure), deliverEveryMs),
  ];
  return {
    routes,
    async close() {
      timers.forEach(clearInterval);
      await routes.meter.flush();
      await outbound.close();
    },
  };
}
