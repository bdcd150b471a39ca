import { Page } from "#protocol/api/schemas.ts";
import { AppReport, AppSummary, AppTiers, OwnUsage } from "#protocol/api/usage.ts";
import type { AppReport as Report, AppSummary as Summary, ReportApps } from "#server/use-cases/app-report.ts";
import type { ConnectedApps } from "#server/use-cases/connected-apps.ts";
import type { MeterApps } from "#server/use-cases/meter-apps.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import { IdParams, NoContent, PageQuery, type Api } from "../api.ts";
import { callerOf } from "../fair-use.ts";
import { ownerOnly, signedIn } from "../guards.ts";
import { pageOf } from "../page.ts";
import { toScopeWords } from "./oauth.ts";

const tags = ["apps"];

function toSummary({ app, scopes, anomalies, ...rest }: Summary) {
  return {
    ...rest,
    app: { ...app, redirectHosts: [...app.redirectHosts] },
    scopes: toScopeWords(scopes),
    anomalies: [...anomalies],
  };
}

function toReport(report: Report) {
  const { usage, reads, webhookHosts, findings } = report;
  return {
    ...report,
    ...toSummary(report),
    usage: [...usage],
    reads: [...reads],
    webhookHosts: [...webhookHosts],
    findings: [...findings],
  };
}

const position = ({ app, grantedAtMs }: Summary) => ({ at: grantedAtMs ?? 0, id: app.id });

function selfRoute(app: Api, reports: ReportApps): void {
  app.get(
    "/v1/usage",
    {
      config: { anyApp: true },
      schema: {
        tags,
        summary: "What the app that asks may still ask for, and what it did today",
        response: { 200: OwnUsage },
      },
    },
    async (request) => {
      if (request.app === null)
        throw new Refusal("forbidden", "This is about an app, and none asks. People have a report of each.");
      const { tier, categories } = await reports.ofItself(callerOf(request.app));
      return { tier, categories: [...categories] };
    },
  );
}

function ownRoutes(app: Api, reports: ReportApps): void {
  app.get(
    "/v1/apps",
    {
      schema: {
        tags,
        summary: "The apps you have connected, the latest first, and how much they read",
        querystring: PageQuery,
        response: { 200: Page(AppSummary) },
      },
    },
    async (request) => {
      const all = await reports.listOfPerson(signedIn(request).id);
      const { items, nextCursor } = await pageOf(request.query, all, "newest", position);
      return { items: items.map(toSummary), nextCursor };
    },
  );
  app.get(
    "/v1/apps/:id/report",
    {
      schema: {
        tags,
        summary: "What an app may and did read of you, where it is told, and what is worth a look",
        params: IdParams,
        response: { 200: AppReport },
      },
    },
    async (request) => toReport(await reports.ofPerson(signedIn(request).id, request.params.id)),
  );
}

function ownerRoutes(app: Api, reports: ReportApps, apps: ConnectedApps): void {
  app.get(
    "/v1/registered-apps",
    {
      preHandler: ownerOnly,
      schema: {
        tags,
        summary: "Every app that this server knows, added up over everybody",
        querystring: PageQuery,
        response: { 200: Page(AppSummary) },
      },
    },
    async (request) => {
      const all = await reports.listOfEverybody();
      const { items, nextCursor } = await pageOf(request.query, all, "newest", position);
      return { items: items.map(toSummary), nextCursor };
    },
  );
  app.get(
    "/v1/registered-apps/:id/report",
    {
      preHandler: ownerOnly,
      schema: {
        tags,
        summary: "What an app may and did read of anybody, without saying whose, for an auditor too",
        params: IdParams,
        response: { 200: AppReport },
      },
    },
    async (request) => toReport(await reports.ofEverybody(request.params.id)),
  );
  app.delete(
    "/v1/registered-apps/:id",
    {
      preHandler: ownerOnly,
      schema: {
        tags,
        summary: "Remove an app from this server: it loses at once what anybody gave it",
        params: IdParams,
        response: { 204: NoContent },
      },
    },
    async (request, reply) => {
      await apps.remove(request.params.id);
      return reply.code(204).send(null);
    },
  );
}

function tierRoutes(app: Api, meter: MeterApps): void {
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

export interface UsageRouteParts {
  readonly meter: MeterApps;
  readonly reportApps: ReportApps;
  readonly apps: ConnectedApps;
}

export function usageRoutes(app: Api, { meter, reportApps, apps }: UsageRouteParts): void {
  selfRoute(app, reportApps);
  ownRoutes(app, reportApps);
  ownerRoutes(app, reportApps, apps);
  tierRoutes(app, meter);
}
