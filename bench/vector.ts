/**
 * Vector search among 100,000 x 64 with filters that leave 100, 10 and 1 % of the rows, CPU time of one thread, beside the loop
 * over arrays that one would write first (the usual packages for it compile themselves on installing, so none is here). Recall
 * counts against a full sort of double-precision products. `npm run --silent bench:vector -- [--json]`
 */
import { Vectors } from "#domain/search/vectors.ts";
import { normalRandom, seededRandom } from "#domain/seeded-random.ts";
import { quantile } from "#domain/units.ts";
import { printReport, type Goal } from "./report.ts";

const rowCount = 100_000;
const dims = 64;
const limit = 10;
const queryCount = 200;
/** The full sorts take most of the time: so many queries are checked, and asked of the plain loop. */
const checkedCount = 40;
const filtersPct = [100, 10, 1];
const seed = 1;

type Find = (query: Float32Array, among: Uint32Array) => readonly number[];

const goals: Goal[] = filtersPct.flatMap((pct) => [
  { figure: `recallAt${pct}Pct`, goal: "1" },
  { figure: `msP95At${pct}Pct`, goal: "<= 5" },
]);

const random = seededRandom(seed);

/** Evenly over the sphere: the hardest case, where nothing lies in clusters. */
function unitVector(): Float32Array {
  const vector = Float32Array.from({ length: dims }, () => normalRandom(random));
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** A loop over rows and one over their numbers, then a sort. */
function plainLoop(rows: readonly (readonly number[])[]): Find {
  return (query, among) => {
    const scored = Array.from(among, (row) => {
      let score = 0;
      for (let i = 0; i < dims; i++) score += rows[row][i] * query[i];
      return { row, score };
    });
    return scored
      .sort((one, other) => other.score - one.score)
      .slice(0, limit)
      .map(({ row }) => row);
  };
}

function coreMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function figuresOf(
  find: Find,
  truth: Find,
  queries: readonly Float32Array[],
  filters: readonly Uint32Array[],
) {
  const figures: Record<string, number> = {};
  for (const [at, among] of filters.entries()) {
    const recalls: number[] = [];
    const times: number[] = [];
    for (const [asked, query] of queries.entries()) {
      let found: readonly number[] = [];
      times.push(coreMs(() => (found = find(query, among))));
      if (asked >= checkedCount) continue;
      const right = new Set(truth(query, among));
      recalls.push(found.filter((row) => right.has(row)).length / right.size);
    }
    const sorted = times.sort((one, other) => one - other);
    figures[`recallAt${filtersPct[at]}Pct`] = recalls.reduce((sum, one) => sum + one, 0) / recalls.length;
    figures[`msP50At${filtersPct[at]}Pct`] = quantile(sorted, 0.5);
    figures[`msP95At${filtersPct[at]}Pct`] = quantile(sorted, 0.95);
  }
  return figures;
}

const rows = new Float32Array(rowCount * dims);
for (let row = 0; row < rowCount; row++) rows.set(unitVector(), row * dims);
const vectors = new Vectors(rows, dims);
const lists = Array.from({ length: rowCount }, (_, row) => [...rows.subarray(row * dims, (row + 1) * dims)]);
const filters = filtersPct.map((pct) => Uint32Array.from(lists.keys()).filter(() => random() < pct / 100));
const queries = Array.from({ length: queryCount }, unitVector);
const plain = plainLoop(lists);
const figures = figuresOf(
  (query, among) => vectors.nearest(query, { limit, among }).map(({ row }) => row),
  plain,
  queries,
  filters,
);
const peers = { "plain loop": figuresOf(plain, plain, queries.slice(0, checkedCount), filters) };
printReport("vector search, 100,000 x 64", { figures, peers, seed }, goals);
