/**
 * Every route of the OpenAPI document under requests made from its own schemas and beside them, with and without a
 * session: never a 5xx, never an answer off its schema, never a field that is not declared. `npm run fuzz:api` sends more, over
 * the store on the disk.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fuzzRoute, routesOf } from "#test/support/api-fuzz.ts";
import { createFuzzedApp } from "#test/support/fuzzed-app.ts";

/** Half with a session; planning works hard for each and gets fewer. */
const requestsPerRoute = 100;
const costly: ReadonlySet<string> = new Set([
  "POST /v1/soundtracks",
  "POST /v1/soundtracks/alternatives",
  "POST /v1/soundtracks/preview",
]);
const costlyRequests = 20;
const seed = Number(process.env.UPBEAT_SEED ?? 8120);

let server: Awaited<ReturnType<typeof createFuzzedApp>>;
before(async () => {
  server = await createFuzzedApp();
});
after(() => server.close());

test("every route answers as it says, whatever is asked", async () => {
  const routes = await routesOf(server.asNobody);
  const refused: string[] = [];
  for (const route of routes) {
    const count = (costly.has(route.name) ? costlyRequests : requestsPerRoute) / 2;
    const nobody = await fuzzRoute(route, server.asNobody, count, seed);
    assert.deepEqual(nobody.wrong.slice(0, 1), [], `${route.name}, signed out`);
    const owner = await fuzzRoute(route, server.asOwner, count, seed + 1);
    assert.deepEqual(owner.wrong.slice(0, 1), [], `${route.name}, signed in`);
    if (owner.byClass["2xx"] === undefined && owner.byClass["3xx"] === undefined) refused.push(route.name);
  }
  assert.ok(routes.length >= 35, `${routes.length} routes`);
  assert.ok(refused.length < routes.length / 2, `never answered well: ${refused.join(", ")}`);
});
