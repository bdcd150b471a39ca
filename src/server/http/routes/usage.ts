import { AppReport, AppTiers } from "#protocol/api/usage.ts";
import type { ReportApp } from "#server/use-cases/app-report.ts";
import type { MeterApps } from "#server/use-cases/meter-apps.ts";
import { IdParams, type Api } from "../api.ts";
import { ownerOnly, signedIn } from "../guards.ts";
import { toScopeWords } from "./oauth.ts";

const tags = ["apps"];

export function usageRoutes(app: Api, meter: MeterApps, report: ReportApp): void {
  app.get(
    "/v1/apps/:id/report",
    {
      schema: {
        tags,
        summary: "What an app may and did read, where it is told, and when it was out of its ordinary",
        params: IdParams,
        response: { 200: AppReport },
      },
    },
    async (request) => {
      const {
        app: of,
        scopes,
        usage,
        webhookHosts,
        anomalies,
        ...rest
      } = await report(signedIn(request).id, request.params.id);
      return {
        ...rest,
        app: { ...of, redirectHosts: [...of.redirectHosts] },
        scopes: toScopeWords(scopes),
        usage: [...usage],
        webhookHosts: [...webhookHosts],
        anomalies: [...anomalies],
      };
    },
  );
  const tiers = async () => {
    const settings = await meter.tiers();
    return { tiers: [...settings.tiers], tierOf: { ...settings.tierOf } };
  };
  app.get(
    "/v1/app-tiers",
    {
      preHandler: ownerOnly,
      schema: { tags, summary: "How many calls an hour apps may make", response: { 200: AppTiers } },
    },
    tiers,
  );
  app.put(
    "/v1/app-tiers",
    {
      preHandler: ownerOnly,
      schema: {
        tags,
        summary: "Define tiers, and which app has which",
        body: AppTiers,
        response: { 200: AppTiers },
      },
    },
    async (request) => {
      await meter.setTiers(request.body);
      return tiers();
    },
  );
}
