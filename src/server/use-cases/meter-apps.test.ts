import assert from "node:assert/strict";
import { test } from "node:test";
import { hourMs } from "#domain/fair-use.ts";
import { randomIndex, seededRandom } from "#domain/seeded-random.ts";
import { memoryStore } from "../adapters/memory/memory-store.ts";
import { createMeterApps } from "./meter-apps.ts";

const caller = { personId: "p", appId: "diary" };
const startMs = Math.ceil(1_790_000_000_000 / hourMs) * hourMs;
/** A page of 50 summaries, and the series of an hour. */
const pageBytes = 75_000;
const seriesBytes = 300_000;

function world() {
  const store = memoryStore();
  const time = { nowMs: startMs };
  const meter = createMeterApps({
    usage: store.usage,
    settings: store.settings,
    clock: { nowMs: () => time.nowMs },
  });
  const read = async (bytes: number): Promise<boolean> => {
    const { allowed } = await meter.admit(caller, "body");
    if (allowed) meter.note(caller, "body", { rows: 1, bytes });
    return allowed;
  };
  return { store, time, meter, read };
}

/** Two weeks of a diary that looks for new workouts a few times each hour, and now and then reads a series. */
async function ordinaryWeeks({ time, read }: ReturnType<typeof world>, seed: number): Promise<number> {
  const random = seededRandom(seed);
  let refused = 0;
  for (let hour = 0; hour < 14 * 24; hour += 1) {
    const looks = 1 + randomIndex(random, 5);
    for (let look = 0; look < looks; look += 1) {
      time.nowMs = startMs + hour * hourMs + Math.floor(((look + random()) / looks) * hourMs);
      const bytes = random() < 0.1 ? seriesBytes : pageBytes * (0.2 + random());
      if (!(await read(bytes))) refused += 1;
    }
  }
  return refused;
}

test("an app that goes on as always is never slowed", async () => {
  for (const seed of [1, 2, 3]) {
    const simulated = world();
    assert.equal(await ordinaryWeeks(simulated, seed), 0, `seed ${seed}`);
    assert.deepEqual(await simulated.store.usage.anomaliesOf("p"), []);
  }
});

test("a sudden drain is slowed and reported while most is still unread", async () => {
  const simulated = world();
  await ordinaryWeeks(simulated, 4);
  const { time, read, store } = simulated;
  time.nowMs = startMs + 15 * 24 * hourMs;
  const allSeries = 500;
  let got = 0;
  for (let series = 0; series < allSeries; series += 1) {
    time.nowMs += 1000;
    if (await read(seriesBytes)) got += 1;
  }
  assert.ok(got < allSeries * 0.1, `${got} of ${allSeries} series were read before it was slowed`);
  const [anomaly] = await store.usage.anomaliesOf("p");
  assert.equal(anomaly?.appId, "diary");
  assert.ok((anomaly?.bytes ?? 0) > (anomaly?.ordinaryBytes ?? Infinity));
  assert.equal((await store.usage.anomaliesOf("p")).length, 1, "one report an hour is enough");
});

test("an app that is slowed is told so, and what it is told holds", async () => {
  const { meter, time, read } = world();
  const body = async () => (await meter.left(caller)).find(({ category }) => category === "body");
  for (let series = 0; series < 20; series += 1) await read(seriesBytes);
  const slowed = await body();
  assert.deepEqual([slowed?.isSlowed, slowed?.callsPerHour], [true, 12]);
  let got = 0;
  while (await read(seriesBytes)) got += 1;
  assert.equal(got, slowed?.remaining);
  const empty = await body();
  assert.equal(empty?.remaining, 0);
  time.nowMs += ((empty?.resetS ?? 0) - 1) * 1000;
  assert.equal(await read(seriesBytes), false);
  time.nowMs += 1000;
  assert.equal(await read(seriesBytes), true);
});

test("a new app may look once at what there is, not take all of it", async () => {
  const { time, read } = world();
  for (let page = 0; page < 20; page += 1) assert.equal(await read(pageBytes), true, `page ${page}`);
  let got = 0;
  for (let series = 0; series < 500; series += 1) {
    time.nowMs += 1000;
    if (await read(seriesBytes)) got += 1;
  }
  assert.ok(got < 50, `${got} of 500`);
});

test("each category has its own quota, and the owner's tiers count", async () => {
  const { meter } = world();
  const quick = { name: "quick", callsPerHour: { catalogue: 1, music: 1, body: 2, joined: 1, account: 1 } };
  await meter.setTiers({ tiers: [...(await meter.tiers()).tiers, quick], tierOf: { diary: "quick" } });
  const calls = async (category: "body" | "joined") => (await meter.admit(caller, category)).allowed;
  assert.deepEqual([await calls("body"), await calls("body"), await calls("body")], [true, true, false]);
  assert.deepEqual([await calls("joined"), await calls("joined")], [true, false]);
  const other = await meter.admit({ ...caller, appId: "other" }, "joined");
  assert.deepEqual([other.allowed, other.limit], [true, 60]);
  await assert.rejects(meter.setTiers({ tiers: [], tierOf: {} }));
  await assert.rejects(meter.setTiers({ tiers: [quick], tierOf: { diary: "none" } }));
});

test("what was counted is kept, hour by hour", async () => {
  const { meter, time } = world();
  meter.note(caller, "music", { rows: 10, bytes: 10 });
  meter.note(caller, "music", { rows: 20, bytes: 20 });
  time.nowMs += hourMs;
  meter.note(caller, "music", { rows: 5, bytes: 5 });
  const usage = await meter.usageOf("p", startMs);
  assert.deepEqual(
    usage.map(({ calls, bytes }) => [calls, bytes]),
    [
      [2, 30],
      [1, 5],
    ],
  );
});
