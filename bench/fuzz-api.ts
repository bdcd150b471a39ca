/**
 * Every /v1 route of the served OpenAPI document under requests made from its schemas and beside them, 200 signed in and 200
 * signed out each, over the store on the disk. Prints a table; exits with 1 when an answer was a 5xx or off its schema.
 *
 * npm run --silent fuzz:api [-- --count 200 --seed 1 --route "GET /v1/tracks"]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openSqliteStore } from "#server/adapters/sqlite/sqlite-store.ts";
import { fuzzRoute, routesOf, type Tally } from "#test/support/api-fuzz.ts";
import { createFuzzedApp } from "#test/support/fuzzed-app.ts";
import { progress } from "./report.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    route: { type: "string" },
  },
});
const count = Number(values.count);
const seed = Number(values.seed);

const folder = mkdtempSync(join(tmpdir(), "upbeat-fuzz-"));
const server = await createFuzzedApp(await openSqliteStore(join(folder, "upbeat.db")));
const columns = ["2xx", "3xx", "4xx", "5xx"];
const width = 52;
const wrong: string[] = [];

function line(name: string, who: string, { byClass, wrong: found }: Tally): string {
  const total = Object.values(byClass).reduce((sum, one) => sum + one, 0);
  const numbers = [total, ...columns.map((column) => byClass[column] ?? 0), found.length];
  return `${name.padEnd(width)} ${who.padEnd(10)} ${numbers.map((one) => String(one).padStart(6)).join("")}`;
}

try {
  const routes = (await routesOf(server.asNobody)).filter(({ name }) => (values.route ?? name) === name);
  console.log(`${"route".padEnd(width)} ${"asked by".padEnd(10)}  asked   2xx   3xx   4xx   5xx   off`);
  for (const [at, route] of routes.entries()) {
    progress(`${at + 1} of ${routes.length}: ${route.name}`);
    const nobody = await fuzzRoute(route, server.asNobody, count, seed);
    const owner = await fuzzRoute(route, server.asOwner, count, seed + 1);
    console.log(line(route.name, "nobody", nobody));
    console.log(line(route.name, "owner", owner));
    wrong.push(...[...nobody.wrong, ...owner.wrong].map((one) => `${route.name}: ${one}`));
  }
  console.log(`${routes.length} routes, ${wrong.length} answers of the server's failing or off their schema`);
  for (const one of wrong.slice(0, 20)) console.error(one);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
