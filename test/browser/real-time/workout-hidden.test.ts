import assert from "node:assert/strict";
import { test } from "node:test";
import { clickTrack, startUpbeat } from "../harness.ts";
import { openPlainBrowser } from "../plain-browser.ts";
import { clicksIn, recordedExpression, recorderSource, tempoOf } from "../recorder.ts";
import type { Recording } from "../recorder.ts";

/** Its first block asks for 80 rpm: 160 BPM at two beats a revolution, as the track has. */
const aClass = "cycling-endurance-20";
const startButton = `[...document.querySelectorAll("button")].find(({ innerText }) => innerText.trim() === "Start")`;
const keptSeconds = `new Promise((resolve) => {
  const open = indexedDB.open("upbeat-workouts");
  open.onsuccess = () => {
    const rows = open.result.transaction("rows").objectStore("rows").getAll();
    rows.onsuccess = () => { open.result.close(); resolve(rows.result.map(({ tS }) => tS)); };
  };
})`;

test("a hidden tab goes on sounding, conducting and recording", { timeout: 240_000 }, async (t) => {
  const upbeat = await startUpbeat({ "a.wav": clickTrack(160, 70) });
  t.after(() => upbeat.close());
  await upbeat.musicRead();
  const browser = await openPlainBrowser();
  t.after(() => browser.close());
  const page = await browser.openTab();
  await page.addInitScript(recorderSource);
  await page.goto(upbeat.address);
  await page.until(`document.readyState === "complete"`);
  await page.goto(`${upbeat.address}/workout/${aClass}?source=none`);
  await page.until(`${startButton}?.disabled === false && ${startButton}?.ariaDisabled !== "true"`);
  await page.evaluate(`${startButton}.click()`);
  await page.until(`globalThis.recording?.length > 30`);

  await browser.openTab();
  await page.until(`document.visibilityState === "hidden"`);
  const hiddenMs = await page.evaluate<number>("performance.now()");
  const secondsThen = await page.evaluate<number[]>(keptSeconds);
  await page.until(`performance.now() > ${hiddenMs} + 12000`);
  const clicks = clicksIn(await page.evaluate<Recording>(recordedExpression));
  const seconds = await page.evaluate<number[]>(keptSeconds);
  const spacings = clicks.slice(1).map((atMs, index) => atMs - clicks[index]);
  const tempoBpm = tempoOf(clicks, hiddenMs, Infinity);
  t.diagnostic(`${seconds.length - secondsThen.length} rows and ${tempoBpm.toFixed(1)} BPM while hidden`);
  assert.equal(await page.evaluate("document.visibilityState"), "hidden");
  assert.ok(Math.abs(tempoBpm - 160) < 160 * 0.02, `${tempoBpm} BPM`);
  assert.ok(Math.max(...spacings) < 1_000, "no beat is missing for long");
  assert.ok(seconds.length - secondsThen.length >= 10, `${seconds.length - secondsThen.length} rows in 12 s`);
  assert.deepEqual(
    seconds,
    seconds.map((_, second) => second),
    "every second is kept once",
  );
});
