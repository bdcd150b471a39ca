/** Runs every test file with node's runner: `node scripts/test.ts [part of a path …]`. */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { buildWebIfStale } from "./web-build.ts";

/** A test that takes longer hangs, unless it says that it needs more: the suite has to end on any machine. */
const testTimeoutMs = 300_000;

function run(files: readonly string[], concurrency: number): boolean {
  if (files.length === 0) return true;
  const { status } = spawnSync(
    process.execPath,
    [
      "--test",
      `--test-concurrency=${concurrency}`,
      "--test-reporter=spec",
      `--test-timeout=${testTimeoutMs}`,
      // What a failed test left running must not keep the suite from ending.
      "--test-force-exit",
      "--import=./test/support/fixed-seed.ts",
      ...files,
    ],
    { stdio: "inherit" },
  );
  return status === 0;
}

const wanted = process.argv.slice(2);
const files = globSync(["src/**/*.test.ts", "test/**/*.test.ts", "bench/**/*.test.ts"])
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .toSorted();
// One at a time: there music plays and cranks turn, and a busy machine would be heard.
const inRealTime = files.filter((file) => file.startsWith("test/browser/real-time/"));
if (files.some((file) => file.startsWith("test/browser/"))) await buildWebIfStale();
const passed = run(
  files.filter((file) => !inRealTime.includes(file)),
  availableParallelism(),
);
const kept = run(inRealTime, 1);
process.exit(passed && kept ? 0 : 1);
