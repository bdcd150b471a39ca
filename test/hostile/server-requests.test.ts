/** Whatever is sent, the answer is a problem document or a right one: no failure, no stack, nothing undeclared. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { createTestApp, type TestApp } from "#test/support/test-app.ts";

let server: TestApp;
before(async () => {
  server = await createTestApp();
});
after(() => server.close());

type Method = "GET" | "PUT" | "POST" | "DELETE";
const id = "0199b3a0-0000-7000-8000-000000000001";
const bodies: readonly (readonly [Method, string])[] = [
  ["POST", "/v1/session"],
  ["PUT", "/v1/athlete"],
  ["POST", "/v1/soundtracks"],
  ["PUT", `/v1/workouts/${id}`],
  ["PUT", `/v1/workouts/${id}/chunks/0`],
  ["PUT", `/v1/workouts/${id}/end`],
  ["PUT", "/v1/tracks/x/taste"],
  ["PUT", "/v1/taste/artists"],
  ["POST", "/v1/taste/forget"],
  ["POST", "/v1/library/folders"],
];
const names = [
  "password",
  "ftpW",
  "classId",
  "rows",
  "tS",
  "path",
  "word",
  "artist",
  "source",
  "trackId",
  "durationS",
  "chunks",
  "trackPlays",
  "__proto__",
  "constructor",
  "mode",
  "units",
  "seed",
  "exclude",
  "startedAtMs",
];
const hostileValue = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(null, true, "", "\u0000", "../..", 1e308, -1e308, 5e-324, -0, 2 ** 53, "NaN", [], {}),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: "binary" }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...names), tie("value"), { maxKeys: 5 }),
  ),
})).value;

function assertCalm(
  answer: { statusCode: number; body: string; headers: Record<string, unknown> },
  what: string,
): void {
  assert.ok(answer.statusCode < 500, `${what}: ${answer.statusCode} ${answer.body}`);
  assert.doesNotMatch(answer.body, /\.ts:\d|at \w+ \(|node_modules/, what);
  if (answer.statusCode >= 400) assert.match(String(answer.headers["content-type"]), /problem\+json/, what);
}

test("random bodies on every route that takes one", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...bodies), hostileValue, async ([method, url], value) => {
      const payload = JSON.stringify(value);
      const headers = { "content-type": "application/json" };
      assertCalm(await server.ask({ method, url, payload, headers }), `${method} ${url} ${payload}`);
    }),
    { numRuns: 600, seed: 20 },
  );
});

test("bodies that are no JSON, too large or too deep", async () => {
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  const large = JSON.stringify({ rows: "x".repeat(9 * 1024 * 1024) });
  const texts = ["", "{", "nul", "\u0000", '{"__proto__":{"a":1}}', '{"a":1}x', deep, large, '"\\ud800"'];
  for (const [method, url] of bodies) {
    for (const payload of texts) {
      const headers = { "content-type": "application/json" };
      const answer = await server.ask({ method, url, payload, headers });
      assertCalm(answer, `${method} ${url} ${payload.slice(0, 20)}`);
      if (payload === large) assert.equal(answer.statusCode, 413, url);
      else assert.ok(answer.statusCode >= 400, `${url} ${payload.slice(0, 20)}`);
    }
    for (const type of [
      "text/plain",
      "application/xml",
      "multipart/form-data; boundary=x",
      "application/x-www-form-urlencoded",
    ]) {
      const answer = await server.ask({ method, url, payload: "a=b", headers: { "content-type": type } });
      assert.equal(answer.statusCode, 415, `${url} ${type}`);
      assertCalm(answer, url);
    }
  }
});

test("random addresses, queries, ranges and cookies", async () => {
  const part = fc.constantFrom(
    "v1",
    "tracks",
    "workouts",
    "classes",
    id,
    "audio",
    "fit",
    "..",
    "%2e%2e",
    "%00",
    "%ff",
    "a b",
    "\u{1f3b5}",
  );
  const query = fc.constantFrom(
    "",
    "?limit=0",
    "?limit=1e9",
    "?limit=1&limit=2",
    "?cursor=%ff",
    "?cursor=a",
    "?minMinutes=NaN",
    "?query=%00",
    "?limit=-1&cursor=-1",
    "?__proto__[a]=1",
  );
  const range = fc.constantFrom("bytes=-1", "bytes=9-1", "bytes=0-0,1-1", "x", "bytes=99999999999999999999-");
  await fc.assert(
    fc.asyncProperty(
      fc.array(part, { maxLength: 5 }),
      query,
      range,
      fc.string(),
      async (parts, text, bytes, token) => {
        const url = encodeURI(`/${parts.join("/")}`).replaceAll("%25", "%") + text;
        const headers = { range: bytes };
        assertCalm(await server.ask({ url, headers }), url);
        const stranger = {
          cookie: `upbeat-test=${encodeURIComponent(token)}`,
          authorization: `Bearer ${encodeURIComponent(token)}`,
        };
        const answer = await server.visit({ url, headers: stranger });
        assertCalm(answer, url);
      },
    ),
    { numRuns: 400, seed: 21 },
  );
});

test("what a request carries beyond its schema is not kept", async () => {
  const athlete = {
    ftpW: 200,
    maxHeartRateBpm: 180,
    restingHeartRateBpm: 55,
    weightKg: 70,
    birthYear: 1985,
    sex: "female",
    units: "metric",
  };
  const extra = { ...athlete, role: "owner", personId: "someone else" };
  const put = await server.ask({ method: "PUT", url: "/v1/athlete", payload: extra });
  assert.deepEqual(put.json(), athlete);
  assert.deepEqual((await server.ask({ url: "/v1/athlete" })).json(), athlete);
});
