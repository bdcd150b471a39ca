import type { Scope } from "#domain/access.ts";

/** A program that may be connected: who it says it is. Nothing of this is verified, and pages say so. */
export interface App {
  readonly id: string;
  readonly name: string;
  readonly website: string | null;
  /** Hosts it sends people back to; empty for devices and service accounts. */
  readonly redirectHosts: readonly string[];
  readonly isServiceAccount: boolean;
}

/** What one person has given one app. */
export interface Authorisation {
  readonly app: App;
  readonly scopes: readonly Scope[];
  readonly grantedAtMs: number;
}

/** What the authorisation server knows of apps and of what people gave them. */
export interface Authorisations {
  apps(): Promise<readonly App[]>;
  app(appId: string): Promise<App | null>;
  of(personId: string): Promise<readonly Authorisation[]>;
  /** Ends everything that a person gave an app: grants, access tokens and refresh tokens, at once. */
  revoke(personId: string, appId: string): Promise<void>;
  /** An account that signs in with a client certificate of this server's authority; replaces the one of that id. */
  putServiceAccount(appId: string, scopes: readonly Scope[]): Promise<void>;
  /** Forgets an app, and with it what anybody gave it. */
  removeApp(appId: string): Promise<void>;
}

/** Who a token speaks for. */
export interface AppAccess {
  readonly appId: string;
  /** Null for a service account. */
  readonly personId: string | null;
  readonly scopes: readonly Scope[];
}

/** The token or its proof does not hold; `message` is what the app is told. */
export class AccessRefused extends Error {
  override name = "AccessRefused";
  readonly scheme: "Bearer" | "DPoP";
  readonly code: "invalid_token" | "invalid_dpop_proof";

  constructor(
    scheme: "Bearer" | "DPoP",
    message: string,
    code: "invalid_token" | "invalid_dpop_proof" = "invalid_token",
  ) {
    super(message);
    this.scheme = scheme;
    this.code = code;
  }
}
