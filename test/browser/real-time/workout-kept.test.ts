import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { clickTrack, closeBrowser, openBrowser, openPage, startUpbeat } from "../harness.ts";
import { recordAudio, recorded } from "../recorder.ts";

const aClass = "cycling-endurance-20";

/** Rows that lie in the browser's database for the workout under way. */
async function keptRows(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open("upbeat-workouts");
      request.addEventListener("success", () => resolve(request.result));
      request.addEventListener("error", () => reject(new Error("no database")));
    });
    const count = await new Promise<number>((resolve) => {
      const request = database.transaction("rows").objectStore("rows").count();
      request.addEventListener("success", () => resolve(request.result));
    });
    database.close();
    return count;
  });
}

async function untilKept(page: Page, rows: number): Promise<number> {
  for (;;) {
    const kept = await keptRows(page);
    if (kept >= rows) return kept;
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}

async function playing(page: Page): Promise<string | undefined> {
  return page.evaluate(() => navigator.mediaSession.metadata?.title);
}

/** All audio files of the soundtrack lie in the browser. */
async function untilAudioKept(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    const { items } = await (await fetch("/v1/tracks")).json();
    const keys = await (await caches.open("upbeat-audio")).keys();
    return keys.length >= items.length;
  });
}

test(
  "the server is killed, the page is reloaded without it, and the workout goes on and loses nothing",
  { timeout: 240_000 },
  async (t) => {
    const upbeat = await startUpbeat({ "a.wav": clickTrack(170, 70), "b.wav": clickTrack(164, 70) });
    t.after(() => upbeat.close());
    await upbeat.musicRead();
    const browser = await openBrowser();
    t.after(() => closeBrowser(browser));
    const { page } = await openPage(browser, upbeat, { bypassCSP: true });
    await page.evaluate(() => navigator.serviceWorker.ready);
    await recordAudio(page);
    await page.goto(`/workout/${aClass}?source=simulated`);
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await untilAudioKept(page);
    await untilKept(page, 4);

    await upbeat.kill();
    const rowsAtKill = await keptRows(page);
    const track = await playing(page);
    await page.getByRole("button", { name: "Skip track", exact: true }).click();
    await page.waitForFunction((was) => navigator.mediaSession.metadata?.title !== was, track);
    await untilKept(page, rowsAtKill + 3);
    await page.goto("/");
    await page.getByRole("link", { name: "Continue" }).click();
    await page.getByRole("button", { name: "Start", exact: true }).click();
    const rowsAtReload = await keptRows(page);
    await untilKept(page, rowsAtReload + 5);
    const { levels } = await recorded(page);
    assert.ok(Math.max(...levels) > 0.05, "music sounds without the server");

    await upbeat.crashAndRestart();
    const rowsAtReturn = await keptRows(page);
    await untilKept(page, rowsAtReturn + 1);
    await page.getByRole("button", { name: "End", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: /^End/ }).click();
    await page.waitForURL(/\/history\/[0-9a-f-]+$/, { timeout: 60_000 });
    const id = page.url().split("/").at(-1);
    const series = await page.evaluate(
      async (workoutId) => (await fetch(`/v1/workouts/${workoutId}/series`)).json(),
      id,
    );
    const seconds: number[] = series.rows.map(({ tS }: { tS: number }) => tS);
    t.diagnostic(`${seconds.length} rows; ${rowsAtKill} before the kill, ${rowsAtReload} before the reload`);
    assert.ok(seconds.length > rowsAtReturn, "rows from before and after the outage are there");
    assert.deepEqual(
      seconds,
      seconds.map((_, index) => (seconds[0] ?? 0) + index),
      "no second is missing or doubled",
    );
    assert.equal(await keptRows(page), 0, "the browser has let go of what the server has");
  },
);
