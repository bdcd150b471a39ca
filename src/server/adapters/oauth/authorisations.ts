import type { AdapterPayload } from "oidc-provider";
import { parseScopes, type Scope } from "#domain/access.ts";
import type { App, Authorisation, Authorisations } from "#server/ports/authorisations.ts";
import type { OauthRecord, OauthStore, ServerSecrets } from "#server/ports/oauth.ts";
import { serviceUri } from "../ca/authority.ts";
import { systemClock } from "../system.ts";
import { idHash, payloadBox, recordAdapter, type PayloadBox } from "./record-adapter.ts";

function hostOf(address: string): string {
  return URL.parse(address)?.host || address;
}

function appOf(metadata: Readonly<Record<string, unknown>>): App {
  const id = String(metadata.client_id);
  const redirects = Array.isArray(metadata.redirect_uris) ? metadata.redirect_uris.map(String) : [];
  const grantTypes = Array.isArray(metadata.grant_types) ? metadata.grant_types : [];
  return {
    id,
    name: typeof metadata.client_name === "string" ? metadata.client_name : id,
    website: typeof metadata.client_uri === "string" ? metadata.client_uri : null,
    redirectHosts: [...new Set(redirects.map(hostOf))],
    isServiceAccount: grantTypes.includes("client_credentials"),
  };
}

/** The metadata of a client that holds a certificate: mutual TLS always, and tokens bound to it (RFC 8705). */
function serviceAccount(appId: string, scopes: readonly Scope[]): AdapterPayload {
  return {
    client_id: appId,
    client_name: appId,
    grant_types: ["client_credentials"],
    response_types: [],
    redirect_uris: [],
    scope: scopes.join(" "),
    token_endpoint_auth_method: "tls_client_auth",
    tls_client_auth_san_uri: serviceUri(appId),
    tls_client_certificate_bound_access_tokens: true,
  };
}

/** Over a store and the secrets it was sealed with, without a server. */
export function authorisationsOver(store: OauthStore, secrets: ServerSecrets): Authorisations {
  return oauthAuthorisations(store, payloadBox(secrets));
}

export function oauthAuthorisations(store: OauthStore, box: PayloadBox): Authorisations {
  const app = async (appId: string): Promise<App | null> => {
    const record = await store.getRecord("Client", idHash(appId));
    return record === null ? null : appOf(box.open(record));
  };
  const authorisationOf = async (record: OauthRecord): Promise<Authorisation | null> => {
    const payload = box.open(record) as { clientId?: string; iat?: number; openid?: { scope?: string } };
    const of = payload.clientId === undefined ? null : await app(payload.clientId);
    if (of === null) return null;
    return {
      app: of,
      scopes: parseScopes(payload.openid?.scope ?? ""),
      grantedAtMs: (payload.iat ?? 0) * 1000,
    };
  };
  const endGrants = async (records: readonly OauthRecord[], appId: string): Promise<void> => {
    const theirs = records.filter((record) => record.clientId === appId);
    for (const record of theirs) await store.removeGrant(record.idHash);
  };
  return {
    app,
    apps: async () => (await store.listRecords("Client", null)).map((record) => appOf(box.open(record))),
    async of(personId) {
      const grants = await store.listRecords("Grant", personId);
      const found = await Promise.all(grants.map(authorisationOf));
      const newestFirst = found
        .filter((authorisation) => authorisation !== null)
        .toSorted((a, b) => b.grantedAtMs - a.grantedAtMs);
      const byApp = Map.groupBy(newestFirst, (authorisation) => authorisation.app.id);
      return [...byApp.values()].flatMap(([newest, ...older]) => {
        if (newest === undefined) return [];
        return [{ ...newest, scopes: [...new Set([newest, ...older].flatMap(({ scopes }) => scopes))] }];
      });
    },
    revoke: async (personId, appId) => endGrants(await store.listRecords("Grant", personId), appId),
    async putServiceAccount(appId, scopes) {
      const clients = recordAdapter({ store, box, clock: systemClock })("Client");
      await clients.upsert(appId, serviceAccount(appId, scopes), Number.POSITIVE_INFINITY);
    },
    async removeApp(appId) {
      await endGrants(await store.listRecords("Grant", null), appId);
      // Service accounts hold tokens without a grant.
      const own = (await store.listRecords("ClientCredentials", null)).filter(
        ({ clientId }) => clientId === appId,
      );
      for (const record of own) await store.removeRecord(record.model, record.idHash);
      await store.removeRecord("Client", idHash(appId));
    },
  };
}
