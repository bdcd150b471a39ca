import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { catalogue, classById } from "#domain/catalogue/index.ts";
import { ClassFileError } from "./class-file-error.ts";
import { planFromFile } from "./class-file.ts";
import { jsonOfPlan } from "./class-json.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string) => planFromFile("file", encode(text));

const mrc = `[COURSE HEADER]
VERSION = 2
UNITS = ENGLISH
DESCRIPTION = Two steps
FILE NAME = stairs.mrc
MINUTES PERCENT
[END COURSE HEADER]
[COURSE DATA]
0.00\t50
5.00\t75
5.00\t100
9.00\t100
9.00\t50
11.00\t50
11.00\t90
12.00\t90
13.00\t90
13.00\t60
18.00\t40
[END COURSE DATA]
[COURSE TEXT]
10\tWarm up well\t10
310\tHold on for 3 more\t15
[END COURSE TEXT]
`;

test("an MRC course becomes blocks: jumps, ramps, and equal neighbours joined", () => {
  const { plan, losses } = read(mrc);
  assert.deepEqual(
    plan.blocks.map(({ durationS, power, kind }) => [durationS, power?.from, power?.to, kind]),
    [
      [300, 0.5, 0.75, "warm-up"],
      [240, 1, 1, "work"],
      [120, 0.5, 0.5, "recovery"],
      [120, 0.9, 0.9, "work"],
      [300, 0.6, 0.4, "cool-down"],
    ],
  );
  assert.equal(plan.title, "stairs");
  assert.deepEqual(plan.cues, [
    { atS: 10, text: "Warm up well" },
    { atS: 310, text: "Hold on for 3 more" },
  ]);
  assert.equal(losses.length, 1);
});

test("an ERG course is read against its own FTP, or a stated assumption", () => {
  const erg = mrc.replace("MINUTES PERCENT", "FTP = 200\nMINUTES WATTS").replaceAll("\t100\n", "\t220\n");
  assert.equal(read(erg).plan.blocks[1]?.power?.from, 1.1);
  const bare = read(mrc.replace("MINUTES PERCENT", "MINUTES WATTS"));
  assert.match(bare.losses.join("\n"), /180 W is assumed/);
});

test("a class survives its own JSON unchanged", () => {
  for (const plan of catalogue().filter((_, index) => index % 100 === 0))
    for (const text of [jsonOfPlan(plan).text, JSON.stringify(plan)])
      assert.deepEqual(read(text), { plan, losses: [] });
});

test("a video travels in the JSON; one that no browser should load is one clear error", () => {
  for (const video of [
    { fileName: "Hügel.mp4", sizeBytes: 12_345_678, offsetS: 12.5 },
    { url: "https://videos.example/ride.mp4", offsetS: 0 },
  ]) {
    const filmed = { ...catalogue()[0], video };
    assert.deepEqual(read(jsonOfPlan(filmed).text), { plan: filmed, losses: [] });
    const more = JSON.stringify({ ...filmed, video: { ...video, autoplay: true } });
    assert.deepEqual(read(more).plan.video, video);
  }
  const hostile = { ...catalogue()[0], video: { url: "javascript:alert(1)", offsetS: 0 } };
  assert.throws(() => read(JSON.stringify(hostile)), /not a class \(at \/video/);
});

test("a file says its format and version, and another one is refused", () => {
  const document = JSON.parse(jsonOfPlan(catalogue()[0]).text) as object;
  assert.deepEqual(Object.entries(document).slice(0, 2), [
    ["format", "upbeat-class"],
    ["version", 1],
  ]);
  assert.throws(() => read(JSON.stringify({ ...document, version: 2 })), /not of version 1/);
  assert.throws(() => read(JSON.stringify({ ...document, format: "other" })), /its format is not/);
  assert.deepEqual(read(JSON.stringify({ ...document, mood: 1 })).losses, ['"mood" is not kept.']);
});

const plan = classById("cycling-norwegian-4x4-40");
const hostile: readonly (readonly [string, string, RegExp])[] = [
  ["backwards time", mrc.replace("9.00\t100", "4.00\t100"), /goes back in time/],
  ["a word for a number", mrc.replace("9.00\t100", "9.00\tmany"), /not a time and a value/],
  ["huge watts", mrc.replace("9.00\t100", "9.00\t90000"), /outside 0 to 5 times FTP/],
  ["no columns", mrc.replace("MINUTES PERCENT", ""), /neither/],
  ["no data", mrc.replace(/\[COURSE DATA\][^[]*/, ""), /no intervals/],
  ["a broken text", mrc.replace("10\tWarm", "Warm"), /not a time and a text/],
  ["broken JSON", "{", /begins like JSON/],
  ["other JSON", `{"a":1}`, /JSON, but not a class/],
  ["deep JSON", `{"a":${"[".repeat(100_000)}`, /begins like JSON/],
  ["a gap between blocks", JSON.stringify({ ...plan, blocks: plan?.blocks.slice(1) }), /starts at/],
  ["a length that is not its blocks'", JSON.stringify({ ...plan, durationS: 5 }), /class says 5 s/],
];

for (const [name, text, complaint] of hostile)
  test(`one clear line for ${name}`, () => {
    assert.throws(
      () => read(text),
      (error) =>
        error instanceof ClassFileError && complaint.test(error.message) && !error.message.includes("\n"),
    );
  });

test("any bytes, and any change to a good file, give a class or one clear error", () => {
  const originals = [encode(mrc), encode(JSON.stringify(plan))];
  const mutated = fc
    .tuple(
      fc.constantFrom(...originals),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 }),
    )
    .map(([original, changes]) => {
      const bytes = original.slice();
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      return bytes;
    });
  fc.assert(
    fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 200 })), (bytes) => {
      try {
        const read = planFromFile("file", bytes).plan;
        const end = read.blocks.at(-1);
        assert.ok(end !== undefined && Math.abs(end.startS + end.durationS - read.durationS) < 1e-6);
      } catch (error) {
        assert.ok(error instanceof ClassFileError, String(error));
      }
    }),
    { numRuns: 400 },
  );
});
