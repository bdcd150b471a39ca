import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";

/** Which layer may import which (docs/architecture.md). */
const allowed: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  protocol: ["domain"],
  analysis: ["domain"],
  composer: ["domain"],
  engine: ["domain"],
  server: ["domain", "protocol", "analysis", "composer", "engine"],
  cli: ["domain", "protocol", "analysis", "composer", "engine", "server"],
  client: ["protocol"],
  web: ["domain", "protocol", "analysis", "composer", "engine", "client"],
};
const importPattern = /(?:from|import|import\()\s*["'](#?[^"']+)["']/g;

function importsOf(file: string): string[] {
  return [...readFileSync(file, "utf8").matchAll(importPattern)].map((match) => match[1]);
}

const sources = globSync("src/**/*.{ts,tsx}").filter((file) => !/\.test\.tsx?$/.test(file));

test("layers import only what lies beneath them", () => {
  assert.ok(sources.length > 0);
  const broken = sources.flatMap((file) => {
    const layer = file.split("/")[1];
    return importsOf(file)
      .map((target) => /^#(\w+)\//.exec(target)?.[1])
      .filter((target) => target !== undefined && target !== layer && !allowed[layer].includes(target))
      .map((target) => `${file} imports ${target}`);
  });
  assert.deepEqual(broken, []);
});

test("relative imports stay inside their layer", () => {
  const broken = sources.flatMap((file) => {
    const layer = file.split("/")[1];
    return importsOf(file)
      .filter((target) => target.startsWith("."))
      .filter((target) => new URL(target, `file:///${file}`).pathname.split("/")[2] !== layer)
      .map((target) => `${file} imports ${target}`);
  });
  assert.deepEqual(broken, []);
});

test("only server/adapters and web/device touch the outside world from their layer's inside", () => {
  const inner = sources.filter((file) => /^src\/server\/(use-cases|ports)\//.test(file));
  const broken = inner.flatMap((file) =>
    importsOf(file)
      .filter((target) => target.startsWith("node:") || target.includes("/adapters/"))
      .map((target) => `${file} imports ${target}`),
  );
  assert.deepEqual(broken, []);
});

test("nothing pure reads a clock or a random source", () => {
  const pure = sources.filter((file) => /^src\/(domain|analysis|composer|engine)\//.test(file));
  const broken = pure.filter((file) =>
    /\b(Date\.now|new Date\(\)|Math\.random|performance\.now)\b/.test(readFileSync(file, "utf8")),
  );
  assert.deepEqual(broken, []);
});
