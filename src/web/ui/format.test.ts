import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cadenceUnit,
  clock,
  count,
  distance,
  fileSize,
  moment,
  percent,
  speed,
  spell,
  stretchText,
  withUnit,
  unbroken,
} from "./format.ts";

const space = "\u00a0";

test("a clock shows hours only when there are any", () => {
  assert.equal(clock(0), "0:00");
  assert.equal(clock(245.9), "4:05");
  assert.equal(clock(3599.99), "59:59");
  assert.equal(clock(3845), "1:04:05");
  assert.equal(clock(-3), "0:00");
});

test("a length is spelled in the unit that fits it", () => {
  assert.equal(spell(45), `45${space}s`);
  assert.equal(spell(45 * 60), `45${space}min`);
  assert.equal(spell(90 * 60), `1${space}h${space}30`);
  assert.equal(spell(120 * 60), `2${space}h`);
});

test("what is not known is two dashes, never a zero", () => {
  assert.equal(withUnit(null, "W"), "--");
  assert.equal(withUnit(0, "W"), `0${space}W`);
  assert.equal(distance(null, "metric"), "--");
  assert.equal(speed(null, "imperial"), "--");
});

test("a stretch is said as what it does to the tempo", () => {
  assert.equal(stretchText(1), "as recorded");
  assert.equal(stretchText(1.021), `+2.1${space}%`);
  assert.equal(stretchText(0.97), `−3.0${space}%`);
});

test("units follow the person and the sport", () => {
  assert.equal(distance(16_093.44, "imperial"), `10.0${space}mi`);
  assert.equal(distance(12_340, "metric"), `12.3${space}km`);
  assert.equal(speed(10, "metric"), `36.0${space}km/h`);
  assert.equal(cadenceUnit("cycling"), "rpm");
  assert.equal(cadenceUnit("rowing"), "spm");
});

test("no line breaks between a figure and its per cent sign", () => {
  assert.equal(unbroken("From 1 % to 4 % faster."), `From 1${space}% to 4${space}% faster.`);
  assert.equal(unbroken("Nothing to hold, 4 times."), "Nothing to hold, 4 times.");
});

test("one and many", () => {
  assert.equal(count(1, "track"), `1${space}track`);
  assert.equal(count(0, "class", "classes"), `0${space}classes`);
  assert.equal(percent(0.125), `13${space}%`);
});

test("a moment has a tenth only where it is not a whole second", () => {
  assert.equal(moment(12), "0:12");
  assert.equal(moment(12.5), "0:12.5");
  assert.equal(moment(59.97), "1:00");
  assert.equal(moment(3845.1), "1:04:05.1");
});

test("a file's size is said in the unit that fits it", () => {
  assert.equal(fileSize(1), `1${space}kB`);
  assert.equal(fileSize(640_000), `640${space}kB`);
  assert.equal(fileSize(12_345_678), `12.3${space}MB`);
  assert.equal(fileSize(4.2e9), `4.2${space}GB`);
});
