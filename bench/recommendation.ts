/**
 * How well classes are suggested: simulated athletes with known preferences, against random, what is popular with
 * everybody, and what each did most. An athlete has a week (days, hours, each with its sport and length), a rhythm of hard
 * and easy days of their own, favourite kinds of class, weeks off, and noise; none of it is the recommender's formula. Each
 * time they train, every recommender ranks the catalogue from what was done so far, then the athlete picks for themselves.
 *
 * NDCG@10: gain e^(utility - best utility) without the noise. Hit@5: one of five is among the best 1 % for the athlete now.
 * Pick@10: one of ten has the sport, the kind, and within 10 % the length of what they then picked.
 */
import { catalogue } from "#domain/catalogue/index.ts";
import type { ClassPlan, Intensity, Sport } from "#domain/class-plan.ts";
import { plannedLoad, type PastWorkout } from "#domain/recommendation/history.ts";
import { recommend } from "#domain/recommendation/recommend.ts";
import { normalRandom, randomIndex, seededRandom, type RandomSource } from "#domain/seeded-random.ts";
import { printReport, progress } from "./report.ts";

const seed = Number(process.argv[process.argv.indexOf("--seed") + 1]) || 11;
const athletes = 24;
const weeks = 16;
/** The first four workouts are told of apart. */
const coldWorkouts = 4;
const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 0, 5);
const ranks: readonly Intensity[] = ["easy", "moderate", "hard", "very hard"];

interface Session {
  readonly weekday: number;
  readonly hour: number;
  readonly sport: Sport;
  readonly minutes: number;
}

interface Athlete {
  readonly sessions: readonly Session[];
  /** Wished intensity ranks, one workout after the other, in turn. */
  readonly rhythm: readonly number[];
  readonly kinds: ReadonlyMap<string, number>;
  readonly boredom: number;
  readonly skips: number;
  readonly pauseWeek: number;
  readonly noise: number;
}

const plans = catalogue();
const familiesOf = Map.groupBy(plans, ({ sport }) => sport);

function pick<T>(random: RandomSource, list: readonly T[]): T {
  return list[randomIndex(random, list.length)];
}

function makeAthlete(random: RandomSource): Athlete {
  const all: readonly Sport[] = ["cycling", "running", "walking", "rowing", "strength", "mobility"];
  const sports = Array.from({ length: 1 + randomIndex(random, 3) }, () => pick(random, all));
  const usual = 20 + random() * 40;
  const hour = 6 + random() * 14;
  const sessions = Array.from({ length: 3 + randomIndex(random, 4) }, () => ({
    weekday: randomIndex(random, 7),
    hour: Math.min(22, Math.max(5, random() < 0.7 ? hour + normalRandom(random) : 6 + random() * 14)),
    sport: pick(random, sports),
    minutes: usual * Math.exp(0.25 * normalRandom(random)),
  })).toSorted((a, b) => a.weekday - b.weekday || a.hour - b.hour);
  const kinds = new Map<string, number>();
  for (const sport of new Set(sports)) {
    const families = [...new Set((familiesOf.get(sport) ?? []).map(({ family }) => family))];
    for (let index = 0; index < 4; index++) kinds.set(`${sport} ${pick(random, families)}`, 0.5 + random());
  }
  const rhythms = [
    [2, 0, 1],
    [1, 1, 1, 2],
    [0, 1],
    [2, 1],
    [1, 0, 2, 0],
    [3, 0, 1, 0],
  ];
  return {
    sessions,
    kinds,
    rhythm: pick(random, rhythms),
    boredom: random() * 1.5,
    skips: 0.05 + random() * 0.2,
    pauseWeek: 4 + randomIndex(random, weeks - 5),
    noise: 0.3 + 0.5 * random(),
  };
}

function utilityOf(
  athlete: Athlete,
  session: Session,
  turn: number,
  done: readonly string[],
  plan: ClassPlan,
): number {
  if (plan.sport !== session.sport) return -6;
  const wished = athlete.rhythm[turn % athlete.rhythm.length];
  const lastAt = done.lastIndexOf(plan.id);
  const bored = lastAt === -1 ? 0 : athlete.boredom * 0.7 ** (done.length - 1 - lastAt);
  return (
    -0.5 * (Math.log(plan.durationS / 60 / session.minutes) / 0.2) ** 2 -
    0.9 * Math.abs(ranks.indexOf(plan.intensity) - wished) +
    (athlete.kinds.get(`${plan.sport} ${plan.family}`) ?? 0) -
    bored
  );
}

type Ranking = readonly ClassPlan[];
const figureNames = ["ndcg", "hit", "pick"] as const;
type Tally = Record<(typeof figureNames)[number], number> & { count: number };

function score(
  tally: Tally,
  ranking: Ranking,
  utilities: ReadonlyMap<string, number>,
  picked: ClassPlan,
): void {
  const sorted = [...utilities.values()].toSorted((a, b) => b - a);
  const best = sorted[0];
  const gain = (utility: number) => Math.exp(utility - best);
  const discount = (at: number) => 1 / Math.log2(at + 2);
  const ten = ranking.slice(0, 10);
  const dcg = ten.reduce((sum, { id }, at) => sum + gain(utilities.get(id)!) * discount(at), 0);
  const ideal = sorted.slice(0, 10).reduce((sum, utility, at) => sum + gain(utility) * discount(at), 0);
  const threshold = sorted[Math.floor(plans.length / 100)];
  tally.ndcg += dcg / ideal;
  tally.hit += ranking.slice(0, 5).some(({ id }) => utilities.get(id)! >= threshold) ? 1 : 0;
  tally.pick += ten.some(
    ({ sport, family, durationS }) =>
      sport === picked.sport && family === picked.family && Math.abs(durationS / picked.durationS - 1) <= 0.1,
  )
    ? 1
    : 0;
  tally.count += 1;
}

function mostOften(counts: ReadonlyMap<string, number>): Ranking {
  return plans.toSorted((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0)).slice(0, 10);
}

function bump(counts: Map<string, number>, id: string): void {
  counts.set(id, (counts.get(id) ?? 0) + 1);
}

const names = ["upbeat", "random", "most popular", "own most often"] as const;
const emptyTally = (): Tally => ({ ndcg: 0, hit: 0, pick: 0, count: 0 });
const tallies = new Map(names.map((name) => [name, { cold: emptyTally(), warm: emptyTally() }]));
const popular = new Map<string, number>();

function train(athlete: Athlete, random: RandomSource): void {
  const past: PastWorkout[] = [];
  const done: string[] = [];
  const own = new Map<string, number>();
  for (let week = 0; week < weeks; week++) {
    for (const session of athlete.sessions) {
      if (week === athlete.pauseWeek || random() < athlete.skips) continue;
      const nowMs = startMs + (7 * week + session.weekday) * dayMs + session.hour * 3_600_000;
      const utilities = new Map(
        plans.map((plan) => [plan.id, utilityOf(athlete, session, past.length, done, plan)]),
      );
      const noisy = (plan: ClassPlan) =>
        utilities.get(plan.id)! - athlete.noise * Math.log(-Math.log(random()));
      const [picked] = plans
        .map((plan) => ({ plan, value: noisy(plan) }))
        .toSorted((a, b) => b.value - a.value);
      const plan = picked.plan;
      const moment = { nowMs, utcOffsetMinutes: 0 };
      const rankings: Readonly<Record<(typeof names)[number], Ranking>> = {
        upbeat: recommend({ classes: plans, past, moment }, { count: 10 }).items.map((item) => item.plan),
        random: Array.from({ length: 10 }, () => pick(random, plans)),
        "most popular": mostOften(popular),
        "own most often": mostOften(own),
      };
      for (const name of names) {
        const tally = tallies.get(name)!;
        score(past.length < coldWorkouts ? tally.cold : tally.warm, rankings[name], utilities, plan);
      }
      const { durationS, sport, family, intensity } = plan;
      const load = plannedLoad(plan, durationS);
      past.push({
        classId: plan.id,
        sport,
        family,
        intensity,
        durationS,
        startedAtMs: nowMs,
        load,
        finished: true,
      });
      done.push(plan.id);
      bump(own, plan.id);
      bump(popular, plan.id);
    }
  }
}

const random = seededRandom(seed);
const started = performance.now();
for (let index = 0; index < athletes; index++) {
  train(makeAthlete(random), random);
  if (index % 10 === 9) progress(`${index + 1} of ${athletes} athletes`);
}

function figuresOf(name: (typeof names)[number]): Record<string, number> {
  const { cold, warm } = tallies.get(name)!;
  return {
    "NDCG@10": warm.ndcg / warm.count,
    "hit@5, best 1 %, Pct": (100 * warm.hit) / warm.count,
    "pick@10, Pct": (100 * warm.pick) / warm.count,
    [`NDCG@10, first ${coldWorkouts}`]: cold.ndcg / cold.count,
    [`hit@5, first ${coldWorkouts}, Pct`]: (100 * cold.hit) / cold.count,
  };
}

const moments = tallies.get("upbeat")!.warm.count + tallies.get("upbeat")!.cold.count;
const peers = Object.fromEntries(
  names.filter((name) => name !== "upbeat").map((name) => [name, figuresOf(name)]),
);
const figures = {
  ...figuresOf("upbeat"),
  "moments asked": moments,
  "ms a moment, all recommenders and the simulation": (performance.now() - started) / moments,
};
printReport("Recommendation, simulated athletes", { figures, peers, seed }, [
  { figure: "NDCG@10", goal: "above every peer" },
  { figure: "hit@5, best 1 %, Pct", goal: "above every peer" },
]);
