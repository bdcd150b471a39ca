import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { catalogue } from "../catalogue/index.ts";
import { knownWords } from "./lexicon.ts";
import { parseQuery } from "./parse.ts";
import { searchClasses } from "./rank.ts";
import { correction, editDistance, tokenize } from "./tokens.ts";

test("chips show what was understood and where it stands", () => {
  const text = "30 min low-impact ride, no sprints";
  const shown = parseQuery(text).chips.map(({ kind, label, spanStart, spanEnd }) => [
    kind,
    label,
    text.slice(spanStart, spanEnd),
  ]);
  assert.deepEqual(shown, [
    ["duration", "30 min", "30 min"],
    ["low-impact", "low impact", "low-impact"],
    ["sport", "cycling", "ride"],
    ["without", "no sprints", "no sprints"],
  ]);
});

test("taking a chip's text out removes its constraint and no other", () => {
  const text = "30 min ride, easy, no hills";
  const query = parseQuery(text);
  for (const chip of query.chips) {
    const rest = parseQuery(text.slice(0, chip.spanStart) + text.slice(chip.spanEnd));
    assert.deepEqual(
      rest.chips.map(({ label }) => label),
      query.chips.filter((other) => other !== chip).map(({ label }) => label),
    );
  }
});

const durations: readonly (readonly [string, number, number])[] = [
  ["30 min", 27, 33],
  ["under 30", 0, 30],
  ["at least 45 minutes", 45, 1440],
  ["no more than 20 min", 0, 20],
  ["20 to 40 min", 20, 40],
  ["an hour", 54, 66],
  ["2 h", 108, 132],
  ["1 h 15 min", 67.5, 82.5],
  ["ten quiet minutes", 9, 11],
  ["quarter hour", 13.5, 16.5],
  ["one and a half hours", 81, 99],
  ["40 or less", 0, 40],
  ["35 min or more", 35, 1440],
  ["seventeen minutes", 15.3, 18.7],
];
for (const [text, low, high] of durations)
  test(`"${text}" is a duration`, () => {
    const [constraint] = parseQuery(text).constraints;
    assert.ok(constraint?.kind === "duration");
    assert.ok(Math.abs(constraint.minS / 60 - low) < 1e-9 && Math.abs(constraint.maxS / 60 - high) < 1e-9);
  });

for (const text of [
  "5 mile run",
  "25 lb dumbbells",
  "row 800 metres",
  "90s rock",
  "4x4",
  "30/30",
  "3 x 10 min",
  "tabata",
])
  test(`"${text}" states no duration`, () => {
    assert.ok(parseQuery(text).constraints.every(({ kind }) => kind !== "duration"));
  });

test("no word of a title is taken for a slip of another", () => {
  const words = new Set(catalogue().flatMap(({ title }) => tokenize(title).map((token) => token.text)));
  const changed = [...words].filter((word) => correction(word, knownWords) !== null);
  assert.deepEqual(changed, []);
});

for (const word of ["child", "shin", "mile", "stuff", "friend", "touch"])
  test(`"${word}" is a word of its own, no slip of another`, () => {
    assert.deepEqual(parseQuery(word).chips, []);
  });

test("edit distance counts swaps as one slip", () => {
  assert.equal(editDistance("cylcing", "cycling", 2), 1);
  assert.equal(editDistance("kitten", "sitting", 3), 3);
  assert.equal(editDistance("row", "strength", 2), 3);
});

test("any text is understood somehow, its chips inside it and not overlapping, its results within limits", () => {
  const words = fc.constantFrom(
    "30",
    "min",
    "no",
    "not",
    "ride",
    "run",
    "easy",
    "under",
    "or",
    "4x4",
    "hour",
    "half",
    "hills",
    "after",
    ",",
    "+",
  );
  const sentence = fc.oneof(
    fc.string({ maxLength: 400 }),
    fc.array(words, { maxLength: 12 }).map((list) => list.join(" ")),
  );
  fc.assert(
    fc.property(sentence, (text) => {
      const query = parseQuery(text);
      let end = 0;
      for (const chip of query.chips) {
        assert.ok(chip.spanStart >= end && chip.spanEnd > chip.spanStart && chip.spanEnd <= text.length);
        end = chip.spanEnd;
      }
      const results = searchClasses(catalogue(), query, { limit: 7 });
      assert.ok(results.length <= 7);
      assert.ok(results.every(({ score }) => score >= 0 && score <= 1));
    }),
    { numRuns: 100 },
  );
});

test("lengths, kit and levels are read in other people's words too", () => {
  const constraints = (text: string) =>
    parseQuery(text).constraints.map((one) =>
      one.kind === "duration" ? { ...one, minS: Math.round(one.minS), maxS: Math.round(one.maxS) } : one,
    );
  assert.deepEqual(constraints("run for 1 hour and 15 minutes"), [
    { kind: "duration", minS: 4050, maxS: 4950 },
    { kind: "sport", sports: ["running"] },
  ]);
  assert.deepEqual(constraints("concept2 45 minute"), [
    { kind: "duration", minS: 2430, maxS: 2970 },
    { kind: "sport", sports: ["rowing"] },
  ]);
  assert.deepEqual(constraints("I don't have any kit"), [{ kind: "no-equipment" }]);
  assert.deepEqual(constraints("not a beginner class"), [
    { kind: "level", levels: ["intermediate", "advanced"] },
  ]);
  assert.deepEqual(constraints("ride w/out hills"), [
    { kind: "without", concept: "hills" },
    { kind: "sport", sports: ["cycling"] },
  ]);
});

test("lengths as people write them", () => {
  const minutes: Readonly<Record<string, number>> = {
    "bike 1:30": 90,
    "bike 45:00": 45,
    "an hour and ten on the rower": 70,
    "hour and a half ride": 90,
    "20-ish mins of rowing": 20,
    "20ish minute jog": 20,
    "1/2 hr bike": 30,
    "a solid hour of cycling": 60,
    "easy paced hour walk": 60,
    "45 on the erg": 45,
  };
  for (const [text, wanted] of Object.entries(minutes)) {
    const found = parseQuery(text).constraints.find(({ kind }) => kind === "duration");
    assert.ok(found?.kind === "duration", text);
    assert.equal(Math.round((found.minS + found.maxS) / 120), wanted, text);
  }
  for (const text of ["row 5 days a week", "a run in my lunch hour", "10 rounds strength"])
    assert.ok(!parseQuery(text).constraints.some(({ kind }) => kind === "duration"), text);
});

test("what somebody cannot do is refused, what they never did is for beginners", () => {
  const sportsOf = (text: string) => {
    const found = parseQuery(text).constraints.find(({ kind }) => kind === "sport");
    return found?.kind === "sport" ? found.sports : [];
  };
  for (const text of ["i can't run", "won't run", "neither running nor rowing"])
    assert.ok(!sportsOf(text).includes("running") && sportsOf(text).length > 0, text);
  assert.ok(!sportsOf("neither running nor rowing").includes("rowing"));
  assert.ok(!sportsOf("not on a bike").includes("cycling"));
  for (const text of ["never rowed before", "i have never rowed"]) {
    assert.deepEqual(sportsOf(text), ["rowing"], text);
    assert.ok(
      parseQuery(text).constraints.some((one) => one.kind === "level" && one.levels.includes("beginner")),
    );
  }
  assert.ok(!sportsOf("i never run").includes("running"), "a refusal");
});

test("equipment says its sport unless another is named, and a refused effort is not what it refuses", () => {
  const kinds = (text: string) => parseQuery(text).constraints;
  assert.ok(
    kinds("i only have a kettlebell").some((one) => one.kind === "sport" && one.sports[0] === "strength"),
  );
  assert.ok(kinds("dumbbells then a run").some((one) => one.kind === "sport" && one.sports[0] === "running"));
  const refused = kinds("40 min bike but no all out sprints");
  assert.ok(refused.some((one) => one.kind === "without" && one.concept === "sprints"));
  assert.ok(!refused.some(({ kind }) => kind === "intensity"));
});

test("what was not done is no refusal; what one has not got, or will not do, is", () => {
  const sports = (text: string) => {
    const found = parseQuery(text).constraints.find(({ kind }) => kind === "sport");
    return found?.kind === "sport" ? found.sports : null;
  };
  const levels = (text: string) => {
    const found = parseQuery(text).constraints.find(({ kind }) => kind === "level");
    return found?.kind === "level" ? found.levels : null;
  };
  for (const [text, sport, level] of [
    ["haven't rowed since school, 20 minutes", "rowing", null],
    ["I haven't been on a bike for ages", "cycling", null],
    ["didn't run yesterday, 30 min", "running", null],
    ["never been on a bike", "cycling", "beginner"],
    ["I have never done yoga", "mobility", "beginner"],
    ["never walked before", "walking", "beginner"],
  ] as const) {
    assert.deepEqual(sports(text), [sport], text);
    assert.deepEqual(levels(text), level === null ? null : [level], text);
  }
  for (const text of ["haven't got a bike", "never a bike", "don't ride"])
    assert.equal(sports(text)?.includes("cycling"), false, text);
});

test("people by their sport say the sport, unless it is done for them or another is named", () => {
  const sports = (text: string) => parseQuery(text).constraints.filter(({ kind }) => kind === "sport");
  assert.deepEqual(sports("advanced cyclists only"), [{ kind: "sport", sports: ["cycling"] }]);
  assert.deepEqual(sports("yoga for cyclists"), [{ kind: "sport", sports: ["mobility"] }]);
  assert.deepEqual(sports("chair exercises for hikers"), []);
  assert.deepEqual(sports("cyclists doing strength"), [{ kind: "sport", sports: ["strength"] }]);
});

test("another word for what a class holds finds the classes that hold it", () => {
  assert.ok(parseQuery("mountains").words.includes("hills"));
  assert.ok(!parseQuery("no mountains").words.includes("hills"));
});
