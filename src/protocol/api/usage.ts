/** The JSON of what apps used, and of how much they may. */
import { Type, type Static } from "typebox";
import { accessCategories } from "#domain/access.ts";
import { AppInfo, ScopeWords } from "./apps.ts";

const Category = Type.Enum([...accessCategories]);

const Time = Type.Union([Type.Number(), Type.Null()]);

/** How much an app read: calls, entries of lists and seconds of series, bytes. */
const Volume = Type.Object({ calls: Type.Integer(), rows: Type.Integer(), bytes: Type.Integer() });
export type Volume = Static<typeof Volume>;

/** An entry of GET /v1/apps (yours) and of GET /v1/registered-apps (all that this server knows, over everybody). */
export const AppSummary = Type.Object({
  app: AppInfo,
  scopes: Type.Array(ScopeWords),
  /** When the first of those who connected it did; null when nobody has. */
  grantedAtMs: Time,
  people: Type.Integer(),
  tier: Type.String(),
  /** The hour of its last call; null when it has not called in 30 days. */
  lastAccessMs: Time,
  /** The last 30 days. */
  month: Volume,
  /** When it read far more than it ordinarily does, in the last 30 days. */
  anomalies: Type.Array(
    Type.Object({ atMs: Type.Number(), bytes: Type.Integer(), ordinaryBytes: Type.Integer() }),
  ),
});
export type AppSummary = Static<typeof AppSummary>;

const CallsPerHour = Type.Integer({ minimum: 0, maximum: 1_000_000 });
const CallsPerHourByCategory = Type.Object({
  catalogue: CallsPerHour,
  music: CallsPerHour,
  body: CallsPerHour,
  joined: CallsPerHour,
  account: CallsPerHour,
});
const TierName = Type.String({ minLength: 1, maxLength: 60 });
/** GET and PUT /v1/app-tiers, of the owner: calls per hour by category; an app without an entry has the first tier. */
export const AppTiers = Type.Object({
  tiers: Type.Array(
    Type.Object({
      name: TierName,
      callsPerHour: CallsPerHourByCategory,
    }),
    { minItems: 1, maxItems: 20 },
  ),
  tierOf: Type.Record(Type.String({ maxLength: 128 }), TierName),
});
export type AppTiers = Static<typeof AppTiers>;

/** GET /v1/usage, of an app: what it may still ask for, and what it did today. */
export const OwnUsage = Type.Object({
  tier: Type.String(),
  categories: Type.Array(
    Type.Object({
      category: Category,
      /** Fewer than the tier's while it is slowed. */
      callsPerHour: CallsPerHour,
      remaining: Type.Integer(),
      /** Seconds until it has all of them again; until it has one, when it has none. */
      resetS: Type.Integer(),
      /** It reads far more than it ordinarily does. */
      isSlowed: Type.Boolean(),
      today: Volume,
    }),
  ),
});
export type OwnUsage = Static<typeof OwnUsage>;

/**
 * GET /v1/apps/{id}/report and GET /v1/registered-apps/{id}/report: what an app may read, what it did read (as counted, and
 * as the audit trail has it), where it is told, when it was out of its ordinary, and what of that is worth a look.
 */
export const AppReport = Type.Object({
  ...AppSummary.properties,
  callsPerHour: CallsPerHourByCategory,
  usage: Type.Array(Type.Object({ category: Category, today: Volume, month: Volume })),
  reads: Type.Array(
    Type.Object({
      category: Type.String(),
      times: Type.Integer(),
      firstMs: Type.Number(),
      lastMs: Type.Number(),
    }),
  ),
  webhookHosts: Type.Array(Type.String()),
  findings: Type.Array(Type.Object({ weight: Type.Enum(["look", "note"]), text: Type.String() })),
  reportedAtMs: Type.Number(),
});
export type AppReport = Static<typeof AppReport>;
