/** What reports say of apps: to a person of their own, to the owner of everybody's, added up. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { AppReport, AppSummary } from "#protocol/api/usage.ts";
import { connect } from "#test/support/oauth-client.ts";
import { createTestApp, type TestApp } from "#test/support/test-app.ts";

let server: TestApp;
let memberCookie = "";
let memberId = "";
before(async () => {
  server = await createTestApp();
  memberId = "member";
  const member = {
    id: memberId,
    name: "Robin",
    role: "member",
    passwordHash: null,
    asksPasskey: false,
  } as const;
  await server.store.people.putPerson(member);
  memberCookie = `upbeat-test=${(await server.signIn.open(member)).token}`;
});
after(() => server.close());

interface List {
  readonly items: readonly AppSummary[];
  readonly nextCursor: string | null;
}

const listed = async (query = "") => (await server.ask({ url: `/v1/registered-apps${query}` })).json<List>();
const asMember = (url: string, method: "GET" | "PUT" | "DELETE" = "GET") =>
  server.ask({ method, url, headers: { cookie: memberCookie } });

async function ride(seconds: number, number = 1): Promise<string> {
  const id = `0199b3a0-0000-7000-8000-00000000077${number}`;
  const put = async (path: string, payload: object) => {
    const answer = await server.ask({ method: "PUT", url: `/v1/workouts/${id}${path}`, payload });
    assert.ok(answer.statusCode < 300, answer.body);
  };
  const head = { classId: "c", classTitle: "Any", sport: "cycling", startedAtMs: server.time.nowMs };
  await put("", { ...head, mode: "auto", source: "sensors" });
  const row = {
    cadence: 90,
    powerW: 212,
    heartRateBpm: 141,
    speedMps: null,
    tempoBpm: 180,
    phaseErrorMs: null,
  };
  await put("/chunks/0", { rows: Array.from({ length: seconds }, (_, tS) => ({ tS, ...row })) });
  const end = { durationS: seconds, reason: "ended-early", trackPlays: [], blockPasses: [], distrustS: 0 };
  await put("/end", { ...end, chunks: 1 });
  return id;
}

test("a report counts calls and entries, and says what the audit trail has of it", async () => {
  await ride(5, 2);
  const workoutId = await ride(40);
  const { access_token, clientId } = await connect(server, "workouts:read series:read taste:read");
  const read = async (path: string) => {
    const answer = await server.visit({ url: path, headers: { authorization: `Bearer ${access_token}` } });
    assert.equal(answer.statusCode, 200, answer.body);
    return answer;
  };
  await read("/v1/workouts");
  await read(`/v1/workouts/${workoutId}`);
  await read(`/v1/workouts/${workoutId}/series`);
  await read(`/v1/workouts/${workoutId}/fit`);
  const report = (await server.ask({ url: `/v1/apps/${clientId}/report` })).json<AppReport>();
  const body = report.usage.find(({ category }) => category === "body");
  assert.deepEqual([body?.month.calls, body?.month.rows], [4, 2 + 1 + 40 + 40]);
  assert.ok((body?.month.bytes ?? 0) > 40 * 20);
  assert.deepEqual(body?.today, body?.month);
  assert.equal(report.callsPerHour.joined, 60);
  assert.deepEqual(
    report.reads.map(({ category, times }) => [category, times]),
    [
      ["workouts", 1],
      ["series", 1],
    ],
  );
  const texts = report.findings.map(({ weight, text }) => `${weight} ${text}`);
  assert.ok(
    texts.some((text) => /^note .*which music you like.*has not/.test(text)),
    texts.join("\n"),
  );
  assert.ok(texts.every((text) => text.startsWith("note ")));

  const [mine] = (await server.ask({ url: "/v1/apps" })).json<List>().items;
  assert.equal(mine?.month.rows, 83);
  assert.equal(mine?.people, 1);
  const { reportedAtMs } = report;
  server.time.nowMs = reportedAtMs + 31 * 86_400_000;
  const later = await server.reportApps.ofPerson(server.owner.id, clientId);
  server.time.nowMs = reportedAtMs;
  assert.equal(later.lastAccessMs, null);
  assert.deepEqual(later.usage, []);
  await server.ask({ method: "DELETE", url: `/v1/apps/${clientId}` });
});

test("a webhook that leads elsewhere and a drain ask for a look", async () => {
  const { access_token, clientId } = await connect(server, "webhooks:manage");
  await server.visit({
    method: "POST",
    url: "/v1/webhooks",
    headers: { authorization: `Bearer ${access_token}` },
    payload: { url: "https://collect.example/in", events: ["workout.finished"] },
  });
  const drain = { appId: clientId, atMs: server.time.nowMs, bytes: 9e6, ordinaryBytes: 5e6 };
  await server.store.usage.putAnomaly({ personId: server.owner.id, ...drain });
  await server.store.usage.putAnomaly({ personId: memberId, ...drain });
  const mine = (await server.ask({ url: `/v1/apps/${clientId}/report` })).json<AppReport>();
  const looks = mine.findings.filter(({ weight }) => weight === "look").map(({ text }) => text);
  assert.match(looks[0] ?? "", /out of its ordinary once/);
  assert.match(looks[1] ?? "", /collect\.example/);
  assert.equal(looks.length, 2);
  const all = (await server.ask({ url: `/v1/registered-apps/${clientId}/report` })).json<AppReport>();
  assert.equal(all.anomalies.length, 2);
  assert.deepEqual(Object.keys(all.anomalies[0] ?? {}).toSorted(), ["atMs", "bytes", "ordinaryBytes"]);
});

test("the owner sees every app added up and not whose; a member sees none of it", async () => {
  const made: string[] = [];
  for (const name of ["One", "Two", "Three"]) {
    made.push((await connect(server, "tracks:read", { client_name: name })).clientId);
  }
  const pages: AppSummary[] = [];
  let cursor: string | null = null;
  do {
    const page: List = await listed(`?limit=2${cursor === null ? "" : `&cursor=${cursor}`}`);
    pages.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  assert.equal(new Set(pages.map(({ app }) => app.id)).size, pages.length, "none twice");
  assert.ok(made.every((id) => pages.some(({ app }) => app.id === id)));
  const report = await server.ask({ url: `/v1/registered-apps/${made[0]}/report` });
  assert.doesNotMatch(report.body, new RegExp(`${server.owner.id}|${memberId}`));
  assert.equal((await asMember("/v1/registered-apps")).statusCode, 403);
  assert.equal((await asMember(`/v1/registered-apps/${made[0]}/report`)).statusCode, 403);
  assert.equal((await asMember(`/v1/registered-apps/${made[0]}`, "DELETE")).statusCode, 403);
  assert.equal((await asMember(`/v1/apps/${made[0]}/report`)).statusCode, 404, "another's app is not theirs");
});

test("an app the owner removes loses everything at once", async () => {
  const { access_token, clientId } = await connect(server, "webhooks:manage tracks:read");
  const headers = { authorization: `Bearer ${access_token}` };
  const payload = { url: "https://app.example/hook", events: ["consent.changed"] };
  assert.equal(
    (await server.visit({ method: "POST", url: "/v1/webhooks", headers, payload })).statusCode,
    201,
  );
  const remove = () => server.ask({ method: "DELETE", url: `/v1/registered-apps/${clientId}` });
  assert.equal((await remove()).statusCode, 204);
  assert.equal((await server.visit({ url: "/v1/tracks", headers })).statusCode, 401);
  const hooks = (await server.ask({ url: "/v1/webhooks" })).json<{ items: { appId: string }[] }>().items;
  assert.equal(
    hooks.some(({ appId }) => appId === clientId),
    false,
  );
  assert.equal(
    (await listed()).items.some(({ app }) => app.id === clientId),
    false,
  );
  assert.equal((await remove()).statusCode, 404);
});
