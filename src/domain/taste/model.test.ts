import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { forget, forgetAll, sayOfArtist, sayOfTrack } from "./change.ts";
import {
  addListens,
  freshness,
  learnedSources,
  nothingSaid,
  trackWords,
  type HeardTrack,
  type SaidTaste,
  type TasteEvidence,
} from "./evidence.ts";
import { learnedLimit, tasteModel } from "./model.ts";
import { tracksFor } from "./planner-taste.ts";
import { sumListens } from "./sum-listens.ts";

const dayMs = 86_400_000;
const nowMs = 1_800_000_000_000;
const track = { id: "t", artist: "The Sample Band" };

function evidence(change: Partial<TasteEvidence> = {}): TasteEvidence {
  return {
    said: nothingSaid,
    heard: [],
    listens: new Map(),
    artistListens: new Map(),
    favourites: new Map(),
    nowMs,
    ...change,
  };
}

function play(change: Partial<HeardTrack> = {}): HeardTrack {
  return { trackId: "t", atMs: nowMs - dayMs, heardS: 180, skipped: false, effortPct: null, ...change };
}

const ask = (change: Partial<TasteEvidence>) => tasteModel(evidence(change))(track);
const tasteOf = (change: Partial<TasteEvidence>) => ask(change).taste;

test("nothing known is one half, without a reason", () => {
  assert.deepEqual(ask({}), { taste: 0.5, banned: false, word: null, reasons: [] });
});

test("a word on a track replaces one on its artist", () => {
  const artist = sayOfArtist(nothingSaid, "Sample Band", "less", nowMs);
  assert.ok(tasteOf({ said: artist }) < 0.2);
  const both = sayOfTrack(artist, "t", "like", nowMs);
  const answer = ask({ said: both });
  assert.ok(Math.abs(answer.taste - 0.9) < 0.01);
  assert.deepEqual(
    answer.reasons.map(({ source }) => source),
    ["said"],
  );
  assert.equal(tasteOf({ said: sayOfTrack(both, "t", null, nowMs) }), tasteOf({ said: artist }));
});

test("a ban is marked, whatever else is known", () => {
  const said = sayOfTrack(nothingSaid, "t", "ban", nowMs);
  assert.equal(ask({ said, heard: Array.from({ length: 50 }, () => play()) }).banned, true);
  assert.equal(ask({ said: sayOfArtist(nothingSaid, track.artist, "less", nowMs) }).banned, false);
});

test("an artist may be called like a property of every object", () => {
  for (const artist of ["constructor", "__proto__", "toString"]) {
    assert.equal(tasteModel(evidence())({ id: artist, artist }).taste, 0.5);
    const said = sayOfArtist(nothingSaid, artist, "more", nowMs);
    assert.ok(tasteModel(evidence({ said }))({ id: "x", artist }).taste > 0.7, artist);
  }
});

test("plays raise, skips lower, and a skip weighs more than a play", () => {
  assert.ok(tasteOf({ heard: [play()] }) > 0.5);
  assert.ok(tasteOf({ heard: [play({ skipped: true, heardS: 20 })] }) < 0.5);
  assert.ok(tasteOf({ heard: [play(), play({ skipped: true })] }) < 0.5);
  assert.equal(tasteOf({ heard: [play({ heardS: 30 })] }), 0.5, "half a minute is no play");
  assert.match(ask({ heard: [play(), play()] }).reasons[0]?.text ?? "", /twice/);
});

test("what is long ago counts less", () => {
  const recent = tasteOf({ heard: [play()] });
  const old = tasteOf({ heard: [play({ atMs: nowMs - 90 * dayMs })] });
  assert.ok(recent > old && old > 0.5);
  const listens = (agoDays: number) =>
    tasteOf({ listens: new Map([["t", { plays: 8, lastAtMs: nowMs - agoDays * dayMs, weight: 8 }]]) });
  assert.ok(listens(1) > listens(800) && listens(800) > 0.5);
});

test("sums of listens do not depend on how they are grouped", () => {
  const listen = (agoDays: number) => ({ plays: 1, lastAtMs: nowMs - agoDays * dayMs, weight: 1 });
  const ages = [900, 3, 40, 365];
  const forwards = ages.map(listen).reduce((sum, one) => addListens(sum, one));
  const backwards = ages
    .toReversed()
    .map(listen)
    .reduce((sum, one) => addListens(sum, one));
  assert.equal(forwards.plays, 4);
  assert.equal(forwards.lastAtMs, nowMs - 3 * dayMs);
  // Half-life of a year: each listen counts 2^-(years before the last one).
  const expected = ages.reduce((sum, age) => sum + 2 ** -((age - 3) / 365), 0);
  assert.ok(Math.abs(forwards.weight - expected) < 1e-9);
  assert.ok(Math.abs(backwards.weight - expected) < 1e-9);
});

test("effort counts from three plays on, and says so until then", () => {
  const lifted = (many: number) => Array.from({ length: many }, () => play({ effortPct: 4 }));
  const early = ask({ heard: lifted(2) }).reasons.find(({ source }) => source === "effort");
  assert.equal(early?.weight, 0);
  assert.match(early?.text ?? "", /from 3 on/);
  const enough = ask({ heard: lifted(3) }).reasons.find(({ source }) => source === "effort");
  // Mean 4 % over 3 plays, shrunk as by 3 more of none: 2 %; 0.06 a per cent.
  assert.ok(Math.abs((enough?.weight ?? 0) - 0.12) < 1e-12);
  assert.match(enough?.text ?? "", /4\.0 % above .* 3 plays/);
  const absurd = Array.from({ length: 9 }, () => play({ effortPct: 1e9 }));
  assert.ok(tasteOf({ heard: absurd }) < 0.85);
});

test("every source can be forgotten, for a track or for all, and later signals count again", () => {
  const known = {
    heard: [...Array.from({ length: 4 }, () => play({ effortPct: 5 })), play({ skipped: true })],
    listens: new Map([["t", { plays: 3, lastAtMs: nowMs - dayMs, weight: 3 }]]),
    artistListens: new Map([["sample band", { plays: 9, lastAtMs: nowMs - dayMs, weight: 9 }]]),
    favourites: new Map([["t", nowMs - dayMs]]),
  };
  const sources = (said: SaidTaste) => ask({ ...known, said }).reasons.map(({ source }) => source);
  assert.deepEqual(sources(nothingSaid).toSorted(), [...learnedSources].toSorted());
  for (const source of learnedSources) {
    const left = learnedSources.filter((other) => other !== source).toSorted();
    assert.deepEqual(sources(forget(nothingSaid, source, "t", nowMs)).toSorted(), left);
    assert.deepEqual(sources(forget(nothingSaid, source, null, nowMs)).toSorted(), left);
    assert.deepEqual(sources(forget(nothingSaid, source, "other", nowMs)).length, learnedSources.length);
  }
  const clean = forgetAll(nowMs);
  assert.equal(tasteOf({ ...known, said: clean }), 0.5);
  assert.ok(tasteOf({ said: clean, heard: [play({ atMs: nowMs + 1 })], nowMs: nowMs + dayMs }) > 0.5);
});

const anyHeard = fc.array(
  fc.record({
    trackId: fc.constant("t"),
    atMs: fc.integer({ min: nowMs - 2000 * dayMs, max: nowMs }),
    heardS: fc.integer({ min: 0, max: 600 }),
    skipped: fc.boolean(),
    effortPct: fc.option(fc.double({ min: -60, max: 300, noNaN: true })),
  }),
  { maxLength: 60 },
);
const anyListens = fc.option(fc.integer({ min: 1, max: 5000 })).map((plays) => {
  const entry = plays === null ? [] : [["t", { plays, lastAtMs: nowMs, weight: plays }] as const];
  return new Map(entry);
});

test("the reasons add up to the taste, and nothing learned outvotes a word", () => {
  fc.assert(
    fc.property(anyHeard, anyListens, fc.option(fc.constantFrom(...trackWords)), (heard, listens, word) => {
      const said = sayOfTrack(nothingSaid, "t", word, nowMs);
      const { taste, reasons } = ask({ said, heard, listens });
      const sum = reasons.reduce((total, { weight }) => total + weight, 0);
      assert.ok(taste >= 0 && taste <= 1);
      assert.ok(Math.abs(Math.log(taste / (1 - taste)) - sum) < 1e-6);
      const learnedSum = reasons.reduce((s, { source, weight }) => (source === "said" ? s : s + weight), 0);
      assert.ok(Math.abs(learnedSum) <= learnedLimit + 1e-9);
      if (word === "like") assert.ok(taste > 0.5);
      if (word === "less" || word === "ban") assert.ok(taste < 0.5);
    }),
  );
});

test("spellings of a recording are summed up, later listens weigh more, the weightiest come first", () => {
  const yearMs = 365 * 86_400_000;
  const sums = sumListens(
    [
      { artist: "A", title: "Old", atMs: nowMs - 2 * yearMs },
      { artist: "B", title: "New", atMs: nowMs },
      { artist: "b feat. C", title: "New (Remastered)", atMs: nowMs - yearMs },
    ],
    nowMs,
  );
  assert.deepEqual(
    sums.map(({ artist, plays, lastAtMs }) => [artist, plays, lastAtMs]),
    [
      ["B", 2, nowMs],
      ["A", 1, nowMs - 2 * yearMs],
    ],
  );
  assert.ok(Math.abs((sums[0]?.weight ?? 0) - 1.5) < 1e-9, "one now and one a year ago");
});

test("a track is fresh in the ear when heard now, half after two days, not after two weeks", () => {
  const heard = [0, 2, 14].map((days) => {
    return { trackId: `t${days}`, atMs: nowMs - days * dayMs, heardS: 200, skipped: false, effortPct: null };
  });
  assert.deepEqual(
    [...freshness(heard, nowMs)],
    [
      ["t0", 1],
      ["t2", 0.5],
    ],
  );
});

test("what a person heard lately reaches the planner, what they banned does not", () => {
  const planner = {
    title: "T",
    artist: "A",
    durationS: 200,
    tempoBpm: 120,
    key: null,
    energy: 0.5,
    taste: 0.5,
  };
  const tracks = ["fresh", "banned", "other"].map((id) => ({ ...planner, id }));
  const taste = {
    tastes: new Map([["other", 0.9]]),
    banned: new Set(["banned"]),
    heard: new Map([["fresh", 0.7]]),
  };
  const told = tracksFor(tracks, taste).map((one) => [one.id, one.taste, one.heard]);
  assert.deepEqual(told, [
    ["fresh", 0.5, 0.7],
    ["other", 0.9, 0],
  ]);
});
