/** The JSON of what apps used, and of how much they may. */
import { Type, type Static } from "typebox";
import { accessCategories } from "#domain/access.ts";
import { ConnectedApp } from "./apps.ts";

const Category = Type.Enum([...accessCategories]);

/** What one app did in one category: in the last 24 hours and the last 30 days. */
export const AppUsage = Type.Object({
  category: Category,
  callsToday: Type.Integer(),
  bytesToday: Type.Integer(),
  callsMonth: Type.Integer(),
  bytesMonth: Type.Integer(),
});
export const AppAnomaly = Type.Object({
  atMs: Type.Number(),
  bytes: Type.Integer(),
  ordinaryBytes: Type.Integer(),
});

/** GET /v1/apps/{id}/report: what an app may read, did read, where it is told, and when it was out of its ordinary. */
export const AppReport = Type.Object({
  ...ConnectedApp.properties,
  tier: Type.String(),
  lastAccessMs: Type.Union([Type.Number(), Type.Null()]),
  usage: Type.Array(AppUsage),
  webhookHosts: Type.Array(Type.String()),
  anomalies: Type.Array(AppAnomaly),
  reportedAtMs: Type.Number(),
});
export type AppReport = Static<typeof AppReport>;

const CallsPerHour = Type.Integer({ minimum: 0, maximum: 1_000_000 });
const TierName = Type.String({ minLength: 1, maxLength: 60 });
/** GET and PUT /v1/app-tiers, of the owner: calls per hour by category; an app without an entry has the first tier. */
export const AppTiers = Type.Object({
  tiers: Type.Array(
    Type.Object({
      name: TierName,
      callsPerHour: Type.Object({
        catalogue: CallsPerHour,
        music: CallsPerHour,
        body: CallsPerHour,
        joined: CallsPerHour,
        account: CallsPerHour,
      }),
    }),
    { minItems: 1, maxItems: 20 },
  ),
  tierOf: Type.Record(Type.String({ maxLength: 128 }), TierName),
});
export type AppTiers = Static<typeof AppTiers>;
