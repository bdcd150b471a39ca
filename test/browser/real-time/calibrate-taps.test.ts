import assert from "node:assert/strict";
import { test } from "node:test";
import { oneServer } from "../one-server.ts";
import { recordAudio } from "../recorder.ts";

const openPage = oneServer();

/** Runs in the page: somebody who hears every click `lateMs` after it has left the device, and taps it with the space bar. */
function tapAlong(lateMs: number): void {
  let heard = 0;
  let lastMs = -Infinity;
  setInterval(() => {
    const { recording } = globalThis as unknown as {
      recording: { fromFrame: number; peaks: number[]; aheadMs: number }[];
    };
    for (const { fromFrame, peaks, aheadMs } of recording.slice(heard)) {
      heard += 1;
      peaks.forEach((level, index) => {
        const atMs = fromFrame / 48 + index + aheadMs;
        if (level < 0.2 || atMs - lastMs < 200) return;
        lastMs = atMs;
        const tap = () => document.dispatchEvent(new KeyboardEvent("keydown", { key: " ", bubbles: true }));
        setTimeout(tap, atMs + lateMs - performance.now());
      });
    }
  }, 10);
}

test(
  "tapping to the beat measures how late the sound is, and it is kept",
  { timeout: 120_000 },
  async (t) => {
    const { page, errors } = await openPage({ bypassCSP: true });
    await recordAudio(page);
    await page.goto("/you");
    await page.getByRole("link", { name: "Tap to the beat" }).click();
    await page.reload(); // the recorder begins with a new document
    await page.evaluate(tapAlong, 180);
    await page.getByRole("button", { name: "Start" }).click();
    await page.getByText("Listen").waitFor();
    const result = page.getByText("Sound reaches you late by");
    await result.waitFor({ timeout: 60_000 });
    const measuredMs = Number(/late by (\d+) ms/.exec((await result.textContent()) ?? "")?.[1]);
    t.diagnostic(`${measuredMs} ms measured of 180`);
    assert.ok(Math.abs(measuredMs - 180) <= 25, `${measuredMs} ms`);
    await page.reload();
    await page.getByText(`${measuredMs} ms`).waitFor();
    await page.getByRole("button", { name: "Forget it" }).click();
    await page.getByText(`${measuredMs} ms`).waitFor({ state: "detached" });
    assert.deepEqual(errors, []);
    await page.context().close();
  },
);
