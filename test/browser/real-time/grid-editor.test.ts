/** A grid is repaired on the track's page and heard against a click; a dropped file is analysed without leaving. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import {
  clickTrack,
  closeBrowser,
  openBrowser,
  openPage,
  sizes,
  startUpbeat,
  type Upbeat,
} from "../harness.ts";
import { listen, recordAudio, recorded } from "../recorder.ts";

let upbeat: Upbeat;
let browser: Browser;

before(async () => {
  [upbeat, browser] = await Promise.all([
    startUpbeat({ "click-120.wav": clickTrack(120, 60) }),
    openBrowser(),
  ]);
  await upbeat.musicRead();
});
after(async () => {
  await closeBrowser(browser);
  await upbeat?.close();
});

async function openEditor(page: Page): Promise<void> {
  await page.goto("/music");
  await page.getByRole("link", { name: "click-120" }).click();
  await page.getByText(/^12[01]\sbeats, \d+\sbars, 120\.00 BPM$/).waitFor();
}

test("a grid is halved, undone, shifted by keys, saved, and taken back", async () => {
  const { page, errors } = await openPage(browser, upbeat);
  await openEditor(page);
  await page.getByRole("button", { name: "Half", exact: true }).click();
  await page.getByText("60.00 BPM").waitFor();
  await page.getByRole("button", { name: "Undo: half" }).click();
  await page.getByText("120.00 BPM").waitFor();
  const place = page.getByRole("slider", { name: "Place in the track" });
  await place.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  assert.match((await place.getAttribute("aria-valuetext")) ?? "", /^0:0[01]\.\d\d, beat 3 of 12[01]$/);
  await page.keyboard.press("d");
  await page.getByText("240.00 BPM").waitFor();
  await page.keyboard.press("Control+z");
  await page.keyboard.press(".");
  await page.keyboard.press("b");
  await page.getByRole("button", { name: "Save the grid" }).click();
  await page.getByText("edited by hand").waitFor();
  await page.reload();
  await page.getByText("edited by hand").waitFor();
  const saved = await page.evaluate(async () => {
    const { items } = await (await fetch("/v1/tracks")).json();
    const at = async (path: string) => (await fetch(`/v1/tracks/${items[0].id}/beat-grid${path}`)).json();
    return { own: await at(""), analysed: await at("/analysed") };
  });
  const { own, analysed } = saved;
  assert.ok(Math.abs(own.beatsS[4] - analysed.beatsS[4] - 0.01) < 1e-6, String(own.beatsS[4]));
  assert.ok(Math.abs(own.downbeatsS[0] - own.beatsS[2]) < 1e-6, "the bar begins at the third beat");
  await page.getByRole("button", { name: "Back to the analysed grid" }).click();
  await page.getByRole("button", { name: "Save the grid" }).click();
  await page.getByText("found by analysis").waitFor();
  assert.deepEqual(errors, []);
  await page.context().close();
});

test("the click sounds on the beat, where the music is", async (t) => {
  const { page } = await openPage(browser, upbeat, { bypassCSP: true });
  await recordAudio(page);
  await openEditor(page);
  await page.getByText("Click on the beats").waitFor();
  await page.getByRole("button", { name: "Play" }).click();
  await listen(page, 6);
  const { levels } = await recorded(page);
  // The recorder counts in 48 samples, the track in 22,050 a second.
  const unitMs = (48 / 22_050) * 1000;
  const loudest = Math.max(...levels);
  const onsets = levels.flatMap((level, at) =>
    level > 0.5 * loudest &&
    !levels.slice(Math.max(0, at - 40), at).some((earlier) => earlier > 0.5 * loudest)
      ? [at * unitMs]
      : [],
  );
  t.diagnostic(`${onsets.length} onsets`);
  assert.ok(onsets.length >= 8, "beats are heard");
  for (const [index, onset] of onsets.slice(1).entries()) {
    // A click apart from its beat in the music would be an onset of its own.
    assert.ok(
      Math.abs(onset - (onsets[index] ?? 0) - 500) <= 8,
      `${onset - (onsets[index] ?? 0)} ms from beat to beat`,
    );
  }
  await page.context().close();
});

test("a file is analysed in the page, and nothing of it is sent", async () => {
  const { page, errors } = await openPage(browser, upbeat, { viewport: sizes.phone });
  await page.goto("/music");
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET") sent.push(`${request.method()} ${request.url()}`);
  });
  const path = join(upbeat.dataDir, "..", "dropped 90.wav");
  writeFileSync(path, clickTrack(90, 40));
  await page.getByLabel("Choose a file").setInputFiles(path);
  const result = page.getByRole("group", { name: "dropped 90.wav" });
  await result.getByText(/^(90\.0|180\.0)\sBPM$/).waitFor({ timeout: 60_000 });
  assert.deepEqual(sent, []);
  writeFileSync(path, "no music");
  await page.getByLabel("Choose a file").setInputFiles(path);
  await page.getByRole("alert").filter({ hasText: "not an audio file" }).waitFor();
  assert.deepEqual(errors, []);
  await page.context().close();
});
