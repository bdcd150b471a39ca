/** The authorisation server: OAuth 2.1 by oidc-provider, cut down to what apps of Upbeat need. */
import { createECDH, type X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";
import {
  Provider,
  errors,
  interactionPolicy,
  type Configuration,
  type KoaContextWithOIDC,
} from "oidc-provider";
import { scopes } from "#domain/access.ts";
import type { Clock } from "#server/ports/environment.ts";
import type { PeerCertificateOf } from "../ca/peer-certificate.ts";
import type { OauthStore, ServerSecrets } from "#server/ports/oauth.ts";
import type { Outbound } from "#server/ports/outbound.ts";
import { codePage, confirmPage, connectedPage, failedPage } from "./pages.ts";
import { payloadBox, recordAdapter } from "./record-adapter.ts";

export interface OauthParts {
  /** Where this server is reached, such as "http://127.0.0.1:8120". */
  readonly issuer: string;
  readonly store: OauthStore;
  readonly secrets: ServerSecrets;
  readonly clock: Clock;
  readonly peerCertificate: PeerCertificateOf;
  /** What apps have it fetch (their keys) goes the guarded way. */
  readonly outbound: Outbound;
}

const minuteS = 60;
const dayS = 86_400;
/** An access token is short-lived: whoever steals it has little time. */
export const accessTokenS = 10 * minuteS;
/** An app that is not used for so long has to ask again. */
const refreshTokenS = 30 * dayS;
/** An app whose keys have not come by then cannot sign in with them. */
const keysWithinMs = 5000;
const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code";
const mutualTls: readonly string[] = ["tls_client_auth", "self_signed_tls_client_auth"];

/** The key pair for signed answers, the same after each start (P-256; the private scalar follows from the secrets). */
function signingKey(secrets: ServerSecrets) {
  const pair = createECDH("prime256v1");
  const d = Buffer.from(secrets.derive("oauth-signing", 32));
  pair.setPrivateKey(d);
  const point = pair.getPublicKey();
  return {
    kty: "EC",
    crv: "P-256",
    use: "sig",
    alg: "ES256",
    d: d.toString("base64url"),
    x: point.subarray(1, 33).toString("base64url"),
    y: point.subarray(33).toString("base64url"),
  };
}

/** Each authorisation is decided anew by the person who is signed in to Upbeat; no earlier login stands in. */
function alwaysAsk() {
  const policy = interactionPolicy.base();
  policy
    .get("login")
    ?.checks.add(
      new interactionPolicy.Check(
        "ask_person",
        "The person decides each time",
        "interaction_required",
        ({ oidc }) => oidc.result?.login === undefined,
      ),
    );
  return policy;
}

function certificateOf(ctx: KoaContextWithOIDC): X509Certificate | undefined {
  const socket = ctx.req.socket as Partial<TLSSocket>;
  return socket.getPeerX509Certificate?.();
}

/** A code must not cross a network in clear: TLS, this very machine, or a scheme of the app's own ("com.example.app:"). */
function isSafeRedirect(address: unknown): boolean {
  const url = URL.parse(String(address));
  if (url?.protocol !== "http:")
    return url !== null && /^(https|[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+):$/.test(url.protocol);
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
}

/** Service accounts, which act for nobody, are made by the owner and hold a certificate. */
function checkClient(metadata: Record<string, unknown>, isRegistration: boolean): void {
  const grantTypes = Array.isArray(metadata.grant_types) ? metadata.grant_types : [];
  const redirects = Array.isArray(metadata.redirect_uris) ? metadata.redirect_uris : [];
  if (!redirects.every(isSafeRedirect)) {
    throw new errors.InvalidRedirectUri(
      "redirect_uris must be https, loopback, or a scheme of the app's own",
    );
  }
  if (!grantTypes.includes("client_credentials")) return;
  if (isRegistration) throw new errors.InvalidClientMetadata("service accounts are made by the owner");
  const isBound = metadata.tls_client_certificate_bound_access_tokens === true;
  if (!mutualTls.includes(String(metadata.token_endpoint_auth_method)) || !isBound) {
    throw new errors.InvalidClientMetadata("service accounts sign in with a certificate");
  }
}

function features(peerCertificate: PeerCertificateOf): Configuration["features"] {
  /** A certificate of ours that was taken back is as good as none. */
  const usable = (ctx: KoaContextWithOIDC): X509Certificate | undefined =>
    peerCertificate(ctx.req) === null ? undefined : certificateOf(ctx);
  return {
    devInteractions: { enabled: false },
    userinfo: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    resourceIndicators: { enabled: false },
    registration: { enabled: true, initialAccessToken: false },
    revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
    introspection: {
      enabled: true,
      // An app may ask about its own tokens only.
      allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
    },
    clientCredentials: { enabled: true },
    dPoP: { enabled: true },
    mTLS: {
      enabled: true,
      certificateBoundAccessTokens: true,
      selfSignedTlsClientAuth: true,
      tlsClientAuth: true,
      getCertificate: usable,
      certificateAuthorized: (ctx) => peerCertificate(ctx.req)?.isOurs === true,
      certificateSubjectMatches: (ctx, property, expected) =>
        property === "tls_client_auth_san_uri" &&
        (usable(ctx)?.subjectAltName ?? "").split(", ").includes(`URI:${expected}`),
    },
    deviceFlow: {
      enabled: true,
      charset: "base-20",
      mask: "****-****",
      userCodeInputSource: async (ctx, form, _out, error) => {
        ctx.body = codePage(form, error !== undefined);
      },
      userCodeConfirmSource: async (ctx, form, client, _deviceInfo, userCode) => {
        ctx.body = confirmPage(form, client.clientName ?? client.clientId, userCode);
      },
      successSource: async (ctx) => {
        const client = ctx.oidc.client;
        ctx.body = connectedPage(client?.clientName ?? client?.clientId ?? "The device");
      },
    },
  };
}

const routes: Configuration["routes"] = {
  authorization: "/oauth/authorize",
  token: "/oauth/token",
  revocation: "/oauth/revoke",
  introspection: "/oauth/introspect",
  registration: "/oauth/register",
  jwks: "/oauth/keys",
  device_authorization: "/oauth/device-authorization",
  code_verification: "/oauth/device",
  pushed_authorization_request: "/oauth/request",
};

function configuration({ store, secrets, clock, peerCertificate, outbound }: OauthParts): Configuration {
  const cookieKey = Buffer.from(secrets.derive("oauth-cookies", 32)).toString("base64url");
  const cookie = { httpOnly: true, sameSite: "lax", signed: true } as const;
  return {
    adapter: recordAdapter({ store, box: payloadBox(secrets), clock }),
    jwks: { keys: [signingKey(secrets)] },
    scopes: [...scopes],
    claims: {},
    responseTypes: ["code"],
    clientAuthMethods: [
      "none",
      "client_secret_basic",
      "client_secret_post",
      "private_key_jwt",
      "tls_client_auth",
      "self_signed_tls_client_auth",
    ],
    clientDefaults: {
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
      id_token_signed_response_alg: "ES256",
    },
    enabledJWA: { clientAuthSigningAlgValues: ["ES256", "PS256", "RS256", "EdDSA"] },
    extraClientMetadata: {
      properties: ["upbeat"],
      validator: (ctx, _name, _value, metadata) =>
        checkClient({ ...metadata }, ctx?.oidc.route === "registration"),
    },
    pkce: { required: () => true },
    cookies: {
      names: { session: "upbeat-oauth", interaction: "upbeat-ask", resume: "upbeat-resume" },
      keys: [cookieKey],
      long: cookie,
      short: cookie,
    },
    features: features(peerCertificate),
    fetch: (url, options) =>
      outbound.fetch(url, { ...options, redirect: "error", signal: AbortSignal.timeout(keysWithinMs) }),
    routes,
    interactions: {
      policy: alwaysAsk(),
      url: (_ctx, interaction) => `/v1/oauth/interactions/${interaction.uid}`,
    },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    loadExistingGrant: async (ctx) => {
      const grantId = ctx.oidc.result?.consent?.grantId;
      return grantId === undefined ? undefined : ctx.oidc.provider.Grant.find(grantId);
    },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    rotateRefreshToken: true,
    expiresWithSession: () => false,
    ttl: {
      AccessToken: accessTokenS,
      ClientCredentials: accessTokenS,
      AuthorizationCode: minuteS,
      DeviceCode: 10 * minuteS,
      Interaction: 10 * minuteS,
      Session: 10 * minuteS,
      RefreshToken: refreshTokenS,
      Grant: 365 * dayS,
      IdToken: accessTokenS,
    },
    renderError: (ctx, out) => {
      ctx.type = "html";
      ctx.body = failedPage(out.error_description ?? out.error);
    },
  };
}

export function createProvider(parts: OauthParts): Provider {
  return new Provider(parts.issuer, configuration(parts));
}

export { deviceGrant };
