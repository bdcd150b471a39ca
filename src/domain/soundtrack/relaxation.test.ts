import assert from "node:assert/strict";
import { test } from "node:test";
import { classById } from "../catalogue/index.ts";
import { madeUpLibrary } from "#test/support/made-up-soundtrack.ts";
import { seededRandom } from "../seeded-random.ts";
import { keyCount, layOut } from "./instance.ts";
import { promisingSteps } from "./steps.ts";
import { passBackward, passForward, throughCosts } from "./passes.ts";
import { relax, relaxedPath, type Relaxation } from "./relaxation.ts";

/** Not 2, the price of a change: paths that cost just that much more would lie on either side by rounding. */
const limitOver = 1.9;

/** Every segment there is, tried one by one: what it costs to arrive with it and to go on, and whether a path over it is below a limit. */
function byTrying({ instance, prices, entering, onward }: Relaxation, limit: number) {
  const { stride, cells, keyOf, prefix, earliest, latestStart, tracks } = instance;
  const arrived = new Float64Array(stride * keyCount).fill(Infinity);
  const through = new Float64Array(tracks.length).fill(Infinity);
  const starting = new Float64Array(stride * keyCount).fill(Infinity);
  let below = 0;
  for (let track = 0; track < tracks.length; track += 1) {
    const [row, key] = [track * stride, keyOf[track]];
    for (let end = 1; end <= cells; end += 1) {
      for (let start = earliest[row + end]; start <= latestStart[end]; start += 1) {
        const segment = prefix[row + end] - prefix[row + start] + prices[track];
        const reached = entering[key * stride + start] + segment;
        const state = end * keyCount + key;
        arrived[state] = Math.min(arrived[state], reached);
        const cost = reached + onward[key * stride + end];
        const from = key * stride + start;
        starting[from] = Math.min(starting[from], segment + onward[key * stride + end]);
        through[track] = Math.min(through[track], cost);
        if (cost < limit) below += 1;
      }
    }
  }
  const goingOn = onward.map((_, at) => {
    if (at % stride === cells) return instance.exitCosts[Math.floor(at / stride)];
    const change = Math.floor(at / stride) * keyCount;
    const costs = Array.from({ length: keyCount }, (__, next) => {
      return starting[next * stride + (at % stride)] + instance.changeCosts[change + next];
    });
    return Math.min(...costs);
  });
  return { arrived, through, goingOn, below };
}

/** What the relaxed path costs, prices included; NaN where it has a gap or plays a track longer than it is. */
function costOfPath(relaxation: Relaxation): number {
  const { instance, prices } = relaxation;
  const { stride, cells, keyOf, prefix, earliest, latestStart, changeCosts, entryCosts } = instance;
  let [cost, at, keyBefore] = [0, 0, -1];
  for (const { track, start, end } of relaxedPath(relaxation)) {
    const [row, key] = [track * stride, keyOf[track]];
    if (start !== at || start < earliest[row + end] || start > latestStart[end]) return Number.NaN;
    cost += keyBefore === -1 ? entryCosts[key] : changeCosts[keyBefore * keyCount + key];
    cost += prefix[row + end] - prefix[row + start] + prices[track];
    [at, keyBefore] = [end, key];
  }
  return at === cells ? cost : Number.NaN;
}

function assertNear(found: Float64Array, wanted: Float64Array) {
  found.forEach((cost, at) => {
    if (cost !== wanted[at]) assert.ok(Math.abs(cost - wanted[at]) < 1e-9, `${at}: ${cost}, ${wanted[at]}`);
  });
}

test("tracks told by a floor leave out nothing that trying every segment finds", () => {
  const plan = classById("cycling-threshold-2x12-40")!;
  for (let seed = 1; seed <= 10; seed += 1) {
    const random = seededRandom(seed);
    const instance = layOut({ plan, tracks: madeUpLibrary(80, seed), seed, fromS: 0 });
    // Costs that jump from cell to cell: which start is the cheapest differs from end to end.
    for (let at = 0, cost = 0; at < instance.prefix.length; at += 1) {
      cost = at % instance.stride === 0 ? 0 : cost + (random() < 0.6 ? 0 : 12 * random());
      instance.prefix[at] = cost;
    }
    const relaxation = relax(instance);
    relaxation.prices.forEach((_, track) => (relaxation.prices[track] = random() < 0.3 ? 6 * random() : 0));
    const all = Int32Array.from(instance.tracks, (_, track) => track);
    const cheapest = passForward(relaxation, all);
    passBackward(relaxation, all);
    const { arrived, through, goingOn, below } = byTrying(relaxation, cheapest + limitOver);
    assertNear(relaxation.arrived, arrived);
    assertNear(relaxation.onward, goingOn);
    assertNear(throughCosts(relaxation, all), through);
    assert.ok(Math.abs(Math.min(...through) - cheapest) < 1e-9, "the way back costs what the way on does");
    assert.ok(Math.abs(costOfPath(relaxation) - cheapest) < 1e-9, "the path found costs what it was said to");
    const search = { tracks: all, branches: 500, lengths: 100 };
    const steps = promisingSteps(relaxation, search, cheapest + limitOver);
    assert.equal(
      steps.counts.reduce((sum, count) => sum + count, 0),
      below,
    );
    assert.equal(steps.dropped, false);
  }
});

test("problems planned in turns do not disturb each other, whatever their sizes", () => {
  const plan = classById("cycling-threshold-2x12-40")!;
  // The largest makes the kernel give its memory up for the next one.
  const problems = [40, 12_000, 7].map((size) => {
    const relaxation = relax(layOut({ plan, tracks: madeUpLibrary(size, 1), seed: 1, fromS: 0 }));
    return { relaxation, all: Int32Array.from(relaxation.instance.tracks, (_, track) => track) };
  });
  const cheapest = problems.map(({ relaxation, all }) => passForward(relaxation, all));
  for (const { relaxation, all } of problems) passBackward(relaxation, all);
  for (const [index, { relaxation, all }] of problems.entries()) {
    assert.ok(Math.abs(Math.min(...throughCosts(relaxation, all)) - cheapest[index]) < 1e-9);
    assert.ok(Math.abs(costOfPath(relaxation) - cheapest[index]) < 1e-9);
    const { arrived, through, goingOn } = byTrying(relaxation, 0);
    assertNear(relaxation.arrived, arrived);
    assertNear(relaxation.onward, goingOn);
    assertNear(throughCosts(relaxation, all), through);
  }
});

test("no tracks, no way", () => {
  const plan = classById("cycling-threshold-2x12-40")!;
  const relaxation = relax(layOut({ plan, tracks: madeUpLibrary(5, 1), seed: 1, fromS: 0 }));
  const none = new Int32Array();
  assert.equal(passForward(relaxation, none), Infinity);
  passBackward(relaxation, none);
  assert.deepEqual(relaxedPath(relaxation), []);
  assert.equal(throughCosts(relaxation, none).length, 0);
});
