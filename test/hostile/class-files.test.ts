/** Hostile class files of every format: one clear line each from the reader, the command line and /v1, and nothing kept. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { FitBaseType, FitEncoder } from "fit-file-parser/encoder";
import { classById } from "#domain/catalogue/index.ts";
import { ClassFileError } from "#protocol/class-file-error.ts";
import { planFromFile } from "#protocol/class-file.ts";
import { createTestApp, type TestApp } from "#test/support/test-app.ts";

const deep = 10_000;
const hugeBytes = 100_000_000;
const utf8 = new TextEncoder();

function zwo(inside: string): string {
  return `<workout_file><name>x</name><workout>${inside}</workout></workout_file>`;
}

function course(lines: string, head = "FTP=200\nMINUTES WATTS"): string {
  return `[COURSE HEADER]\n${head}\n[END COURSE HEADER]\n[COURSE DATA]\n${lines}\n[END COURSE DATA]\n`;
}

const plan = classById("cycling-recovery-20");
assert.ok(plan);
const [firstBlock] = plan.blocks;
const json = (change: object) => JSON.stringify({ ...plan, ...change });

/** Steps of a FIT workout: fields 1 and 2 say how long, 3 and 4 for what. */
function fit(steps: readonly (readonly [durationType: number, value: number, target: number])[]): Uint8Array {
  const encoder = new FitEncoder();
  const one = (number: number, value: number) => ({ number, size: 1, baseType: FitBaseType.Enum, value });
  const four = (number: number, value: number) => ({ number, size: 4, baseType: FitBaseType.Uint32, value });
  encoder.writeMessage(0, [one(0, 5)]);
  encoder.writeMessage(26, [one(4, 2)]);
  for (const [type, value, target] of steps)
    encoder.writeMessage(27, [one(1, type), four(2, value), one(3, 2), four(4, target)]);
  return encoder.close();
}

/** Repeats back to the first step, each of the ones before: 2 to the power of their number. */
const repeats = Array.from({ length: 60 }, () => [6, 0, 2] as const);

function padded(start: string | Uint8Array, filler: string): Uint8Array {
  const bytes = new Uint8Array(hugeBytes).fill(filler.charCodeAt(0));
  bytes.set(typeof start === "string" ? utf8.encode(start) : start);
  return bytes;
}

const hostile: readonly (readonly [name: string, file: string | (() => Uint8Array), complaint: RegExp])[] = [
  ["doctype.zwo", `<!DOCTYPE a [<!ENTITY b "c">]>${zwo("")}`, /DOCTYPE/],
  [
    "laughs.zwo",
    `<!DOCTYPE a [<!ENTITY b "${"c".repeat(99)}"><!ENTITY d "&b;&b;">]>${zwo("&d;")}`,
    /DOCTYPE/,
  ],
  ["huge.zwo", () => padded(zwo(""), " "), /larger than 1 MB/],
  ["deep.zwo", zwo(`${"<a>".repeat(deep)}${"</a>".repeat(deep)}`), /nests deeper/],
  ["negative.zwo", zwo('<SteadyState Duration="-60" Power="0.5"/>'), /Duration/],
  ["nan.zwo", zwo('<SteadyState Duration="60" Power="NaN"/>'), /Power="NaN"/],
  ["infinite.zwo", zwo('<SteadyState Duration="60" Power="Infinity"/>'), /not a number/],
  ["repeats.zwo", zwo('<IntervalsT Repeat="1e9" OnDuration="1" OffDuration="1" OnPower="1"/>'), /Repeat/],
  ["doctype.erg", `<!DOCTYPE a>${course("0 100\n1 100")}`, /DOCTYPE/],
  ["huge.erg", () => padded(course("0 100\n1 100"), "\n"), /larger than 1 MB/],
  ["deep.erg", "[COURSE HEADER]\n".repeat(deep), /MINUTES/],
  ["negative.erg", course("0 100\n-5 100"), /-5 min/],
  ["backwards.erg", course("5 100\n1 100"), /back in time/],
  ["nan.erg", course("0 NaN\n1 NaN"), /not a time and a value/],
  ["many.erg", course("0 1\n".repeat(20_000)), /more than \d+ points/],
  ["huge.mrc", () => padded(course("0 50\n1 50", "MINUTES PERCENT"), "\n"), /larger than 1 MB/],
  ["negative.mrc", course("0 50\n1 -50", "MINUTES PERCENT"), /-50/],
  ["nan.mrc", course("0 50\nNaN 50", "MINUTES PERCENT"), /not a time and a value/],
  ["huge.fit", () => padded(fit([[0, 60_000, 0]]), "\0"), /larger than 1 MB/],
  ["repeats.fit", () => fit([[0, 60_000, 0], ...repeats]), /intervals|repeat|24 hours/i],
  ["no-time.fit", () => fit([[0, 0xfffffffe, 0]]), /./],
  ["doctype.json", `<!DOCTYPE json>${json({})}`, /DOCTYPE/],
  ["huge.json", () => padded(json({}), " "), /larger than 1 MB/],
  ["deep.json", `{"a":${"[".repeat(deep)}${"]".repeat(deep)}}`, /not a class/],
  ["negative.json", json({ blocks: [{ ...firstBlock, durationS: -60 }] }), /not a class/],
  ["nan.json", json({}).replace(/"power":\{"from":[^,]+/, '"power":{"from":NaN'), /like JSON and is not/],
  ["null-power.json", json({ blocks: [{ ...firstBlock, power: { from: null, to: 1 } }] }), /not a class/],
  ["prototype.json", `{"__proto__":{"title":"x"},"title":"y"}`, /not a class/],
];

const bytesOf = (file: string | (() => Uint8Array)) =>
  typeof file === "string" ? utf8.encode(file) : file();

describe("the reader", () => {
  for (const [name, file, complaint] of hostile) {
    test(name, () => {
      assert.throws(
        () => planFromFile(name, bytesOf(file)),
        (error) =>
          error instanceof ClassFileError &&
          error.message.startsWith(`${name}: `) &&
          complaint.test(error.message) &&
          !/[\r\n]/.test(error.message) &&
          error.message.length < 300,
      );
    });
  }
});

describe("the command line", () => {
  const folder = mkdtempSync(join(tmpdir(), "upbeat-hostile-classes-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const classOf = (path: string) =>
    new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
      execFile(process.execPath, ["src/cli/upbeat.ts", "class", "--file", path], (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, stdout, stderr }),
      );
    });

  for (const name of ["huge.json", "deep.zwo", "nan.erg"]) {
    test(`${name}: exit 1 and one line`, async () => {
      const file = hostile.find(([known]) => known === name)?.[1];
      assert.ok(file);
      writeFileSync(join(folder, name), bytesOf(file));
      const { code, stdout, stderr } = await classOf(join(folder, name));
      assert.equal(code, 1);
      assert.equal(stdout, "");
      assert.match(stderr, /^[^\n]+\n$/);
    });
  }

  test("a file without an end is not read to its end", { skip: process.platform === "win32" }, async () => {
    const { code, stderr } = await classOf("/dev/zero");
    assert.equal(code, 1);
    assert.match(stderr, /larger than 1 MB/);
  });
});

describe("/v1", () => {
  let server: TestApp;
  before(async () => {
    server = await createTestApp();
  });
  after(() => server.close());

  const put = (payload: string | Buffer, type = "application/json") =>
    server.ask({
      method: "PUT",
      url: "/v1/classes/own-hostile",
      headers: { "content-type": type },
      payload,
    });
  const body = (change: object) => JSON.stringify({ ...plan, id: "own-hostile", ...change });
  const cases: readonly (readonly [name: string, status: number, send: () => ReturnType<typeof put>])[] = [
    ["a body of 100 MB", 413, () => put(Buffer.alloc(hugeBytes, " "))],
    ["XML with a DOCTYPE", 415, () => put("<!DOCTYPE a><a/>", "application/xml")],
    ["arrays nested 10,000 deep", 400, () => put(`${"[".repeat(deep)}${"]".repeat(deep)}`)],
    [
      "blocks nested 10,000 deep",
      400,
      () => put(body({}).replace('"blocks":[', `"blocks":[${"[".repeat(deep)}${"]".repeat(deep)},`)),
    ],
    ["a negative duration", 400, () => put(body({ blocks: [{ ...firstBlock, durationS: -60 }] }))],
    ["power that is not a number", 400, () => put(body({}).replace(/"from":[\d.]+/, '"from":NaN'))],
    ["power of null", 400, () => put(body({ blocks: [{ ...firstBlock, power: { from: null, to: 1 } }] }))],
    ["an infinite time", 400, () => put(body({}).replace(/"durationS":\d+/, '"durationS":1e999'))],
  ];
  for (const [name, status, send] of cases) {
    test(name, async () => {
      const answer = await send();
      assert.equal(answer.statusCode, status, answer.body.slice(0, 200));
      assert.match(String(answer.headers["content-type"]), /problem\+json/);
      assert.ok(answer.body.length < 1000, "one clear answer, not the body back");
      assert.equal((await server.ask({ url: "/v1/classes/own-hostile" })).statusCode, 404, "nothing kept");
    });
  }
});
