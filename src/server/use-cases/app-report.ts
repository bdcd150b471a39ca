import { accessCategories, type AccessCategory } from "#domain/access.ts";
import { hourMs } from "#domain/fair-use.ts";
import type { Authorisation, Authorisations } from "#server/ports/authorisations.ts";
import type { Clock } from "#server/ports/environment.ts";
import type { Anomaly, Usage, UsageStore } from "#server/ports/usage.ts";
import type { MeterApps } from "./meter-apps.ts";
import { Refusal } from "./refusal.ts";
import type { Webhooks } from "./webhooks.ts";

const dayHours = 24;
const monthHours = 30 * dayHours;

export interface CategoryUsage {
  readonly category: AccessCategory;
  readonly callsToday: number;
  readonly bytesToday: number;
  readonly callsMonth: number;
  readonly bytesMonth: number;
}

/** What an app may and did read of a person, for them, an owner or an auditor to judge. */
export interface AppReport extends Authorisation {
  readonly tier: string;
  /** The hour of its last call; null when it never called. */
  readonly lastAccessMs: number | null;
  readonly usage: readonly CategoryUsage[];
  readonly webhookHosts: readonly string[];
  readonly anomalies: readonly Anomaly[];
  readonly reportedAtMs: number;
}

export type ReportApp = (personId: string, appId: string) => Promise<AppReport>;

interface Parts {
  readonly authorisations: Authorisations;
  readonly meter: MeterApps;
  readonly usage: UsageStore;
  readonly webhooks: Webhooks;
  readonly clock: Clock;
}

function summed(usage: readonly Usage[], nowMs: number): CategoryUsage[] {
  const sum = (rows: readonly Usage[], of: "calls" | "bytes") =>
    rows.reduce((total, row) => total + row[of], 0);
  return accessCategories.flatMap((category) => {
    const month = usage.filter((row) => row.category === category);
    if (month.length === 0) return [];
    const today = month.filter((row) => row.hourMs > nowMs - dayHours * hourMs);
    return [
      {
        category,
        callsToday: sum(today, "calls"),
        bytesToday: sum(today, "bytes"),
        callsMonth: sum(month, "calls"),
        bytesMonth: sum(month, "bytes"),
      },
    ];
  });
}

export function createReportApp({ authorisations, meter, usage, webhooks, clock }: Parts): ReportApp {
  return async (personId, appId) => {
    const given = (await authorisations.of(personId)).find(({ app }) => app.id === appId);
    if (given === undefined) throw new Refusal("not-found", "This app is not connected.");
    const nowMs = clock.nowMs();
    const all = await meter.usageOf(personId, nowMs - monthHours * hourMs);
    const own = all.filter((row) => row.appId === appId);
    const { tiers, tierOf } = await meter.tiers();
    const hooks = await webhooks.list({ personId, appId });
    return {
      ...given,
      tier: tierOf[appId] ?? tiers[0]?.name ?? "",
      lastAccessMs: own.at(-1)?.hourMs ?? null,
      usage: summed(own, nowMs),
      webhookHosts: [...new Set(hooks.map(({ url }) => new URL(url).host))],
      anomalies: (await usage.anomaliesOf(personId)).filter((anomaly) => anomaly.appId === appId),
      reportedAtMs: nowMs,
    };
  };
}
