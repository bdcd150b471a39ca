/** The same request again: what has not changed is not sent, what was created is not created twice. */
import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { after, before, describe, test } from "node:test";
import { connect } from "#test/support/oauth-client.ts";
import { createTestApp, demoTracks, startMs, type TestApp } from "#test/support/test-app.ts";

let server: TestApp;
before(async () => {
  server = await createTestApp();
  const [track] = demoTracks();
  assert.ok(track);
  await server.tracks.putTrack(track, {
    path: "/m",
    sizeBytes: 1,
    modifiedMs: 1,
    outcome: { trackId: track.id },
  });
});
after(() => server.close());

const head = {
  classId: "x",
  classTitle: "X",
  sport: "cycling",
  startedAtMs: startMs,
  mode: "auto",
  source: "none",
};
const idOf = (n: number) => `0199b3a0-0000-7000-8000-${String(n).padStart(12, "0")}`;
const begin = (n: number) => server.ask({ method: "PUT", url: `/v1/workouts/${idOf(n)}`, payload: head });

describe("conditional GET", () => {
  test("every list and document has a tag, and answers 304 to it", async () => {
    await begin(1);
    const [track] = demoTracks();
    const urls = [
      "/v1/workouts",
      `/v1/workouts/${idOf(1)}`,
      "/v1/tracks",
      `/v1/tracks/${track?.id}`,
      "/v1/classes",
      "/v1/consents",
      "/v1/apps",
      "/v1/openapi.json",
    ];
    for (const url of urls) {
      const first = await server.ask({ url });
      const tag = String(first.headers.etag);
      assert.match(tag, /^"[\w-]{27}"$/, url);
      for (const list of [tag, `W/${tag}`, `"other", ${tag}`, "*"]) {
        const again = await server.ask({ url, headers: { "if-none-match": list } });
        assert.deepEqual(
          [again.statusCode, again.body, again.headers.etag],
          [304, "", tag],
          `${url} ${list}`,
        );
      }
      const other = await server.ask({ url, headers: { "if-none-match": '"other"' } });
      assert.deepEqual([other.statusCode, other.body], [200, first.body], url);
    }
  });

  test("whoever unpacks gets workouts packed, under a tag of its own; an app gets them plain, so that its bytes count", async () => {
    await begin(1);
    const url = "/v1/workouts";
    const plain = await server.ask({ url });
    assert.equal(plain.headers["content-encoding"], undefined);
    assert.equal(plain.headers.vary, "accept-encoding");
    const packing = { "accept-encoding": "br, gzip;q=0.8" };
    for (const round of ["packed anew", "from memory"]) {
      const packed = await server.ask({ url, headers: packing });
      assert.equal(packed.headers["content-encoding"], "gzip", round);
      assert.equal(gunzipSync(packed.rawPayload).toString(), plain.body);
      assert.notEqual(packed.headers.etag, plain.headers.etag);
      const tag = String(packed.headers.etag);
      const again = await server.ask({ url, headers: { ...packing, "if-none-match": tag } });
      assert.deepEqual([again.statusCode, again.body], [304, ""]);
    }
    for (const refusing of ["identity", "gzip;q=0", "gzip; q=0.0, br", "br"]) {
      const answer = await server.ask({ url, headers: { "accept-encoding": refusing } });
      assert.equal(answer.body, plain.body, refusing);
    }
    const { access_token: token } = await connect(server, "workouts:read");
    const authorization = `Bearer ${token}`;
    const toApp = await server.visit({ url, headers: { ...packing, authorization } });
    assert.equal(toApp.body, plain.body);
  });

  test("each change is seen: another workout, one that goes, a withdrawn yes, an erasure", async () => {
    const seen = new Set<string>();
    const look = async (): Promise<string[]> => {
      const { headers, body } = await server.ask({ url: "/v1/workouts" });
      assert.equal(seen.has(String(headers.etag)), false, "a tag of before stands for something else now");
      seen.add(String(headers.etag));
      return (JSON.parse(body) as { items: { id: string }[] }).items.map(({ id }) => id);
    };
    assert.deepEqual(await look(), [idOf(1)]);
    await begin(2);
    assert.deepEqual(await look(), [idOf(2), idOf(1)]);
    await server.ask({ method: "DELETE", url: `/v1/workouts/${idOf(1)}` });
    assert.deepEqual(await look(), [idOf(2)]);
    const end = {
      durationS: 5,
      reason: "ended-early",
      trackPlays: [],
      blockPasses: [],
      distrustS: 0,
      chunks: 0,
    };
    await server.ask({ method: "PUT", url: `/v1/workouts/${idOf(2)}/end`, payload: end });
    assert.deepEqual(await look(), [idOf(2)]);
    await server.erasures.eraseNow(server.owner.id);
    const page = await (
      await server.biometrics.reader.open("own", server.owner.id)
    ).workouts({ limit: 50, cursor: null });
    assert.deepEqual(page.items, [], "nothing opened before outlives an erasure");
  });

  test("a problem has no tag, and a session's answer is not another's", async () => {
    assert.equal((await server.visit({ url: "/v1/workouts" })).headers.etag, undefined);
  });
});

describe("idempotency keys", () => {
  let own: TestApp;
  before(async () => {
    own = await createTestApp();
  });
  after(() => own.close());
  const hook = { url: "https://app.example/hook", events: ["workout.finished"] };
  const post = (payload: object, key: string | undefined, headers: Record<string, string> = {}) =>
    own.ask({
      method: "POST",
      url: "/v1/webhooks",
      payload,
      headers: { ...headers, ...(key !== undefined && { "idempotency-key": key }) },
    });
  const count = async () =>
    (await own.ask({ url: "/v1/webhooks" })).json<{ items: unknown[] }>().items.length;

  test("the same key gives the same answer and creates once; without a key each creates", async () => {
    const first = await post(hook, "k1");
    assert.equal(first.statusCode, 201);
    const again = await post(hook, "k1");
    assert.deepEqual([again.statusCode, again.body], [201, first.body]);
    assert.equal(again.headers["idempotency-replayed"], "true");
    assert.equal(await count(), 1);
    await post(hook, undefined);
    await post(hook, "k2");
    assert.equal(await count(), 3);
  });

  test("the same key with another body is refused, and so is a second request while the first is under way", async () => {
    const earlier = await count();
    assert.equal((await post({ ...hook, url: "https://app.example/other" }, "k1")).statusCode, 422);
    const five = await Promise.all(Array.from({ length: 5 }, () => post(hook, "k3")));
    assert.ok(five.every(({ statusCode }) => statusCode === 201 || statusCode === 409));
    const created = five.filter(
      ({ statusCode, headers }) => statusCode === 201 && headers["idempotency-replayed"] === undefined,
    );
    assert.equal(created.length, 1);
    assert.equal(await count(), earlier + 1);
  });

  test("a refused request keeps nothing: the key is free to be used rightly", async () => {
    assert.equal((await post({ url: "http://plain.example/", events: hook.events }, "k4")).statusCode, 400);
    assert.equal((await post(hook, "k4")).statusCode, 201);
    assert.equal((await post(hook, "two words")).statusCode, 400);
    assert.equal((await post(hook, "k".repeat(201))).statusCode, 400);
  });

  test("a key is its sender's own, lasts a day, and its answer is kept sealed", async () => {
    const kept = await own.store.oauth.listRecords("KeptAnswer", own.owner.id);
    assert.ok(kept.length >= 4);
    for (const { sealed } of kept) assert.equal(Buffer.from(sealed).includes("whsec_"), false);
    const { access_token } = await connect(own, "webhooks:manage");
    const asApp = await own.visit({
      method: "POST",
      url: "/v1/webhooks",
      payload: hook,
      headers: { authorization: `Bearer ${access_token}`, "idempotency-key": "k1" },
    });
    assert.equal(asApp.statusCode, 201);
    assert.equal(asApp.headers["idempotency-replayed"], undefined);
    own.time.nowMs += 86_400_000;
    const later = await post(hook, "k1");
    assert.equal(later.headers["idempotency-replayed"], undefined);
    assert.equal(later.statusCode, 201);
  });
});
