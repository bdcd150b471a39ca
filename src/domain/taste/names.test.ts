import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { artistKey, titleKey } from "./names.ts";

test("spellings of one recording are alike", () => {
  const alike = [
    ["Déjà Vu (feat. Somebody)", "Deja vu", "DEJA VU ft. Somebody & Others"],
    ["Heroes - 2017 Remaster", "“Heroes”", "Heroes (Remastered 2017)", "Heroes [Deluxe Edition]"],
    ["Don’t Stop", "Don't stop", "Dont Stop!"],
    ["Straße", "Strasse"],
    ["Rock & Roll", "Rock and Roll"],
  ];
  for (const titles of alike) assert.equal(new Set(titles.map(titleKey)).size, 1, titles.join(" | "));
  assert.equal(artistKey("The Röyksopp feat. A. Singer"), artistKey("royksopp"));
  assert.equal(artistKey("Motörhead"), artistKey("MOTORHEAD"));
});

test("another recording stays another", () => {
  const apart = [
    "Song",
    "Song (Live)",
    "Song (Acoustic)",
    "Song (Somebody Remix)",
    "Song 2",
    "Song (Part 2)",
  ];
  assert.equal(new Set(apart.map(titleKey)).size, apart.length);
  assert.notEqual(artistKey("The The"), "");
  assert.notEqual(titleKey("!!!"), titleKey("???"));
  assert.notEqual(titleKey("日本"), titleKey("韓国"));
});

test("any name has a key, however odd", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 80 }), (codes) => {
      const name = String.fromCharCode(...codes);
      for (const keyOf of [titleKey, artistKey]) assert.equal(keyOf(name) === "", name.trim() === "");
    }),
  );
  for (const piece of ["(", " - ", ")", "feat ", "remaster)", "(remaster) "]) {
    assert.ok(titleKey(piece.repeat(5000)).length <= 600);
  }
});
