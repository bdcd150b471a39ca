import assert from "node:assert/strict";
import { test } from "node:test";
import { WhyLog } from "./why-log.ts";

function aLog(): WhyLog {
  return new WhyLog({
    sport: "cycling",
    titleOf: (id) => (id === "t1" ? "Long Road" : id),
    sensorNameOf: () => "Bike",
  });
}

function said(value: string, reason = "asked for"): readonly [what: string, why: string, of: string] {
  const log = aLog();
  log.note({ kind: "decision", tS: 5, value, reason }, 5);
  const { what, why, of } = log.lines[0] ?? assert.fail("nothing noted");
  return [what, why, of];
}

test("decisions are told in plain words, tracks by their title", () => {
  assert.deepEqual(said("lock: locked", "beats land on strokes"), [
    "Locked",
    "Beats land on strokes.",
    "both",
  ]);
  assert.deepEqual(said("mode: follow", "cadence known"), ["Follows you", "Cadence known.", "body"]);
  assert.deepEqual(said("track: t1", "Key 8A stays. You like it."), [
    "Long Road leads",
    "Key 8A stays. You like it.",
    "music",
  ]);
  assert.equal(said("next: t1")[0], "Changes to Long Road");
  assert.equal(said("leaves t1")[0], "Leaves Long Road");
  assert.equal(said("leaves out t1")[0], "Leaves out Long Road");
  assert.equal(said("ratio: 2")[0], "Two beats per turn");
  assert.equal(said("ratio: 0.5")[0], "One beat every 2 turns");
  assert.equal(said("skips to 305 s")[0], "Skips to 5:05 of the class");
});

test("a decision without words of its own is shown as it is", () => {
  assert.deepEqual(said("paused"), ["Paused", "Asked for.", "none"]);
});

test("a sensor's trust, lost and regained, is told by its name", () => {
  const log = aLog();
  log.note({ kind: "trust", tS: 1, sensor: "x", value: 0.2, reason: "power stands still" }, 1);
  log.note({ kind: "trust", tS: 9, sensor: "x", value: 0.5, reason: "readings are possible again" }, 9);
  assert.deepEqual(
    log.lines.map(({ what, why, elapsedS }) => [elapsedS, what, why]),
    [
      [9, "Bike trusted again", "Readings are possible again."],
      [1, "Bike not trusted", "Power stands still."],
    ],
  );
});

test("the eight latest are kept, newest first, each with its own id", () => {
  const log = aLog();
  for (let tS = 0; tS < 20; tS++) log.note({ kind: "decision", tS, value: "paused", reason: "" }, tS);
  assert.deepEqual(
    log.lines.map(({ elapsedS }) => elapsedS),
    [19, 18, 17, 16, 15, 14, 13, 12],
  );
  assert.equal(new Set(log.lines.map(({ id }) => id)).size, 8);
});
