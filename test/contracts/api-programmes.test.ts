/** Programmes and whose progress they show. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTestApp, startMs, type TestApp } from "#test/support/test-app.ts";

let server: TestApp;
before(async () => {
  server = await createTestApp();
});
after(() => server.close());

const put = (url: string, payload: object) => server.ask({ method: "PUT", url, payload });
const programme = async () => (await server.ask({ url: "/v1/programmes/couch-to-5k" })).json();

let made = 0;
async function run(classId: string, durationS: number, reason: string): Promise<string> {
  made += 1;
  const time = (startMs + made).toString(16).padStart(12, "0");
  const id = `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${String(made).padStart(12, "0")}`;
  const head = {
    classId,
    classTitle: "Run",
    sport: "running",
    startedAtMs: startMs + made,
    mode: "auto",
    source: "none",
  };
  assert.equal((await put(`/v1/workouts/${id}`, head)).statusCode, 200);
  const end = { durationS, reason, trackPlays: [], blockPasses: [], distrustS: 0, chunks: 0 };
  assert.equal((await put(`/v1/workouts/${id}/end`, end)).statusCode, 200);
  return id;
}

test("what is done follows from finished workouts, and goes with them", async () => {
  const fresh = await programme();
  assert.deepEqual([fresh.weeks, fresh.sessionCount, fresh.doneCount], [9, 27, 0]);
  const [first, second] = fresh.sessions;
  assert.deepEqual(fresh.next, first);
  assert.match(first.title, /week 1, run 1/);
  const id = await run(first.classId, first.durationS, "class-finished");
  await run(second.classId, 60, "ended-early");
  const begun = await programme();
  assert.equal(begun.doneCount, 1);
  assert.equal(begun.sessions[0].doneAtMs, startMs + 1);
  assert.equal(begun.next.classId, second.classId, "a minute of the second is not the second");
  const { items } = (await server.ask({ url: "/v1/programmes" })).json();
  const listed = items.find(({ id: known }: { id: string }) => known === "couch-to-5k");
  assert.equal(listed.doneCount, 1);
  assert.equal("sessions" in listed, false, "the list leaves them out");
  await server.ask({ method: "DELETE", url: `/v1/workouts/${id}` });
  assert.equal((await programme()).doneCount, 0);
});

test("nobody without a session sees progress, and what is not there is a problem", async () => {
  for (const url of ["/v1/programmes", "/v1/programmes/couch-to-5k"])
    assert.equal((await server.visit({ url })).statusCode, 401);
  assert.equal((await server.ask({ url: "/v1/programmes/nothing" })).statusCode, 404);
});

test("another person's workouts are not counted", async () => {
  const { sessions } = await programme();
  await run(sessions[0].classId, sessions[0].durationS, "class-finished");
  const other = {
    id: "other",
    name: "Other",
    role: "member" as const,
    passwordHash: null,
    asksPasskey: false,
  };
  await server.store.people.putPerson(other);
  const { token } = await server.signIn.open(other);
  const seen = await server.visit({
    url: "/v1/programmes/couch-to-5k",
    headers: { cookie: `upbeat-test=${token}` },
  });
  assert.equal(seen.statusCode, 200);
  assert.equal(seen.json().doneCount, 0);
  assert.equal((await programme()).doneCount, 1);
});
