/** Whose classes: those a person made are shown to them alone, not to their household, not to apps. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { InjectOptions } from "fastify";
import { classById } from "#domain/catalogue/index.ts";
import { wordingOf } from "#domain/consent.ts";
import { connect } from "#test/support/oauth-client.ts";
import { createTestApp, startMs, type TestApp } from "#test/support/test-app.ts";

let server: TestApp;
const original = classById("cycling-norwegian-4x4-40");
assert.ok(original);
const own = { ...original, id: "own-mine-1", title: "Mine alone", family: "own" };
const url = `/v1/classes/${own.id}`;
const lists = ["/v1/classes?own=true", "/v1/classes?query=mine+alone"];

before(async () => {
  server = await createTestApp();
  const saved = await server.ask({ method: "PUT", url, payload: own });
  assert.equal(saved.statusCode, 200, saved.body);
});
after(() => server.close());

/** Done again and again, so that it is suggested. */
async function rideOften(): Promise<void> {
  const { version } = wordingOf("recommend");
  await server.consents.decide(server.owner.id, "recommend", true, version);
  for (let week = 1; week <= 8; week += 1) {
    const workout = `/v1/workouts/0199b3a0-0000-7000-8000-00000000000${week}`;
    const startedAtMs = startMs - week * 604_800_000;
    const head = { classId: own.id, classTitle: own.title, sport: "cycling", startedAtMs };
    const payload = { ...head, mode: "auto", source: "sensors" };
    await server.ask({ method: "PUT", url: workout, payload });
    const nothing = { trackPlays: [], blockPasses: [], distrustS: 0, chunks: 0 };
    const end = { durationS: own.durationS, reason: "class-finished", ...nothing };
    const ended = await server.ask({ method: "PUT", url: `${workout}/end`, payload: end });
    assert.equal(ended.statusCode, 200, ended.body);
  }
}

test("an app sees the catalogue and no class of one's own, whatever it may read", async () => {
  await rideOften();
  const { access_token: token } = await connect(
    server,
    "workouts:read soundtracks:read taste:read recommendations:read",
  );
  const asApp = (request: InjectOptions) =>
    server.visit({ ...request, headers: { authorization: `Bearer ${token}` } });
  assert.equal((await asApp({ url })).statusCode, 404);
  assert.equal((await asApp({ url: `/v1/classes/${original.id}` })).statusCode, 200);
  for (const list of lists) assert.doesNotMatch((await asApp({ url: list })).body, /Mine alone/, list);
  const toPerson = await server.ask({ url: "/v1/recommendations?count=20" });
  assert.match(toPerson.body, /Mine alone/, "it would be suggested");
  const suggested = await asApp({ url: "/v1/recommendations?count=20" });
  assert.equal(suggested.statusCode, 200, suggested.body);
  assert.doesNotMatch(suggested.body, /Mine alone/);
  const planned = await asApp({ method: "POST", url: "/v1/soundtracks", payload: { classId: own.id } });
  assert.equal(planned.statusCode, 404, planned.body);
});

test("a member of the household sees and changes their own classes alone", async () => {
  await server.signIn.setPassword("correct horse battery");
  const { token } = await server.household.invite("Second");
  const member = await server.household.join(token, "Second", "a long enough password");
  const as = async (person: Parameters<typeof server.signIn.open>[0]) => {
    const cookie = `upbeat-test=${(await server.signIn.open(person)).token}`;
    return (request: InjectOptions) => server.visit({ ...request, headers: { cookie } });
  };
  const asMember = await as(member);
  const asOwner = await as(await server.signIn.owner());
  assert.equal((await asMember({ url })).statusCode, 404);
  for (const list of lists) {
    assert.doesNotMatch((await asMember({ url: list })).body, /Mine alone/, list);
    assert.match((await asOwner({ url: list })).body, /Mine alone/, list);
  }
  const planned = await asMember({ method: "POST", url: "/v1/soundtracks", payload: { classId: own.id } });
  assert.equal(planned.statusCode, 404);
  await asMember({ method: "PUT", url, payload: { ...own, title: "Theirs" } });
  assert.equal((await asOwner({ url })).json().title, own.title, "two people may use one id");
  assert.equal((await asMember({ url })).json().title, "Theirs");
  await asMember({ method: "DELETE", url });
  assert.equal((await asMember({ url })).statusCode, 404);
  assert.equal((await asOwner({ url })).json().title, own.title);
});
