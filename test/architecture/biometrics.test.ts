/** What bodies told is read in one place, for a purpose named in code. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";

const home = "src/server/use-cases/biometrics/";
/** Puts the store's parts into the home folder; adapters implement the ports, ports declare them. */
const mayName = [home, "src/server/main.ts", "src/server/adapters/", "src/server/ports/"];
/** Raw access to sealed workouts and profiles: the ports, their methods, and the parts of the store. */
const rawAccess =
  /\b(WorkoutStore|AthleteStore|SealedWorkouts|StoredWorkout|getWorkout|listWorkouts|putWorkout|putChunk|getAthlete|putAthlete)\b|\bstore\.(workouts|athletes)\b|\.chunks\(/;

const sources = globSync("src/{server,cli}/**/*.ts").filter((file) => !file.endsWith(".test.ts"));

function linesMatching(files: readonly string[], pattern: RegExp): string[] {
  return files.flatMap((file) =>
    readFileSync(file, "utf8")
      .split("\n")
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
  );
}

test("sealed workouts and profiles are touched in one folder only", () => {
  const outside = sources.filter((file) => !mayName.some((place) => file.startsWith(place)));
  assert.ok(outside.length > 50);
  assert.deepEqual(linesMatching(outside, rawAccess), []);
  assert.notDeepEqual(
    linesMatching([`${home}sealed-workouts.ts`], rawAccess),
    [],
    "the pattern still finds it",
  );
});

test("the folder's insides are its own: the rest imports its index, or types", () => {
  const outside = sources.filter((file) => !file.startsWith(home));
  assert.deepEqual(
    linesMatching(
      outside,
      /^import (?!type).*use-cases\/biometrics\/(?!index)|^import (?!type).*\.\/biometrics\/(?!index)/,
    ),
    [],
  );
});

test("every reader names its purpose where it opens biometrics", () => {
  const outside = sources.filter((file) => !file.startsWith(home));
  const opens = linesMatching(outside, /\b(reader|biometrics)\.open\(/);
  assert.ok(opens.length > 0);
  assert.deepEqual(
    opens.filter(
      (line) => !/\.open\((["`])(own|keep-biometrics|recommend|write-text|federate|train|share:)/.test(line),
    ),
    [],
  );
});
