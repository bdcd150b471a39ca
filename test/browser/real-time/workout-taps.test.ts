/** At one turn a second a sensor that speaks once a second hides its clock: the screen asks for taps, and says why. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { Page } from "playwright-core";
import { violationsOn } from "../accessible.ts";
import { chooseSensor } from "../choose-sensor.ts";
import { clickTrack, openPage } from "../harness.ts";
import { cadenceSensor, Pedalling } from "../pedalling.ts";
import { pageClockAheadMs } from "../recorder.ts";
import { openWithSensors } from "../with-sensors.ts";

const angleRev = 0.3;
const aClass = "cycling-endurance-20";
const workout = `/workout/${aClass}?source=sensors&mode=follow`;

/** As the page of the angle keeps it, for every sensor this browser knows. */
async function keepAngle(page: Page): Promise<void> {
  await page.evaluate((angle) => {
    const sensors = JSON.parse(localStorage.getItem("upbeat.known-sensors") ?? "[]") as { id: string }[];
    const angles = sensors.map(({ id }) => [id, { angleRev: angle, delayMs: 5, uncertaintyMs: 10 }]);
    localStorage.setItem("upbeat.crank-angles", JSON.stringify(Object.fromEntries(angles)));
  }, angleRev);
}

test(
  "a cadence that hides the sensor's clock: the screen asks for taps, and a few are enough",
  { timeout: 240_000 },
  async (t) => {
    const { bluez, upbeat, browser } = await openWithSensors(t, [cadenceSensor], {
      "a.wav": clickTrack(120, 150),
    });
    const { page, errors } = await openPage(browser, upbeat, { bypassCSP: true });
    await chooseSensor(page, cadenceSensor.name);
    await page.goto(workout);
    await page.getByRole("button", { name: "Add a sensor" }).click();
    await bluez.subscribed(cadenceSensor);
    await page.getByText(cadenceSensor.name, { exact: true }).waitFor();
    await keepAngle(page);
    await page.reload();
    // Midway between notifications: where one comes just before or after an event, its clock shows.
    const pedalling = new Pedalling(bluez, 60, angleRev, cadenceSensor, 500);
    t.after(() => pedalling.stop());
    await page.getByRole("button", { name: "Add a sensor" }).click();
    await page.getByRole("button", { name: "Start", exact: true }).click();

    const asked = page.getByText("Tap along with your foot, a few times.");
    await asked.waitFor({ timeout: 120_000 });
    const tap = page.getByRole("button", { name: "Tap", exact: true });
    await tap.waitFor();
    assert.deepEqual(await violationsOn(page, { aaa: true }), []);
    const aheadMs = await pageClockAheadMs(page);
    let taps = 0;
    for (let seen = pedalling.topsMs.length; await asked.isVisible(); await wait(100)) {
      const tops = pedalling.topsMs.slice(seen).map((topMs) => topMs + aheadMs);
      seen += tops.length;
      taps += tops.length;
      await page.evaluate((times) => {
        // Gone as soon as the taps are enough.
        const button = document.querySelector("button.tap");
        for (const tMs of times) {
          const event = new PointerEvent("pointerdown", { bubbles: true });
          Object.defineProperty(event, "timeStamp", { value: tMs });
          button?.dispatchEvent(event);
        }
      }, tops);
    }
    t.diagnostic(`${taps} taps`);
    assert.ok(taps >= 3 && taps <= 15, `${taps} taps`);
    await tap.waitFor({ state: "detached" });
    await page.keyboard.press("w");
    await page.getByText("Knows when you push").waitFor();
    assert.deepEqual(errors, []);
  },
);
