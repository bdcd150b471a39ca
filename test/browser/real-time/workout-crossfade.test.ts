import assert from "node:assert/strict";
import { test } from "node:test";
import { clickTrack, closeBrowser, openBrowser, openPage, startUpbeat } from "../harness.ts";
import { recordAudio, recorded } from "../recorder.ts";

const aClass = "cycling-endurance-20";

/** Moments (ms) at which the level rises over a quarter of the loudest, after at least 3 ms below it. */
function bursts(levels: readonly number[]): number[] {
  const threshold = levels.reduce((most, level) => Math.max(most, level), 0) / 4;
  const found: number[] = [];
  let lastLoudMs = -Infinity;
  levels.forEach((level, atMs) => {
    if (level < threshold) return;
    if (atMs - lastLoudMs > 3) found.push(atMs);
    lastLoudMs = atMs;
  });
  return found;
}

test("two tracks of different tempo are mixed with their beats together", { timeout: 240_000 }, async (t) => {
  const upbeat = await startUpbeat({ "a.wav": clickTrack(156, 75), "b.wav": clickTrack(165, 75) });
  t.after(() => upbeat.close());
  await upbeat.musicRead();
  const browser = await openBrowser();
  t.after(() => closeBrowser(browser));
  const { page } = await openPage(browser, upbeat, { bypassCSP: true });
  await recordAudio(page);
  await page.goto(`/workout/${aClass}?source=none`);
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.waitForFunction(() => (globalThis as unknown as { recording: unknown[] }).recording.length > 40);
  const before = await page.evaluate(() => navigator.mediaSession.metadata?.title);
  await page.getByRole("button", { name: "Skip track", exact: true }).click();
  await page.waitForFunction((was) => navigator.mediaSession.metadata?.title !== was, before, {
    timeout: 60_000,
  });
  const length = await page.evaluate(
    () => (globalThis as unknown as { recording: unknown[] }).recording.length,
  );
  await page.waitForFunction(
    (from) => (globalThis as unknown as { recording: unknown[] }).recording.length > from + 60,
    length,
  );
  const { levels } = await recorded(page);
  const onsets = bursts(levels);
  const gaps = onsets.slice(1).map((atMs, index) => atMs - onsets[index]);
  const apart = gaps.filter((gapMs) => gapMs < 150);
  t.diagnostic(
    `beats of the two tracks heard apart: ${JSON.stringify(apart)} ms; others ${Math.min(...gaps)}..${Math.max(...gaps)} ms`,
  );
  assert.ok(onsets.length > 20);
  assert.ok(
    apart.every((gapMs) => gapMs <= 10),
    `beats apart by ${apart.join(", ")} ms`,
  );
});
