/** /v1/recommendations: what is suggested, from what, and to whom. */
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { classById } from "#domain/catalogue/index.ts";
import { programmes } from "#domain/programme/programmes.ts";
import type { Recommendations } from "#protocol/api/recommendations.ts";
import { connect } from "#test/support/oauth-client.ts";
import { createTestApp, startMs, type TestApp } from "#test/support/test-app.ts";

let server: TestApp;
const hourMs = 3_600_000;

before(async () => {
  server = await createTestApp();
});
after(() => server.close());
beforeEach(() => allow(true));

const allow = (granted: boolean) => server.consents.decide(server.owner.id, "recommend", granted, 1);
const put = (url: string, payload: object) => server.ask({ method: "PUT", url, payload });
const suggested = async (query = ""): Promise<Recommendations> => {
  const answer = await server.ask({ url: `/v1/recommendations${query}` });
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json();
};

let made = 0;
async function did(classId: string, hoursAgo: number, change: object = {}): Promise<void> {
  const plan = classById(classId);
  assert.ok(plan, classId);
  made += 1;
  const url = `/v1/workouts/0199b3a0-0000-7000-8000-${String(made).padStart(12, "0")}`;
  const startedAtMs = server.time.nowMs - hoursAgo * hourMs;
  const head = { classTitle: "C", sport: plan.sport, startedAtMs, mode: "auto", source: "none" };
  assert.equal((await put(url, { classId, ...head, ...change })).statusCode, 200);
  const end = { reason: "class-finished", trackPlays: [], blockPasses: [], distrustS: 0, chunks: 0 };
  assert.equal((await put(`${url}/end`, { ...end, durationS: plan.durationS })).statusCode, 200);
}

test("a newcomer gets classes, a mix for each mood, and a reason for each class", async () => {
  const { items, mixes, day, hardness } = await suggested();
  assert.equal(items.length, 6);
  assert.ok(items.every(({ why }) => why.length > 0));
  assert.deepEqual(
    mixes.map(({ mood }) => mood),
    ["calm", "steady", "driving", "euphoric"],
  );
  assert.equal(hardness, day.hardness);
  assert.equal((await suggested("?limit=2")).items.length, 2);
  const hard = await suggested("?hardness=hard");
  assert.equal(hard.hardness, "hard");
  assert.equal(hard.day.hardness, day.hardness, "the day stays what it is");
  assert.ok(hard.items.every(({ intensity }) => intensity.endsWith("hard")));
});

test("a mix is opened, planned for and worked out like a class", async () => {
  const [{ class: mix } = assert.fail()] = (await suggested()).mixes;
  const detail = (await server.ask({ url: `/v1/classes/${encodeURIComponent(mix.id)}` })).json();
  assert.equal(detail.id, mix.id);
  assert.equal(detail.music.mood, "calm");
  const planned = await server.ask({ method: "POST", url: "/v1/soundtracks", payload: { classId: mix.id } });
  assert.equal(planned.statusCode, 409, "no music yet, but the class is known");
  assert.equal((await server.ask({ url: "/v1/classes/cycling-nothing~calm" })).statusCode, 404);
});

test("what was done counts; without the person's yes nothing is known of it", async () => {
  await did("cycling-norwegian-3x4-35", 20);
  const knowing = await suggested();
  assert.equal(knowing.usesWorkouts, true);
  assert.match(knowing.day.text, /One workout done/);
  await allow(false);
  const blind = await suggested();
  assert.equal(blind.usesWorkouts, false);
  const stranger = await createTestApp();
  await stranger.consents.decide(stranger.owner.id, "recommend", false, 1);
  const never = (await stranger.ask({ url: "/v1/recommendations" })).json();
  assert.deepEqual(blind, never, "just what somebody is told who never did anything");
  await stranger.close();
});

test("a simulated athlete and a private line inform nothing", async () => {
  const earlier = await suggested();
  await did("rowing-steady-30", 30, { source: "simulated" }).catch(() => undefined);
  await did("cycling-norwegian-3x4-35", 30, { detail: "line" });
  assert.deepEqual(await suggested(), earlier);
});

test("the next session of a programme that is followed comes first, a mix of a session counts as it", async () => {
  const programme = programmes().find(({ id }) => id === "couch-to-5k");
  const [first, second] = programme?.weeks.flat() ?? [];
  assert.ok(first !== undefined && second !== undefined);
  await did(first, 30, { classId: `${first}~calm` });
  const [top] = (await suggested()).items;
  assert.equal(top?.id, second);
  assert.match(top.why[0] ?? "", /Next in “Couch to 5k”: 2 of 27/);
  server.time.nowMs += 40 * 24 * hourMs;
  assert.notEqual((await suggested()).items[0]?.id, second, "left alone for a month, it is not followed");
  server.time.nowMs = startMs;
});

test("an app needs its scope and the person's share; each reading of workouts is noted, and metered as joined", async () => {
  const { access_token, clientId } = await connect(server, "recommendations:read");
  const headers = { authorization: `Bearer ${access_token}` };
  const purposes = async () => (await server.audit.entries(server.owner.id)).map(({ purpose }) => purpose);
  const answer = await server.visit({ url: "/v1/recommendations", headers });
  assert.equal(answer.statusCode, 200);
  assert.match(String(answer.headers["ratelimit-policy"]), /^"joined"/);
  assert.ok((await purposes()).includes(`share:${clientId}`));
  const noted = (await purposes()).length;
  await allow(false);
  const blind = await server.visit({ url: "/v1/recommendations", headers });
  assert.equal(blind.json().usesWorkouts, false);
  assert.equal((await purposes()).length, noted, "nothing was read");
  await server.consents.decide(server.owner.id, `share:${clientId}`, false, 1);
  assert.ok([401, 403].includes((await server.visit({ url: "/v1/recommendations", headers })).statusCode));
  assert.equal((await server.visit({ url: "/v1/recommendations" })).statusCode, 401);
});

test("a search keeps its results and changes their order by what was done, for the person alone", async () => {
  const url = "/v1/classes?query=30%20min%20ride&limit=200";
  type Found = {
    items: { id: string; durationS: number; sport: string; intensity: string; why: string[] }[];
    usesWorkouts: boolean;
  };
  const found = async (): Promise<Found> => (await server.ask({ url })).json();
  await allow(false);
  const byWords = await found();
  await allow(true);
  for (const [index, daysAgo] of [1, 3, 5, 8, 10, 12].entries())
    await did(index === 0 ? "cycling-norwegian-3x4-35" : "cycling-endurance-strong-30", 24 * daysAgo - 4);
  const tired = await found();
  assert.deepEqual([byWords.usesWorkouts, tired.usesWorkouts], [false, true]);
  const ids = ({ items }: Found) => items.map(({ id }) => id);
  assert.notDeepEqual(ids(tired), ids(byWords));
  assert.deepEqual(ids(tired).toSorted(), ids(byWords).toSorted());
  assert.ok(
    tired.items.every(({ sport, durationS }) => sport === "cycling" && Math.abs(durationS / 1800 - 1) <= 0.1),
  );
  const easyRank = ({ items }: Found) =>
    items.reduce((sum, { intensity }, at) => sum + (intensity === "easy" ? at : 0), 0) /
    items.filter(({ intensity }) => intensity === "easy").length;
  assert.ok(easyRank(tired) < easyRank(byWords), `${easyRank(tired)} ${easyRank(byWords)}`);
  assert.match(
    tired.items.find(({ intensity }) => intensity === "easy")?.why[0] ?? "",
    /rode hard yesterday/,
  );
  const visitor = (await server.visit({ url })).json<Found>();
  assert.deepEqual(visitor.items, byWords.items);
  const { access_token } = await connect(server, "classes:read");
  const app = await server.visit({ url, headers: { authorization: `Bearer ${access_token}` } });
  assert.deepEqual(app.json<Found>().items, byWords.items, "an app is told nothing by an order");
});

test("a class from the middle of a programme is not its beginning, and on a tired day a hard session waits", async () => {
  const builder = programmes().find(({ id }) => id === "threshold-builder");
  const [first, ...rest] = builder?.weeks.flat() ?? [];
  const middle = rest.find((id) => id !== first && classById(id)?.intensity === "hard");
  assert.ok(first !== undefined && middle !== undefined);
  assert.equal(classById(first)?.intensity, "very hard");
  const texts = async () =>
    JSON.stringify((await suggested("?hardness=hard&limit=24")).items.map(({ why }) => why));
  await did(middle, 50);
  assert.doesNotMatch(await texts(), /Threshold builder/);
  await did(first, 20);
  const tired = await suggested("?limit=24");
  assert.match(tired.day.text, /hard yesterday/);
  const [top] = tired.items;
  assert.equal(top?.intensity, "easy", JSON.stringify(top?.why));
});
