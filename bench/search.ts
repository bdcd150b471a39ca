/**
 * The search of classes against full text alone (MiniSearch) on hand-written queries, and its time over 10,000 classes.
 * `npm run --silent bench:search -- [--json] [--failures dev|held-out|fresh|later]`: even queries, the first ten, those of
 * dev-queries.ts ("dev") and of fresh-queries.ts ("fresh") were looked at while the search was improved; the other odd ones
 * ("held-out") and those of later-queries.ts ("later") were not.
 */
import MiniSearch from "minisearch";
import { catalogue } from "#domain/catalogue/index.ts";
import type { ClassPlan } from "#domain/class-plan.ts";
import { parseQuery } from "#domain/search/parse.ts";
import { createClassIndex } from "#domain/search/rank.ts";
import { quantile } from "#domain/units.ts";
import { printReport, progress, type Goal } from "./report.ts";
import { devQueries } from "./search/dev-queries.ts";
import { freshQueries } from "./search/fresh-queries.ts";
import { laterQueries } from "./search/later-queries.ts";
import type { GradedQuery } from "./search/graded-query.ts";
import { queries } from "./search/queries.ts";

const shown = 10;
/** So many from the first on were seen before the last work on the parser, odd ones among them. */
const seenQueries = 10;
const timedClasses = 10_000;

const goals: Goal[] = [
  { figure: "precisionPctHeldOut", goal: ">= 95" },
  { figure: "precisionPctLater", goal: ">= 95" },
  { figure: "fiveFoundPct", goal: "100" },
  { figure: "fiveFoundPctLater", goal: "100" },
  { figure: "searchMsP95", goal: "<= 10" },
];

type Find = (text: string) => readonly ClassPlan[];

function isAnswer({ hard }: GradedQuery, plan: ClassPlan): boolean {
  return hard.every((judge) => judge(plan));
}

/** 0: no answer; 1: an answer; 2: a good one. */
function gradeOf(query: GradedQuery, plan: ClassPlan): number {
  if (!isAnswer(query, plan)) return 0;
  return query.wish === null || query.wish(plan) ? 2 : 1;
}

/** Normalised discounted cumulative gain of the first ten (Järvelin & Kekäläinen 2002). */
function gain(grades: readonly number[], possible: readonly number[]): number {
  const sum = (list: readonly number[]) =>
    list.slice(0, shown).reduce((total, grade, at) => total + (2 ** grade - 1) / Math.log2(at + 2), 0);
  const best = sum(possible.toSorted((a, b) => b - a));
  return best > 0 ? sum(grades) / best : 1;
}

interface Scores {
  readonly precisionPct: number;
  readonly ndcg: number;
  readonly fiveFoundPct: number;
}

function judge(plans: readonly ClassPlan[], list: readonly GradedQuery[], find: Find, told: boolean): Scores {
  let precision = 0;
  let ndcg = 0;
  let five = 0;
  for (const query of list) {
    const grades = find(query.text)
      .slice(0, shown)
      .map((plan) => gradeOf(query, plan));
    const possible = plans.map((plan) => gradeOf(query, plan));
    const answers = possible.filter((grade) => grade > 0).length;
    const right = grades.filter((grade) => grade > 0).length;
    const share = grades.length > 0 ? right / grades.length : answers === 0 ? 1 : 0;
    const enough = right >= Math.min(5, answers);
    precision += share;
    ndcg += gain(grades, possible);
    if (enough) five += 1;
    if (told && (share < 1 || !enough))
      progress(`${query.text}: ${right} of ${grades.length} right, ${answers} possible`);
  }
  const count = list.length;
  return { precisionPct: (100 * precision) / count, ndcg: ndcg / count, fiveFoundPct: (100 * five) / count };
}

function coreMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function timesOf(find: Find): { p50: number; p95: number } {
  for (const { text } of queries.slice(0, 60)) find(text);
  const times = queries.map(({ text }) => coreMs(() => find(text))).sort((a, b) => a - b);
  return { p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
}

/** Full text alone, over the same words, forgiving slips. */
function miniSearchOver(plans: readonly ClassPlan[]): Find {
  const byId = new Map(plans.map((plan) => [plan.id, plan]));
  const index = new MiniSearch({
    fields: ["title", "family", "description", "about"],
    searchOptions: { fuzzy: 0.2, prefix: true, boost: { title: 3, family: 2 } },
  });
  index.addAll(
    plans.map(
      ({ id, title, family, description, sport, intensity, level, equipment, lowImpact, durationS }) => ({
        id,
        title,
        family,
        description,
        about: [
          sport,
          intensity,
          level,
          ...equipment,
          lowImpact ? "low impact" : "",
          `${durationS / 60} min minutes`,
        ].join(" "),
      }),
    ),
  );
  return (text) =>
    index
      .search(text)
      .slice(0, shown)
      .flatMap(({ id }) => byId.get(String(id)) ?? []);
}

function upbeatOver(plans: readonly ClassPlan[]): Find {
  const index = createClassIndex(plans);
  return (text) => index.search(parseQuery(text), { limit: shown }).map(({ plan }) => plan);
}

/** The catalogue several times over, under other ids. */
function manyClasses(plans: readonly ClassPlan[]): ClassPlan[] {
  return Array.from({ length: timedClasses }, (_, at) => {
    const plan = plans[at % plans.length];
    return { ...plan, id: `${plan.id}-${Math.floor(at / plans.length)}` };
  });
}

const isHeldOut = (_: GradedQuery, at: number): boolean => at >= seenQueries && at % 2 === 1;

function figuresOf(
  plans: readonly ClassPlan[],
  many: readonly ClassPlan[],
  over: (plans: readonly ClassPlan[]) => Find,
  told: string,
) {
  const find = over(plans);
  const lookedAt = queries.filter((query, at) => !isHeldOut(query, at));
  const dev = judge(plans, [...lookedAt, ...devQueries], find, told === "dev");
  const heldOut = judge(plans, queries.filter(isHeldOut), find, told === "held-out");
  const fresh = judge(plans, freshQueries, find, told === "fresh");
  const later = judge(plans, laterQueries, find, told === "later");
  const { p50, p95 } = timesOf(over(many));
  return {
    precisionPctDev: dev.precisionPct,
    precisionPctHeldOut: heldOut.precisionPct,
    precisionPctFresh: fresh.precisionPct,
    fiveFoundPct: (dev.fiveFoundPct + heldOut.fiveFoundPct) / 2,
    fiveFoundPctFresh: fresh.fiveFoundPct,
    precisionPctLater: later.precisionPct,
    fiveFoundPctLater: later.fiveFoundPct,
    ndcgDev: dev.ndcg,
    ndcgHeldOut: heldOut.ndcg,
    ndcgFresh: fresh.ndcg,
    ndcgLater: later.ndcg,
    searchMsP50: p50,
    searchMsP95: p95,
  };
}

const at = process.argv.indexOf("--failures");
const told = at === -1 ? "" : (process.argv[at + 1] ?? "");
const plans = catalogue();
const many = manyClasses(plans);
const figures = {
  queries: queries.length + devQueries.length + freshQueries.length + laterQueries.length,
  classes: plans.length,
  ...figuresOf(plans, many, upbeatOver, told),
};
const peers = { "full text alone": figuresOf(plans, many, miniSearchOver, "") };
printReport("search", { figures, peers, seed: 0 }, goals);
