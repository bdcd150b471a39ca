import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, mock, test } from "node:test";
import { run } from "#cli/run.ts";
import { demoPlannerTracks } from "#composer/demo-tracks.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-workout-"));
after(() => rmSync(folder, { recursive: true }));

const shortClass = join(folder, "short.zwo");
writeFileSync(
  shortClass,
  `<workout_file><name>Short</name><sportType>bike</sportType><workout>
    <SteadyState Duration="90" Power="0.6" Cadence="84"/><SteadyState Duration="60" Power="0.8" Cadence="86"/>
  </workout></workout_file>`,
);

function workout(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ["src/cli/upbeat.ts", "workout", ...args], { encoding: "utf8" });
}

function line(tMs: number, revolutions: number, eventS: number): string {
  const ticks = Math.floor(eventS * 1024) & 0xffff;
  const hex = [0x02, revolutions & 255, (revolutions >> 8) & 255, ticks & 255, ticks >> 8]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  return JSON.stringify({ tMs, sensor: "bike", characteristic: "2a5b", hex });
}

test("the same command prints the same bytes, and a trace that agrees with them", () => {
  const trace = join(folder, "trace.jsonl");
  const args = ["--simulate", "5", "--file", shortClass, "--json"];
  const first = workout(...args, "--trace", trace);
  assert.equal(first.status, 0, first.stderr);
  assert.equal(workout(...args).stdout, first.stdout);
  const report = JSON.parse(first.stdout) as {
    durationS: number;
    strokes: number;
    phaseErrorMs: { p50: number };
    summary: { text: string };
  };
  assert.equal(Math.round(report.durationS), 150);
  assert.ok(report.phaseErrorMs.p50 < 25);
  assert.ok(report.summary.text.length > 20);
  const lines = readFileSync(trace, "utf8")
    .trimEnd()
    .split("\n")
    .map((text) => JSON.parse(text) as { tS: number; kind: string });
  assert.equal(lines.filter(({ kind }) => kind === "stroke").length, report.strokes);
  for (const kind of ["beat", "tempo", "track", "decision"])
    assert.ok(lines.some((one) => one.kind === kind));
});

test("a track that is wanted at a class time plays then", () => {
  const trace = join(folder, "swapped.jsonl");
  const played = (...args: readonly string[]): unknown[] => {
    const all = ["--simulate", "5", "--file", shortClass, "--json", "--trace", trace, ...args];
    const { status, stderr } = workout(...all);
    assert.equal(status, 0, stderr);
    const lines = readFileSync(trace, "utf8").trimEnd().split("\n");
    const told = lines.map((text) => JSON.parse(text) as { tS: number; kind: string; value: unknown });
    return told.filter(({ kind, tS }) => kind === "track" && tS < 60).map(({ value }) => value);
  };
  const [first] = played();
  const other = demoPlannerTracks().find(({ id }) => id !== first)!.id;
  assert.equal(played("--swap", `0:30=${other}`).at(-1), other);
  assert.equal(workout("--simulate", "5", "--file", shortClass, "--swap", "soon").status, 2);
});

test("raw notifications drive it; broken lines are ignored and counted", () => {
  const file = join(folder, "events.jsonl");
  // 80 rpm: three events in four seconds; each second tells the last one, 50 ms late.
  const lines = Array.from({ length: 90 }, (_, second) => {
    const revolutions = Math.floor(second / 0.75);
    return line(second * 1000 + 50, revolutions, revolutions * 0.75);
  });
  const broken = [
    "{",
    "[]",
    "null",
    '{"tMs":-1}',
    '{"tMs":5,"sensor":"x","characteristic":"2a5b","hex":"zz"}',
  ];
  writeFileSync(file, [...lines.slice(0, 40), ...broken, ...lines.slice(40)].join("\n"));
  const { status, stdout, stderr } = workout("--events", file, "--file", shortClass, "--json");
  assert.equal(status, 0, stderr);
  assert.match(stderr, /^5 lines/);
  const report = JSON.parse(stdout) as { durationS: number; strokes: number };
  assert.ok(Math.abs(report.durationS - 90) < 1.1);
  // Two strokes a revolution, less the first seconds before the cadence is known.
  assert.ok(Math.abs(report.strokes - 240) < 16, String(report.strokes));
});

test("wrong usage exits 2, an unknown class or file 1, with one line", async () => {
  const said: string[] = [];
  const stderr = mock.method(process.stderr, "write", (text: string) => said.push(text) > 0);
  const none = join(folder, "none");
  try {
    assert.equal(await run(["workout", "--simulate", "1"]), 2);
    assert.equal(await run(["workout", "--file", shortClass]), 2);
    assert.equal(await run(["workout", "--simulate", "x", "--file", shortClass]), 2);
    said.length = 0;
    assert.equal(await run(["workout", "--simulate", "1", "--class", "no-such-class"]), 1);
    assert.equal(await run(["workout", "--replay", none, "--file", shortClass]), 1);
    assert.equal(await run(["workout", "--simulate", "1", "--file", shortClass, "--library", none]), 1);
  } finally {
    stderr.mock.restore();
  }
  assert.equal(said.length, 3);
  assert.ok(said.every((text) => text.startsWith("upbeat: ") && text.endsWith("\n")));
});
