import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { violationsOn } from "../accessible.ts";
import { chooseSensor } from "../choose-sensor.ts";
import { clickTrack, openPage } from "../harness.ts";
import { cadenceSensor, Pedalling } from "../pedalling.ts";
import { clicksIn, listen, pageClockAheadMs, recordAudio, recorded, untilMusicGoesAt } from "../recorder.ts";
import { openWithSensors } from "../with-sensors.ts";

const angleRev = 0.3;
const aClass = "cycling-endurance-20";
/** A round 80 would beat with the sensor's one notification a second: its clock then hides for a quarter of a second. */
const cadenceRpm = 83;

/** Taps that say when they were made: pressed by a test they would be as late as the machine is busy. */
async function tapAt(page: Page, timesMs: readonly number[]): Promise<void> {
  await page.evaluate((times) => {
    for (const tMs of times) {
      const event = new KeyboardEvent("keydown", { key: " ", bubbles: true, cancelable: true });
      Object.defineProperty(event, "timeStamp", { value: tMs });
      document.dispatchEvent(event);
    }
  }, timesMs);
}

/** Taps with each push of one foot until the page says `text`. */
async function tapAlong(
  page: Page,
  pedalling: Pedalling,
  aheadMs: number,
  text: string | RegExp,
): Promise<void> {
  const wanted = page.getByText(text);
  for (let seen = pedalling.topsMs.length; !(await wanted.isVisible());) {
    const tops = pedalling.topsMs.slice(seen);
    seen += tops.length;
    await tapAt(
      page,
      tops.map((topMs) => topMs + aheadMs),
    );
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

/** Until the page wants no more taps. */
async function tapAtTwoPaces(page: Page, pedalling: Pedalling, aheadMs: number): Promise<void> {
  await tapAlong(page, pedalling, aheadMs, "Now a good deal faster");
  pedalling.cadenceRpm = 92;
  await tapAlong(page, pedalling, aheadMs, /That was the last tap|Measured\./);
}

test(
  "a sensor that counts anywhere: taps tell where, and beats land on the push",
  { timeout: 360_000 },
  async (t) => {
    const { bluez, upbeat, browser } = await openWithSensors(t, [cadenceSensor], {
      "a.wav": clickTrack(2 * cadenceRpm, 150),
    });
    const { page, errors } = await openPage(browser, upbeat, { bypassCSP: true });
    await recordAudio(page);
    await chooseSensor(page, cadenceSensor.name);
    await page.goto("/you/crank-angle");
    await page.getByRole("button", { name: "Add a sensor" }).click();
    await bluez.subscribed(cadenceSensor);
    const aheadMs = await pageClockAheadMs(page);
    const pedalling = new Pedalling(bluez, 65, angleRev);
    t.after(() => pedalling.stop());
    await page.getByRole("button", { name: "Start" }).click();
    await tapAtTwoPaces(page, pedalling, aheadMs);
    await page.getByText("Keep pedalling: listening to your sensor.").waitFor();
    assert.deepEqual(await violationsOn(page), []);
    await page.getByRole("button", { name: "Finish now" }).press("Enter");
    await page.getByText("Measured.").waitFor();
    const known = page.getByRole("list", { name: "Measured sensors" });
    const inHasteMs = Number(/give or take (\d+) ms/.exec((await known.textContent()) ?? "")?.[1]);

    // What was heard so far counts for the next measuring; this one listens as long as it needs to.
    pedalling.cadenceRpm = 65;
    await page.getByRole("button", { name: "Measure again" }).click();
    await tapAtTwoPaces(page, pedalling, aheadMs);
    await page.getByText("Measured.").waitFor({ timeout: 150_000 });
    const [, told, giveOrTakeMs] =
      /(\d+)°.* give or take (\d+) ms/.exec((await known.textContent()) ?? "") ?? [];
    const degrees = Number(told);
    assert.ok(Math.abs(degrees - angleRev * 360) < 20, `${degrees}°`);
    assert.ok(Number(giveOrTakeMs) < inHasteMs, `${inHasteMs}, then ${giveOrTakeMs} ms`);
    t.diagnostic(`${degrees}° give or take ${giveOrTakeMs} ms, in haste ${inHasteMs}`);

    pedalling.cadenceRpm = cadenceRpm;
    await page.goto(`/workout/${aClass}?source=sensors&mode=follow`);
    await page.getByRole("button", { name: "Add a sensor" }).click();
    await bluez.subscribed(cadenceSensor);
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await untilMusicGoesAt(page, 2 * cadenceRpm);
    const fromMs = await page.evaluate(() => performance.now());
    await listen(page, 12);
    const runAheadMs = await pageClockAheadMs(page); // each page has a clock of its own
    const pushes = pedalling.topsMs.map((topMs) => topMs + runAheadMs);
    const halfTurnMs = 30_000 / cadenceRpm;
    const offs = clicksIn(await recorded(page)).flatMap((clickMs) => {
      const push = pushes.findLast((topMs) => topMs <= clickMs);
      if (clickMs < fromMs || push === undefined) return [];
      const strokes = (clickMs - push) / halfTurnMs;
      return [Math.abs(strokes - Math.round(strokes)) * halfTurnMs];
    });
    const typicalMs = offs.toSorted((a, b) => a - b)[offs.length >> 1] ?? Infinity;
    // Without the angle it would be 0.3 revolutions less half a revolution: 150 ms.
    assert.ok(typicalMs < 70, `beats are ${typicalMs.toFixed(0)} ms from the push`);
    t.diagnostic(`beats are ${typicalMs.toFixed(0)} ms from the push (median of ${offs.length})`);

    await page.goto("/you/crank-angle");
    await page.getByRole("button", { name: "Forget the angle" }).click();
    await known.waitFor({ state: "detached" });
    assert.equal(await page.evaluate(() => localStorage.getItem("upbeat.crank-angles")), "{}");
    assert.deepEqual(errors, []);
  },
);
