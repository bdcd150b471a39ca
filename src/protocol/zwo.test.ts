import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { catalogue, classById } from "#domain/catalogue/index.ts";
import { ClassFileError } from "./class-file-error.ts";
import { planFromFile } from "./class-file.ts";
import { zwoOfPlan } from "./zwo-export.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string) => planFromFile("x.zwo", encode(text));
const workout = (inside: string, head = ""): string =>
  `<workout_file><name>Test</name><description>One</description>${head}<workout>${inside}</workout></workout_file>`;

const everything = workout(`
  <Warmup Duration="300" PowerLow="0.4" PowerHigh="0.7" CadenceLow="80" CadenceHigh="90">
    <textevent timeoffset="10" message="Welcome &amp; hello"/>
  </Warmup>
  <SteadyState Duration="120" Power="0.9" Cadence="95"/>
  <IntervalsT Repeat="3" OnDuration="60" OffDuration="30" OnPower="1.2" OffPower="0.5" Cadence="100" CadenceResting="85">
    <textevent timeoffset="90" message="Second"/>
  </IntervalsT>
  <Ramp Duration="180" PowerLow="0.6" PowerHigh="1.1"/>
  <FreeRide Duration="60" FlatRoad="1"/>
  <MaxEffort Duration="15"/>
  <Cooldown Duration="300" PowerLow="0.4" PowerHigh="0.7"/>`);

test("every kind of interval becomes the blocks it describes", () => {
  const { plan, losses } = read(everything);
  assert.deepEqual(
    plan.blocks.map((block) => [block.startS, block.durationS, block.kind]),
    [
      [0, 300, "warm-up"],
      [300, 120, "work"],
      [420, 60, "work"],
      [480, 30, "recovery"],
      [510, 60, "work"],
      [570, 30, "recovery"],
      [600, 60, "work"],
      [660, 30, "recovery"],
      [690, 180, "work"],
      [870, 60, "steady"],
      [930, 15, "work"],
      [945, 300, "cool-down"],
    ],
  );
  assert.equal(plan.durationS, 1245);
  assert.deepEqual(plan.blocks[0]?.cadence, { from: 80, to: 90 });
  assert.deepEqual(plan.blocks[3]?.cadence, { from: 85, to: 85 });
  assert.deepEqual(plan.blocks[8]?.power, { from: 0.6, to: 1.1 });
  assert.equal(plan.blocks[9]?.power, null);
  assert.equal(plan.blocks[10]?.rpe, 10);
  assert.deepEqual(plan.blocks[11]?.power, { from: 0.7, to: 0.4 }, "a cool-down falls");
  assert.deepEqual(plan.cues, [
    { atS: 10, text: "Welcome & hello" },
    { atS: 510, text: "Second" },
  ]);
  assert.deepEqual(losses, ["Some intervals name no cadence; the usual one for their effort is used."]);
});

test("reading, writing and reading again gives the same class", () => {
  const once = read(everything).plan;
  assert.deepEqual(read(zwoOfPlan(once).text).plan, once);
});

test("a run by distance is read at its threshold pace and says so", () => {
  const head =
    "<sportType>run</sportType><durationType>distance</durationType><thresholdSecPerKm>240</thresholdSecPerKm>";
  const { plan, losses } = read(workout(`<SteadyState Duration="1000" Power="0.8" pace="0"/>`, head));
  assert.equal(plan.sport, "running");
  assert.equal(plan.durationS, 300, "1 km at 80 % of 4:00 per km");
  assert.match(losses.join("\n"), /240 seconds per kilometre/);
});

test("what is not kept is named", () => {
  const { losses } = read(
    workout(
      `<SteadyState Duration="60" Power="0.6"><gameplayevent camera="1"/></SteadyState><Boost/>`,
      "<author>A</author>",
    ),
  );
  assert.ok(losses.includes("<author> is not kept."));
  assert.ok(losses.includes("<gameplayevent> is not kept."));
  assert.ok(losses.includes("<boost> is not kept."));
});

test("catalogue classes keep durations, power, cadence and cues; the rest is named as lost", () => {
  const plan = classById("cycling-norwegian-4x4-40");
  assert.ok(plan);
  const { text, losses } = zwoOfPlan(plan);
  const again = read(text).plan;
  const targets = (from: typeof plan) =>
    from.blocks.map(({ startS, durationS, power, cadence }) => ({ startS, durationS, power, cadence }));
  assert.deepEqual(targets(again), targets(plan));
  assert.deepEqual(again.cues, plan.cues);
  assert.match(losses.join("\n"), /names of blocks are not kept/);
  assert.match(losses.join("\n"), /citation is not kept/);
  assert.doesNotMatch(losses.join("\n"), /cues/, "they are all there");
  assert.deepEqual(zwoOfPlan(again).losses, [], "what came from such a file goes back whole");
  const rowing = catalogue().find((candidate) => candidate.sport === "rowing");
  assert.ok(rowing);
  assert.match(zwoOfPlan(rowing).losses.join("\n"), /rowing is written as bike/);
});

const hostile: readonly (readonly [string, string, RegExp])[] = [
  ["a DOCTYPE", `<!DOCTYPE x [<!ENTITY a "b">]>${everything}`, /DOCTYPE/],
  ["an entity", workout("&bomb;"), /not well-formed/],
  ["depth", "<a>".repeat(10_000), /nests deeper than 16/],
  ["breadth", workout("<a/>".repeat(30_000)), /more than 20000 elements/],
  ["size", " ".repeat(1_000_001), /larger than 1 MB/],
  ["negative duration", workout(`<SteadyState Duration="-5" Power="1"/>`), /Duration="-5", outside/],
  ["NaN power", workout(`<SteadyState Duration="5" Power="NaN"/>`), /Power="NaN", which is not a number/],
  ["watts for a share", workout(`<SteadyState Duration="5" Power="250"/>`), /outside 0 to 5/],
  ["no duration", workout(`<SteadyState Power="1"/>`), /has no Duration/],
  [
    "repeats without end",
    workout(`<IntervalsT Repeat="1e9" OnDuration="1" OffDuration="1"/>`),
    /outside 1 to 5000/,
  ],
  [
    "too many intervals",
    workout(`<IntervalsT Repeat="4000" OnDuration="1" OffDuration="1"/>`),
    /more than 5000 intervals/,
  ],
  ["days", workout(`<FreeRide Duration="80000"/>`.repeat(2)), /more than 24 hours/],
  ["nothing", workout(""), /no intervals/],
  ["another XML", "<gpx><trk/></gpx>", /not a ZWO workout/],
  ["no XML", "hello", /not a class that Upbeat can read/],
  ["half a file", everything.slice(0, 200), /not well-formed/],
];

for (const [name, text, complaint] of hostile)
  test(`one clear line for ${name}`, () => {
    assert.throws(
      () => read(text),
      (error) =>
        error instanceof ClassFileError && complaint.test(error.message) && !error.message.includes("\n"),
    );
  });

test("any byte changed gives a class or one clear error", () => {
  const original = encode(everything);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(original.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      (changes) => {
        const bytes = original.slice();
        for (const [at, value] of changes) bytes[at] = value;
        try {
          const { plan } = planFromFile("x.zwo", bytes);
          assert.ok(plan.blocks.every((block) => Number.isFinite(block.startS) && block.durationS > 0));
          assert.deepEqual(read(zwoOfPlan(plan).text).plan, plan);
        } catch (error) {
          assert.ok(error instanceof ClassFileError, String(error));
        }
      },
    ),
    { numRuns: 500 },
  );
});

const share = fc.integer({ min: 20, max: 200 }).map((value) => value / 100);
const interval = fc.oneof(
  fc.record({
    name: fc.constantFrom("Warmup", "Cooldown", "Ramp"),
    Duration: fc.integer({ min: 1, max: 900 }),
    PowerLow: share,
    PowerHigh: share,
  }),
  fc.record({
    name: fc.constant("SteadyState"),
    Duration: fc.integer({ min: 1, max: 900 }),
    Power: share,
    Cadence: fc.integer({ min: 0, max: 120 }),
  }),
  fc.record({
    name: fc.constantFrom("FreeRide", "MaxEffort", "Warmup"),
    Duration: fc.integer({ min: 1, max: 900 }),
  }),
  fc.record({
    name: fc.constant("IntervalsT"),
    Repeat: fc.integer({ min: 1, max: 9 }),
    OnDuration: fc.integer({ min: 1, max: 99 }),
    OffDuration: fc.integer({ min: 0, max: 99 }),
    OnPower: share,
    OffPower: share,
  }),
);

test("any file of known intervals survives the round trip, with any text in its cues", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(interval, fc.string({ unit: "grapheme", maxLength: 40 })), {
        minLength: 1,
        maxLength: 20,
      }),
      (parts) => {
        const inside = parts.map(([{ name, ...attributes }, message]) => {
          const written = Object.entries(attributes)
            .map(([key, value]) => `${key}="${value}"`)
            .join(" ");
          const safe = message.replace(/[^\p{L}\p{N} ]/gu, (c) =>
            Array.from(c, (d) => `&#${d.codePointAt(0)};`).join(""),
          );
          return `<${name} ${written}><textevent timeoffset="3" message="${safe}"/></${name}>`;
        });
        let once;
        try {
          once = read(workout(inside.join(""))).plan;
        } catch (error) {
          assert.ok(error instanceof ClassFileError);
          return;
        }
        assert.deepEqual(read(zwoOfPlan(once).text).plan, once);
      },
    ),
    { numRuns: 200 },
  );
});
