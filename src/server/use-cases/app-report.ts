/** What apps may and did read: for the person who connected one, and, added up over everybody, for the owner. */
import { accessCategories, type AccessCategory, type Scope } from "#domain/access.ts";
import { findingsOf, type Finding } from "#domain/app-risk.ts";
import { hourMs, type Tier } from "#domain/fair-use.ts";
import type { AuditCategory, AuditEntry } from "#server/ports/audit.ts";
import type { App, Authorisation, Authorisations } from "#server/ports/authorisations.ts";
import type { Clock } from "#server/ports/environment.ts";
import type { PeopleStore } from "#server/ports/store.ts";
import type { Anomaly, Usage, UsageStore } from "#server/ports/usage.ts";
import type { AuditTrail } from "./audit.ts";
import type { Caller, CallsLeft, MeterApps } from "./meter-apps.ts";
import { Refusal } from "./refusal.ts";
import type { Webhooks } from "./webhooks.ts";

const dayHours = 24;
const monthHours = 30 * dayHours;
/** Whom a service account acts for. */
const nobody = "";

/** How much was read in some time. */
export interface Volume {
  readonly calls: number;
  readonly rows: number;
  readonly bytes: number;
}

export interface CategoryUsage {
  readonly category: AccessCategory;
  readonly today: Volume;
  readonly month: Volume;
}

/** What a trail of audit says that an app read of bodies: how many times, and when. */
export interface AuditedReads {
  readonly category: AuditCategory;
  readonly times: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

/** An app in a list: who it is, what it may, and how much it read in 30 days. */
export interface AppSummary {
  readonly app: App;
  /** What was given, by anybody in the case of the owner's list. */
  readonly scopes: readonly Scope[];
  /** When the first of those who gave it did; null when nobody has. */
  readonly grantedAtMs: number | null;
  /** How many people have connected it. */
  readonly people: number;
  readonly tier: string;
  /** The hour of its last call; null when it has not called in 30 days. */
  readonly lastAccessMs: number | null;
  readonly month: Volume;
  readonly anomalies: readonly Pick<Anomaly, "atMs" | "bytes" | "ordinaryBytes">[];
}

export interface AppReport extends AppSummary {
  readonly callsPerHour: Tier["callsPerHour"];
  readonly usage: readonly CategoryUsage[];
  readonly reads: readonly AuditedReads[];
  readonly webhookHosts: readonly string[];
  readonly findings: readonly Finding[];
  readonly reportedAtMs: number;
}

/** What an app is told of itself. */
export interface OwnUsage {
  readonly tier: string;
  readonly categories: readonly (CallsLeft & { readonly today: Volume })[];
}

export interface ReportApps {
  ofItself(caller: Caller): Promise<OwnUsage>;
  /** Of what a person connected; rejects with `Refusal` "not-found" when they did not. */
  ofPerson(personId: string, appId: string): Promise<AppReport>;
  /** Of everybody's, without saying whose. */
  ofEverybody(appId: string): Promise<AppReport>;
  listOfPerson(personId: string): Promise<readonly AppSummary[]>;
  /** Every app that this server knows, connected or not. */
  listOfEverybody(): Promise<readonly AppSummary[]>;
}

interface Parts {
  readonly authorisations: Pick<Authorisations, "apps" | "app" | "of">;
  readonly people: Pick<PeopleStore, "everybody">;
  readonly meter: Pick<MeterApps, "left" | "usageOf" | "tierOf">;
  readonly usage: Pick<UsageStore, "anomaliesOf">;
  readonly webhooks: Pick<Webhooks, "list">;
  readonly audit: Pick<AuditTrail, "entries">;
  readonly clock: Clock;
}

/** What is known of apps through the people asked about. */
interface Known {
  readonly given: readonly Authorisation[];
  readonly usage: readonly Usage[];
  readonly anomalies: readonly Anomaly[];
}

function volumeOf(rows: readonly Usage[]): Volume {
  const sum = (of: keyof Volume) => rows.reduce((total, row) => total + row[of], 0);
  return { calls: sum("calls"), rows: sum("rows"), bytes: sum("bytes") };
}

function byCategory(usage: readonly Usage[], nowMs: number): CategoryUsage[] {
  return accessCategories.flatMap((category) => {
    const month = usage.filter((row) => row.category === category);
    if (month.length === 0) return [];
    const today = month.filter((row) => row.hourMs > nowMs - dayHours * hourMs);
    return [{ category, today: volumeOf(today), month: volumeOf(month) }];
  });
}

function readsIn(entries: readonly AuditEntry[]): AuditedReads[] {
  const groups = Map.groupBy(entries, ({ category }) => category);
  return [...groups].map(([category, lines]) => {
    const times = lines.map(({ atMs }) => atMs);
    return { category, times: lines.length, firstMs: Math.min(...times), lastMs: Math.max(...times) };
  });
}

class Reports implements ReportApps {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async ofItself(caller: Caller): Promise<OwnUsage> {
    const { meter, clock } = this.#parts;
    const nowMs = clock.nowMs();
    const usage = await meter.usageOf(caller.personId, nowMs - dayHours * hourMs);
    const mine = byCategory(
      usage.filter(({ appId }) => appId === caller.appId),
      nowMs,
    );
    const left = await meter.left(caller);
    return {
      tier: (await meter.tierOf(caller.appId)).name,
      categories: left.map((one) => ({
        ...one,
        today: mine.find(({ category }) => category === one.category)?.today ?? volumeOf([]),
      })),
    };
  }

  async listOfPerson(personId: string): Promise<readonly AppSummary[]> {
    const known = await this.#known([personId]);
    return Promise.all(known.given.map(({ app }) => this.#summary(app, known)));
  }

  async listOfEverybody(): Promise<readonly AppSummary[]> {
    const known = await this.#known(await this.#everybody());
    return Promise.all((await this.#parts.authorisations.apps()).map((app) => this.#summary(app, known)));
  }

  async ofPerson(personId: string, appId: string): Promise<AppReport> {
    const known = await this.#known([personId]);
    const app = known.given.find((given) => given.app.id === appId)?.app;
    if (app === undefined) throw new Refusal("not-found", "This app is not connected.");
    return this.#report(app, known, [personId]);
  }

  async ofEverybody(appId: string): Promise<AppReport> {
    const app = await this.#parts.authorisations.app(appId);
    if (app === null) throw new Refusal("not-found", "This server knows no such app.");
    const people = await this.#everybody();
    return this.#report(app, await this.#known(people), people);
  }

  async #everybody(): Promise<string[]> {
    return [...(await this.#parts.people.everybody()).map(({ id }) => id), nobody];
  }

  async #known(people: readonly string[]): Promise<Known> {
    const { authorisations, meter, usage, clock } = this.#parts;
    const fromMs = clock.nowMs() - monthHours * hourMs;
    const known = await Promise.all(
      people.map(async (personId) => ({
        given: personId === nobody ? [] : await authorisations.of(personId),
        usage: await meter.usageOf(personId, fromMs),
        anomalies: (await usage.anomaliesOf(personId)).filter(({ atMs }) => atMs >= fromMs),
      })),
    );
    return {
      given: known.flatMap(({ given }) => given),
      usage: known.flatMap(({ usage: theirs }) => theirs),
      anomalies: known.flatMap(({ anomalies }) => anomalies),
    };
  }

  async #summary(app: App, { given, usage, anomalies }: Known): Promise<AppSummary> {
    const mine = given.filter((one) => one.app.id === app.id);
    const used = usage.filter((row) => row.appId === app.id);
    const { name } = await this.#parts.meter.tierOf(app.id);
    return {
      app,
      scopes: [...new Set(mine.flatMap(({ scopes }) => scopes))],
      grantedAtMs: mine.length === 0 ? null : Math.min(...mine.map(({ grantedAtMs }) => grantedAtMs)),
      people: mine.length,
      tier: name,
      lastAccessMs: used.length === 0 ? null : Math.max(...used.map((row) => row.hourMs)),
      month: volumeOf(used),
      anomalies: anomalies
        .filter(({ appId }) => appId === app.id)
        .map(({ atMs, bytes, ordinaryBytes }) => ({ atMs, bytes, ordinaryBytes }))
        .toSorted((a, b) => b.atMs - a.atMs),
    };
  }

  async #report(app: App, known: Known, people: readonly string[]): Promise<AppReport> {
    const { webhooks, audit, meter, clock } = this.#parts;
    const nowMs = clock.nowMs();
    const summary = await this.#summary(app, known);
    const usage = byCategory(
      known.usage.filter(({ appId }) => appId === app.id),
      nowMs,
    );
    const hooks = await Promise.all(people.map((personId) => webhooks.list({ personId, appId: app.id })));
    const webhookHosts = [...new Set(hooks.flat().map(({ url }) => new URL(url).host))];
    const trails = await Promise.all(people.map((personId) => audit.entries(personId)));
    const facts = {
      ...summary,
      redirectHosts: app.redirectHosts,
      webhookHosts,
      readCategories: usage.map(({ category }) => category),
      anomalies: summary.anomalies.length,
    };
    return {
      ...summary,
      callsPerHour: (await meter.tierOf(app.id)).callsPerHour,
      usage,
      reads: readsIn(trails.flat().filter(({ purpose }) => purpose === `share:${app.id}`)),
      webhookHosts,
      findings: findingsOf(facts, nowMs),
      reportedAtMs: nowMs,
    };
  }
}

export function createReportApps(parts: Parts): ReportApps {
  return new Reports(parts);
}
