/** Runs every test file with node's runner: `node scripts/test.ts [part of a path …]`. */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { buildWebIfStale } from "./web-build.ts";

const wanted = process.argv.slice(2);
const files = globSync(["src/**/*.test.ts", "test/**/*.test.ts", "bench/**/*.test.ts"])
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .toSorted();
// Once, before the browser tests run side by side.
if (files.some((file) => file.includes("test/browser/"))) await buildWebIfStale();
const { status } = spawnSync(
  process.execPath,
  ["--test", `--test-concurrency=${availableParallelism()}`, "--test-reporter=spec", ...files],
  { stdio: "inherit" },
);
process.exit(status ?? 1);
