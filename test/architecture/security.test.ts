/** SECURITY.md promises a test for each threat: they are there. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

const text = readFileSync("SECURITY.md", "utf8");
/** Threat, defence, test. */
const rows = text
  .split("\n")
  .filter((line) => /^\|.*\|$/.test(line) && !/^\|(---)?\|?[-|]*$/.test(line))
  .map((line) =>
    line
      .slice(1, -1)
      .split(" | ")
      .map((cell) => cell.trim()),
  )
  .filter(([threat]) => threat !== "threat");
const testsIn = (cell: string): string[] =>
  [...cell.matchAll(/`([^`\s]+)`/g)].flatMap(([, name]) => (name?.endsWith(".test.ts") ? [name] : []));

test("every test that SECURITY.md names exists, under its whole path", () => {
  assert.ok(rows.length >= 42, `${rows.length} threats`);
  const named = new Set(testsIn(text));
  assert.ok(named.size >= 30, `${named.size} tests`);
  assert.deepEqual(
    [...named].filter((file) => !existsSync(file)),
    [],
  );
});

test("every threat names its test, or says that nothing holds it", () => {
  const bare = rows.filter((cells) => {
    const held = cells.at(-1) ?? "";
    return cells.length !== 3 || (testsIn(held).length === 0 && held !== "not yet" && held !== "–");
  });
  assert.deepEqual(bare, []);
});
