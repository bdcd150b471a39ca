/** A person's taste over HTTP: said, learned from workouts, seen, taken back, and never anybody else's. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import type { Person } from "#server/ports/store.ts";
import { connect } from "#test/support/oauth-client.ts";
import { createTestApp, demoTracks, startMs, type TestApp } from "#test/support/test-app.ts";

let server: TestApp;
const [first, second] = demoTracks();
assert.ok(first && second);
const trackId = first.id;
const classId = "cycling-norwegian-3x4-35";

before(async () => {
  server = await createTestApp();
  for (const track of demoTracks()) {
    const path = `/demo/${track.id}.ogg`;
    await server.tracks.putTrack(track, {
      path,
      sizeBytes: 1,
      modifiedMs: 0,
      outcome: { trackId: track.id },
    });
  }
});
after(() => server.close());
beforeEach(async () => {
  server.time.nowMs += 1000;
  await allow(true);
  await post("/v1/taste/reset");
  server.time.nowMs += 1000;
});

const get = async (url: string) => (await server.ask({ url })).json();
const put = (url: string, payload: object) => server.ask({ method: "PUT", url, payload });
const post = (url: string, payload?: object) =>
  server.ask({ method: "POST", url, ...(payload === undefined ? {} : { payload }) });
const allow = (granted: boolean) => server.consents.decide(server.owner.id, "recommend", granted, 1);
const tasteUrl = `/v1/tracks/${trackId}/taste`;
let workouts = 0;

/** A workout that began now: each track of `plays` sounded 100 s, at its own power. */
async function ride(
  plays: readonly { trackId: string; skipped?: boolean; powerW?: number }[],
): Promise<string> {
  workouts += 1;
  const id = `0199b3a0-0000-7000-8000-${String(workouts).padStart(12, "0")}`;
  const head = { classId, classTitle: "C", sport: "cycling", mode: "follow", source: "sensors" };
  await put(`/v1/workouts/${id}`, { ...head, startedAtMs: server.time.nowMs });
  const rows = Array.from({ length: plays.length * 100 }, (_, tS) => ({
    tS,
    cadence: 80,
    powerW: plays[Math.floor(tS / 100)]?.powerW ?? 100,
    heartRateBpm: null,
    speedMps: null,
    tempoBpm: null,
    phaseErrorMs: null,
  }));
  assert.equal((await put(`/v1/workouts/${id}/chunks/0`, { rows })).statusCode, 204);
  const end = await put(`/v1/workouts/${id}/end`, {
    durationS: rows.length,
    reason: "ended-early",
    trackPlays: plays.map((play, index) => ({
      trackId: play.trackId,
      title: "T",
      artist: "A",
      startS: index * 100,
      endS: (index + 1) * 100,
      skipped: play.skipped ?? false,
    })),
    blockPasses: [],
    distrustS: 0,
    chunks: 1,
  });
  assert.equal(end.statusCode, 200);
  return id;
}

describe("what a person says", () => {
  test("moves the taste, with its reason, and can be taken back", async () => {
    assert.deepEqual(await get(tasteUrl), {
      taste: 0.5,
      banned: false,
      word: null,
      artistWord: null,
      reasons: [],
    });
    assert.equal((await put(tasteUrl, { word: "like" })).statusCode, 204);
    const liked = await get(tasteUrl);
    assert.ok(liked.taste > 0.85);
    assert.equal(liked.reasons[0].text, "You like it.");
    assert.equal((await get(`/v1/tracks/${trackId}`)).taste, liked.taste);
    await put(tasteUrl, { word: null });
    assert.equal((await get(tasteUrl)).taste, 0.5);
    for (const word of ["love", 0.9, undefined]) {
      assert.equal((await put(tasteUrl, { word })).statusCode, 400);
    }
    assert.equal((await put("/v1/tracks/nothing/taste", { word: "like" })).statusCode, 404);
  });

  test("of an artist reaches all their tracks", async () => {
    const { artist } = first;
    assert.equal((await put("/v1/taste/artists", { artist, word: "less" })).statusCode, 204);
    assert.ok((await get(`/v1/tracks/${second.id}`)).taste < 0.2);
    const { items } = await get("/v1/taste/signals");
    assert.equal(items.length, 1, "one signal, however many tracks");
    assert.equal(items[0].artist, artist);
  });

  test("two words at once are both kept", async () => {
    await Promise.all([
      put(tasteUrl, { word: "like" }),
      put(`/v1/tracks/${second.id}/taste`, { word: "less" }),
    ]);
    assert.equal((await get("/v1/taste/signals")).total, 2);
  });
});

test("a banned track is in no soundtrack, and without any track left that is said", async () => {
  const plan = async () => (await post("/v1/soundtracks", { classId })).json();
  const used: string = (await plan()).slots[0].trackId;
  await put(`/v1/tracks/${used}/taste`, { word: "ban" });
  assert.equal((await get(`/v1/tracks/${used}`)).banned, true);
  assert.ok((await plan()).slots.every((slot: { trackId: string }) => slot.trackId !== used));
  await Promise.all(demoTracks().map(({ id }) => put(`/v1/tracks/${id}/taste`, { word: "ban" })));
  const refused = await post("/v1/soundtracks", { classId });
  assert.equal(refused.statusCode, 409);
  assert.match(refused.json().detail, /never want to hear/);
});

describe("what is learned from workouts", () => {
  test("shows at once, goes with the workout, and can be forgotten", async () => {
    const id = await ride([{ trackId }, { trackId: second.id, skipped: true }]);
    const [one, other] = await Promise.all([get(tasteUrl), get(`/v1/tracks/${second.id}/taste`)]);
    assert.ok(one.taste > 0.5 && other.taste < 0.5);
    assert.deepEqual(
      (await get("/v1/taste/signals")).items.map(({ source }: { source: string }) => source),
      ["skips", "plays", "effort"],
    );
    server.time.nowMs += 200_000;
    assert.equal((await post("/v1/taste/forget", { source: "skips", trackId: second.id })).statusCode, 204);
    assert.equal((await get(`/v1/tracks/${second.id}/taste`)).taste, 0.5);
    await server.ask({ method: "DELETE", url: `/v1/workouts/${id}` });
    assert.equal((await get(tasteUrl)).taste, 0.5);
  });

  test("counts, effort included, only with the person's yes, and withdrawing acts at once", async () => {
    await allow(false);
    const lifted = [{ trackId, powerW: 130 }, { trackId: second.id }, { trackId, powerW: 130 }];
    await ride(lifted);
    server.time.nowMs += 400_000;
    await ride(lifted);
    const reasons = async () => (await get(tasteUrl)).reasons;
    assert.deepEqual(await reasons(), []);
    assert.equal((await get("/v1/taste/signals")).usesWorkouts, false);
    await allow(true);
    const effort = (await reasons()).find(({ source }: { source: string }) => source === "effort");
    assert.ok(effort.weight > 0);
    await allow(false);
    assert.deepEqual(await reasons(), []);
  });
});

test("taste is sealed, and nobody else's", async () => {
  await put(tasteUrl, { word: "like" });
  const rows = await server.store.taste.tasteOf(server.owner.id);
  assert.equal(rows.length, 1);
  assert.doesNotMatch(Buffer.from(rows[0]?.sealed ?? []).toString("latin1"), /like|demo/);
  const member: Person = { ...server.owner, id: "0199b3a0-0000-7000-8000-0000000000ff", role: "member" };
  await server.store.people.putPerson(member);
  const { token } = await server.signIn.open(member);
  const asMember = await server.visit({ url: tasteUrl, headers: { cookie: `upbeat-test=${token}` } });
  assert.equal(asMember.json().taste, 0.5);
});

test("an app sees taste only with its scope, and never what workouts told", async () => {
  await ride([{ trackId: second.id, skipped: true }]);
  await put(tasteUrl, { word: "ban" });
  const asApp = async (scope: string, id: string) => {
    const { access_token } = await connect(server, scope);
    const headers = { authorization: `Bearer ${access_token}` };
    return (await server.visit({ url: `/v1/tracks/${id}`, headers })).json();
  };
  assert.ok((await get(`/v1/tracks/${second.id}`)).taste < 0.5);
  assert.equal((await asApp("tracks:read", trackId)).banned, false);
  assert.equal((await asApp("tracks:read taste:read", trackId)).banned, true);
  assert.equal((await asApp("tracks:read taste:read", second.id)).taste, 0.5);
});

test("resetting forgets everything, and the day after taste is learned again", async () => {
  await put(tasteUrl, { word: "like" });
  await ride([{ trackId }]);
  server.time.nowMs += 200_000;
  assert.equal((await post("/v1/taste/reset")).statusCode, 204);
  assert.equal((await get("/v1/taste/signals")).total, 0);
  server.time.nowMs += 86_400_000;
  await ride([{ trackId }]);
  assert.equal((await get("/v1/taste/signals")).total, 2);
  assert.ok(server.time.nowMs > startMs);
});
