/** Nobody but the guard opens connections to other machines. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";

const guard = "src/server/adapters/outbound/";
/** Files that speak to this very machine, each with what makes that safe. */
const exceptions: ReadonlySet<string> = new Set([
  // Commands speak to the server that runs on their own data folder; its address comes from that folder.
  "src/server/running-server.ts",
  // It compares addresses.
  "src/server/adapters/networks.ts",
  // It listens and never connects.
  "src/server/adapters/tls/secure-server.ts",
]);
/** `fetch` by its bare name, and every module of Node and npm that can open a socket. Types are harmless. */
const ways = [
  /(?<![.\w])fetch\(/,
  /^import (?!type)[^;]*from "(node:(http|https|http2|net|tls|dgram|dns)(\/\w+)?|undici|ws|axios|got|node-fetch)"/m,
  /import\("(node:(http|https|http2|net|tls|dgram|dns)|undici)"\)/,
  /new (WebSocket|EventSource)\(/,
];

const sources = globSync("src/{server,cli,domain,protocol,analysis,composer,engine}/**/*.ts").filter(
  (file) => !file.endsWith(".test.ts"),
);

test("every outbound request of the server goes through the guard", () => {
  const others = sources.filter((file) => !file.startsWith(guard) && !exceptions.has(file));
  const broken = others.filter((file) => {
    const code = readFileSync(file, "utf8").replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    return ways.some((way) => way.test(code));
  });
  assert.deepEqual(broken, []);
});

test("the patterns find what they look for", () => {
  const guarded = sources.filter((file) => file.startsWith(guard)).map((file) => readFileSync(file, "utf8"));
  assert.ok(ways.slice(0, 2).every((way) => guarded.some((code) => way.test(code))));
});
