import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

/** A file longer than this is two things with one name. */
const longestFileLines = 400;

const tracked = execFileSync("git", ["ls-files"], { encoding: "utf8" })
  .split("\n")
  .filter((file) => file !== "" && existsSync(file));
const code = tracked.filter((file) => /^(src|test|bench|scripts)\/.*\.(ts|tsx|css)$/.test(file));
const prose = tracked.filter((file) => file.endsWith(".md"));
const self = "test/architecture/tidy.test.ts";

function matching(files: readonly string[], pattern: RegExp): string[] {
  return files
    .filter((file) => file !== self)
    .flatMap((file) =>
      readFileSync(file, "utf8")
        .split("\n")
        .flatMap((line, index) =>
          pattern.test(line) ? [`${file}:${index + 1} ${line.trim().slice(0, 100)}`] : [],
        ),
    );
}

test("files are short enough to be one thing", () => {
  const long = code
    .map((file) => ({ file, lines: readFileSync(file, "utf8").split("\n").length }))
    .filter(({ lines }) => lines > longestFileLines);
  assert.deepEqual(long, []);
});

test("nothing is left for later or switched off", () => {
  assert.deepEqual(
    matching(code, /\b(TODO|FIXME|XXX)\b|\b(test|it|describe)\.(skip|todo|only)\b|\bdebugger\b/),
    [],
  );
});

test("nobody turns a check off without saying why", () => {
  assert.deepEqual(matching(code, /@ts-ignore|@ts-nocheck|eslint-disable|oxlint-disable(?!.* -- \S)/), []);
});

test("the lock file names no registry", () => {
  assert.doesNotMatch(readFileSync("package-lock.json", "utf8"), /"resolved":\s*"https?:/);
});

test("every relative link of the documents leads somewhere", () => {
  const broken = prose.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)]
      .map((match) => match[1])
      .filter((target) => !existsSync(new URL(target, `file://${process.cwd()}/${file}`)))
      .map((target) => `${file} -> ${target}`),
  );
  assert.deepEqual(broken, []);
});
