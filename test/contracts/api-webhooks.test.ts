/** What apps are told at their own address: signed, once, again when it failed, and never what a body told. */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, beforeEach, test } from "node:test";
import { OutboundRefused } from "#server/ports/outbound.ts";
import { connect } from "#test/support/oauth-client.ts";
import { createTestApp, type TestApp } from "#test/support/test-app.ts";

interface Sent {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const sent: Sent[] = [];
let answer = 204;
let failure: Error | null = null;
let server: TestApp;
before(async () => {
  server = await createTestApp({
    outbound: {
      fetch: async (input, init) => {
        sent.push({
          url: input as string,
          headers: init?.headers as Record<string, string>,
          body: init?.body as string,
        });
        if (failure !== null) throw failure;
        return new Response(null, { status: answer });
      },
    },
  });
});
after(() => server.close());
beforeEach(() => {
  sent.length = 0;
  answer = 204;
});

type Headers = Readonly<Record<string, string>>;
const add = (url: string, headers: Headers = {}) =>
  server.ask({
    method: "POST",
    url: "/v1/webhooks",
    payload: { url, events: ["workout.finished", "consent.changed"] },
    headers,
  });
const remove = (id: string) => server.ask({ method: "DELETE", url: `/v1/webhooks/${id}` });
const listed = async () =>
  (await server.ask({ url: "/v1/webhooks/deliveries" })).json<{
    items: { id: string; url: string; state: string; attempts: number; failure: string | null }[];
  }>().items;

let workouts = 0;
async function finishWorkout(isPrivate = false): Promise<string> {
  workouts += 1;
  const id = `0199b3a0-0000-7000-8000-0000000001${String(workouts).padStart(2, "0")}`;
  const head = {
    classId: "cycling-norwegian-3x4-35",
    classTitle: "Secret title",
    sport: "cycling",
    startedAtMs: server.time.nowMs,
    mode: "auto",
    source: "simulated",
    ...(isPrivate ? { detail: "line" } : {}),
  };
  await server.ask({ method: "PUT", url: `/v1/workouts/${id}`, payload: head });
  const end = {
    durationS: 60,
    reason: "ended-early",
    trackPlays: [],
    blockPasses: [],
    distrustS: 0,
    chunks: 0,
  };
  const ended = await server.ask({ method: "PUT", url: `/v1/workouts/${id}/end`, payload: end });
  assert.equal(ended.statusCode, 200, ended.body);
  await server.ask({ method: "PUT", url: `/v1/workouts/${id}/end`, payload: end });
  return id;
}

test("a finished workout is told once, signed as Standard Webhooks says", async () => {
  const { id, secret } = (await add("https://diary.example/hook")).json<{ id: string; secret: string }>();
  const workoutId = await finishWorkout();
  await server.webhooks.deliverDue();
  assert.equal(sent.length, 1);
  const [{ url, headers, body }] = sent as [Sent];
  assert.equal(url, "https://diary.example/hook");
  assert.deepEqual(JSON.parse(body), {
    type: "workout.finished",
    timestamp: new Date(server.time.nowMs).toISOString(),
    data: { workoutId },
  });
  // As a receiver would check it, from the specification.
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  assert.equal(
    headers["webhook-signature"],
    `v1,${createHmac("sha256", key).update(signed).digest("base64")}`,
  );
  await server.webhooks.deliverDue();
  assert.equal(sent.length, 1);
  await remove(id);
});

test("a failing receiver is tried later and later, then its message waits among the dead until somebody asks", async () => {
  const { id } = (await add("https://broken.example/hook")).json<{ id: string }>();
  answer = 500;
  await finishWorkout();
  for (let attempt = 0; attempt < 12; attempt += 1) {
    await server.webhooks.deliverDue();
    server.time.nowMs += 24 * 3_600_000;
  }
  const [dead] = (await listed()).filter(({ url }) => url.includes("broken"));
  assert.equal(dead?.state, "dead");
  assert.equal(dead?.failure, "500");
  assert.equal(sent.length, dead?.attempts);
  assert.ok(sent.length >= 5 && sent.length <= 10, `${sent.length} attempts`);
  assert.equal(new Set(sent.map(({ headers }) => headers["webhook-id"])).size, 1, "always the same message");
  answer = 204;
  const again = { method: "POST", url: `/v1/webhooks/deliveries/${dead?.id}/retry` } as const;
  assert.equal((await server.ask(again)).statusCode, 202);
  await server.webhooks.deliverDue();
  assert.equal((await listed()).find((message) => message.id === dead?.id)?.state, "delivered");
  assert.equal((await server.ask(again)).statusCode, 409);
  await remove(id);
});

interface Listed {
  readonly items: readonly { id: string; failure: string | null; canRetry: boolean }[];
  readonly nextCursor: string | null;
}

async function deadPage(cursor: string | null = null, limit = 2): Promise<Listed> {
  const query = new URLSearchParams({ state: "dead", limit: String(limit), ...(cursor && { cursor }) });
  const page = await server.ask({ url: `/v1/webhooks/deliveries?${query.toString()}` });
  assert.equal(page.statusCode, 200, page.body);
  return page.json<Listed>();
}

test("what was given up is read page by page, and tried again all at once, except where the address is gone", async () => {
  const before = (await deadPage(null, 200)).items.length;
  const { id: kept } = (await add("https://broken.example/a")).json<{ id: string }>();
  const { id: removed } = (await add("https://broken.example/b")).json<{ id: string }>();
  answer = 503;
  for (let workout = 0; workout < 3; workout += 1) await finishWorkout();
  for (let attempt = 0; attempt < 9; attempt += 1) {
    await server.webhooks.deliverDue();
    server.time.nowMs += 24 * 3_600_000;
  }
  await remove(removed);
  const seen: Listed["items"][number][] = [];
  let cursor: string | null = null;
  do {
    const page: Listed = await deadPage(cursor);
    assert.ok(page.items.length <= 2);
    seen.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  assert.equal(seen.length, before + 6);
  assert.equal(new Set(seen.map(({ id }) => id)).size, seen.length, "none twice");
  const [stuck] = seen.filter(({ canRetry, failure }) => !canRetry && failure === "503");
  const again = await server.ask({ method: "POST", url: `/v1/webhooks/deliveries/${stuck?.id}/retry` });
  assert.equal(again.statusCode, 409);

  const all = await server.ask({ method: "POST", url: "/v1/webhooks/deliveries/retry" });
  assert.equal(all.statusCode, 202);
  assert.deepEqual(all.json(), { retried: 3 });
  answer = 204;
  sent.length = 0;
  await server.webhooks.deliverDue();
  assert.deepEqual(
    sent.map(({ url }) => url),
    Array.from({ length: 3 }, () => "https://broken.example/a"),
  );
  assert.equal((await deadPage(null, 200)).items.length, before + 3);
  await remove(kept);
});

test("a cursor that is none is refused", async () => {
  for (const cursor of ["x", Buffer.from("one two").toString("base64url")]) {
    for (const path of ["webhooks/deliveries", "webhooks", "apps", "audit"]) {
      const refused = await server.ask({ url: `/v1/${path}?cursor=${cursor}` });
      assert.equal(refused.statusCode, 400, path);
    }
  }
});

test("webhooks are listed page by page", async () => {
  const made = [];
  for (const name of ["one", "two", "three"]) {
    made.push((await add(`https://${name}.example/`)).json<{ id: string }>().id);
  }
  type Ids = { items: { id: string }[]; nextCursor: string | null };
  const first = (await server.ask({ url: "/v1/webhooks?limit=2" })).json<Ids>();
  const second = (await server.ask({ url: `/v1/webhooks?limit=2&cursor=${first.nextCursor}` })).json<Ids>();
  assert.deepEqual(
    [...first.items, ...second.items].map(({ id }) => id),
    made.toSorted(),
  );
  assert.equal(second.nextCursor, null);
  for (const id of made) await remove(id);
});

test("why a receiver was not reached is told in a sentence", async () => {
  const failures = [
    [new TypeError("fetch failed", { cause: { code: "ENOTFOUND" } }), "Its name is not known."],
    [new DOMException("", "TimeoutError"), "It did not answer within 10 s."],
    [new OutboundRefused("192.168.1.9 is not public."), "192.168.1.9 is not public."],
    [new TypeError("fetch failed", { cause: { code: "EWHATEVER" } }), "It could not be reached."],
  ] as const;
  const { id } = (await add("https://silent.example/")).json<{ id: string }>();
  for (const [error, why] of failures) {
    failure = error;
    await finishWorkout();
    await server.webhooks.deliverDue();
    server.time.nowMs += 1;
    const [latest] = await listed();
    assert.equal(latest?.failure, why);
  }
  failure = null;
  await remove(id);
});

test("a receiver that says it is gone is told no more", async () => {
  await add("https://gone.example/hook");
  answer = 410;
  await finishWorkout();
  await server.webhooks.deliverDue();
  await finishWorkout();
  await server.webhooks.deliverDue();
  assert.equal(sent.length, 1);
});

test("only https addresses are told, and others that the owner allows", async () => {
  for (const url of [
    "http://diary.example/",
    "https://me:x@diary.example/",
    "file:///etc/passwd",
    "nonsense",
  ]) {
    assert.equal((await add(url)).statusCode, 400, url);
  }
  await server.allowOrigins.replace(["http://192.168.1.9:1880"]);
  const allowed = await add("http://192.168.1.9:1880/flow");
  assert.equal(allowed.statusCode, 201);
  await remove(allowed.json<{ id: string }>().id);
});

test("an app manages its own addresses only, and hears last that it was cut off", async () => {
  const { access_token, clientId } = await connect(server, "webhooks:manage");
  const headers = { authorization: `Bearer ${access_token}`, cookie: "" };
  const { id: ownersId } = (await add("https://mine.example/hook")).json<{ id: string }>();
  assert.equal((await add("https://app.example/hook", headers)).statusCode, 201);
  const seen = await server.visit({ url: "/v1/webhooks", headers });
  assert.deepEqual(
    seen.json<{ items: { url: string }[] }>().items.map(({ url }) => url),
    ["https://app.example/hook"],
  );
  const foreign = await server.visit({ method: "DELETE", url: `/v1/webhooks/${ownersId}`, headers });
  assert.equal(foreign.statusCode, 404);
  await server.webhooks.deliverDue();
  sent.length = 0;
  await server.ask({ method: "DELETE", url: `/v1/apps/${clientId}` });
  await server.webhooks.deliverDue();
  const told = sent
    .filter(({ url }) => url.includes("app.example"))
    .map(({ body }) => JSON.parse(body) as object);
  assert.deepEqual(
    told.map((message) => (message as { data: object }).data),
    [{ purpose: `share:${clientId}`, granted: false }],
  );
  sent.length = 0;
  await finishWorkout();
  await server.webhooks.deliverDue();
  assert.equal(
    sent.some(({ url }) => url.includes("app.example")),
    false,
  );
  await remove(ownersId);
});
