import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const tokens = readFileSync(new URL("tokens.css", import.meta.url), "utf8");
const screen = readFileSync(new URL("../workout/screen/screen.css", import.meta.url), "utf8");

/** `[light, dark]` of a colour. */
function pair(css: string, name: string): [string, string] {
  const found = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(css);
  assert.ok(found, name);
  return [found[1] ?? "", found[2] ?? ""];
}

/** Relative luminance and contrast ratio as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function atLeast(css: string, name: string, ground: string, ratio: number): void {
  const [colours, grounds] = [pair(css, name), pair(tokens, ground)];
  for (const scheme of [0, 1] as const) {
    const found = contrast(colours[scheme], grounds[scheme]);
    assert.ok(found >= ratio, `${name} on ${ground}, ${["light", "dark"][scheme]}: ${found.toFixed(2)}`);
  }
}

test("the ratio itself: black on white is 21", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
});

test("words are readable everywhere (AA, 4.5)", () => {
  for (const ground of ["bg", "surface", "raised", "amber-wash"]) {
    for (const name of ["text", "muted", "amber", "teal", "danger"]) atLeast(tokens, name, ground, 4.5);
  }
});

test("words on the workout screen are readable from afar (AAA, 7)", () => {
  for (const name of ["text", "amber", "teal", "danger", "locked"]) atLeast(tokens, name, "bg", 7);
  atLeast(screen, "muted", "bg", 7);
});

test("lines and fills that mean something stand off the page (3)", () => {
  for (const name of ["amber-fill", "teal-fill", "line-strong", "effort-high"])
    atLeast(tokens, name, "bg", 3);
});
