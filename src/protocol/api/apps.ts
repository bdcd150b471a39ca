/** The JSON of connected apps and of the decision to connect one. */
import { Type, type Static } from "typebox";
import { scopes } from "#domain/access.ts";

export const ScopeName = Type.Enum([...scopes]);
export const AppInfo = Type.Object({
  id: Type.String(),
  name: Type.String(),
  website: Type.Union([Type.String(), Type.Null()]),
  redirectHosts: Type.Array(Type.String()),
  isServiceAccount: Type.Boolean(),
});
export type AppInfo = Static<typeof AppInfo>;

export const ScopeWords = Type.Object({
  scope: ScopeName,
  category: Type.String(),
  /** A sentence that follows "It may". */
  may: Type.String(),
  biometric: Type.Boolean(),
});

/** GET /v1/oauth/interactions/{uid}/request: what an app asks for, before a person decides. */
export const AppRequest = Type.Object({ app: AppInfo, scopes: Type.Array(ScopeWords) });
export type AppRequest = Static<typeof AppRequest>;
/** POST /v1/oauth/interactions/{uid}/decision; an empty list means no. */
export const AppDecision = Type.Object({ scopes: Type.Array(ScopeName, { maxItems: scopes.length }) });
/** Where the browser goes on. */
export const AppDecided = Type.Object({ continueAt: Type.String() });
export type AppDecided = Static<typeof AppDecided>;

/** GET and PUT /v1/app-settings, of the owner: "open" lets any app register itself; it still gets nothing without a person's yes. */
export const AppSettings = Type.Object({
  registration: Type.Union([Type.Literal("closed"), Type.Literal("open")]),
});
export type AppSettings = Static<typeof AppSettings>;
