/** What can move the music without a sensor: a FIT file, taps, the phone. The coach is heard meanwhile, the screen stays on. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { encodeActivity } from "#protocol/fit/write-activity.ts";
import {
  clickTrack,
  closeBrowser,
  openBrowser,
  openPage,
  sizes,
  startUpbeat,
  type Upbeat,
} from "../harness.ts";
import { listen, recordAudio, recorded, untilMusicGoesAt, type Recording } from "../recorder.ts";

/** After its warm-up comes a block of 20 s. */
const aClass = "cycling-15-15-12x15s-20";
const aRun = "running-easy-run-20";
const cadenceRpm = 84;

let upbeat: Upbeat;
let browser: Browser;

before(async () => {
  const music = { "a.wav": clickTrack(170, 80), "b.wav": clickTrack(172, 70) };
  [upbeat, browser] = await Promise.all([startUpbeat(music), openBrowser()]);
  await upbeat.musicRead();
});

after(async () => {
  await closeBrowser(browser);
  await upbeat?.close();
});

/** Five minutes at one cadence, as FIT. */
function recordedRide(): Buffer {
  const rows = Array.from({ length: 300 }, (_, tS) => ({
    tS,
    cadence: cadenceRpm,
    powerW: 180,
    heartRateBpm: 131,
    speedMps: null,
    tempoBpm: null,
    phaseErrorMs: null,
  }));
  const head = {
    id: "01990000-0000-7000-8000-000000000000",
    classId: aClass,
    classTitle: "A ride",
    sport: "cycling",
    startedAtMs: Date.UTC(2026, 0, 5, 18),
    mode: "auto",
    source: "sensors",
  } as const;
  const end = {
    durationS: 300,
    reason: "class-finished",
    trackPlays: [],
    blockPasses: [],
    distrustS: 0,
  } as const;
  return Buffer.from(encodeActivity({ head, end, rows }));
}

interface Spoken {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** Runs in the page before its scripts: a voice that takes 1.5 s for everything, a wake lock that counts its requests. */
function pretendDevices(): void {
  const spoken: { text: string; startMs: number; endMs: number }[] = [];
  const locks: { released: boolean }[] = [];
  let stop = () => {};
  const voice = {
    getVoices: () => [{ name: "Test voice", lang: "en" }],
    cancel: () => stop(),
    speak(utterance: SpeechSynthesisUtterance) {
      const entry = { text: utterance.text, startMs: performance.now(), endMs: Infinity };
      spoken.push(entry);
      utterance.dispatchEvent(new Event("start"));
      const end = () => {
        if (entry.endMs < Infinity) return;
        entry.endMs = performance.now();
        utterance.dispatchEvent(new Event("end"));
      };
      stop = end;
      setTimeout(end, 1_500);
    },
  };
  const wakeLock = {
    async request() {
      const lock = { released: false };
      locks.push(lock);
      return {
        async release() {
          lock.released = true;
        },
      };
    },
  };
  Object.defineProperty(globalThis, "speechSynthesis", { value: voice });
  Object.defineProperty(navigator, "wakeLock", { value: wakeLock });
  Object.assign(globalThis, { spoken, locks });
}

async function spokenIn(page: Page): Promise<Spoken[]> {
  return page.evaluate(() => (globalThis as unknown as { spoken: Spoken[] }).spoken);
}

async function locksIn(page: Page): Promise<{ released: boolean }[]> {
  return page.evaluate(() => (globalThis as unknown as { locks: { released: boolean }[] }).locks);
}

async function show(page: Page, visibility: "visible" | "hidden"): Promise<void> {
  await page.evaluate((state) => {
    Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, visibility);
}

/** The loudest level between two host times. */
function loudest({ levels, timesMs }: Recording, fromMs: number, toMs: number): number {
  return levels.reduce((most, level, index) => {
    const atMs = timesMs[index] ?? 0;
    return atMs >= fromMs && atMs < toMs ? Math.max(most, level) : most;
  }, 0);
}

/** The music locks on somebody, and its beats come at their tempo. */
async function musicGoesAt(page: Page, wantedBpm: number): Promise<void> {
  await page.getByText("locked", { exact: false }).first().waitFor();
  await untilMusicGoesAt(page, wantedBpm);
}

test(
  "a FIT file moves the music, the coach is heard over it, the screen stays on",
  { timeout: 240_000 },
  async (t) => {
    const { page, errors } = await openPage(browser, upbeat, { bypassCSP: true });
    await recordAudio(page);
    await page.addInitScript(pretendDevices);
    await page.goto(`/workout/${aClass}?source=replay&mode=follow`);
    const chooser = page.waitForEvent("filechooser");
    await page.getByText("Choose a FIT file").click();
    await (await chooser).setFiles({ name: "ride.fit", mimeType: "application/fit", buffer: recordedRide() });
    await page.getByRole("button", { name: "Start", exact: true }).last().click();
    await page.getByText("FIT file").waitFor();
    await musicGoesAt(page, 2 * cadenceRpm);
    assert.equal((await locksIn(page)).length, 1);
    await show(page, "hidden");
    assert.equal((await locksIn(page)).length, 1, "none is asked for while hidden");
    await show(page, "visible");
    assert.equal((await locksIn(page)).length, 2, "it is taken again on return");

    await page.getByRole("button", { name: "Skip block", exact: true }).click();
    await page.getByText("In a moment").waitFor();
    await page.getByRole("timer").getByText("1", { exact: true }).waitFor();
    await listen(page, 1);
    const spoken = await spokenIn(page);
    t.diagnostic(spoken.map(({ text }) => text).join(" / "));
    assert.match(spoken[0]?.text ?? "", /^Warm-up/, "the class's first cue");
    assert.ok(
      spoken.some(({ text }) => text.startsWith("Next: ")),
      "the next block is named",
    );
    assert.deepEqual(
      spoken.map(({ text }) => text).filter((text) => /^[123]$/.test(text)),
      ["3", "2", "1"],
    );
    const sound = await recorded(page);
    const next = spoken.find(({ text }) => text.startsWith("Next: "));
    assert.ok(next !== undefined);
    const under = loudest(sound, next.startMs + 400, next.endMs);
    const after = loudest(sound, next.endMs + 500, next.endMs + 1_600);
    t.diagnostic(`music under the voice at ${(under / after).toFixed(2)} of its level`);
    assert.ok(under > 0 && under < 0.6 * after, `${under} under the voice, ${after} after it`);
    assert.deepEqual(errors, []);
  },
);

test("taps move the music", { timeout: 240_000 }, async () => {
  const { page, errors } = await openPage(browser, upbeat, { bypassCSP: true });
  await recordAudio(page);
  await page.goto(`/workout/${aClass}?source=tapping&mode=follow`);
  await page.getByRole("button", { name: "Start", exact: true }).last().click();
  await page.getByRole("button", { name: "Tap", exact: true }).waitFor();
  await page.evaluate(
    (everyMs) => {
      setInterval(
        () => document.dispatchEvent(new KeyboardEvent("keydown", { key: "t", bubbles: true })),
        everyMs,
      );
    },
    60_000 / (2 * cadenceRpm),
  );
  await musicGoesAt(page, 2 * cadenceRpm);
  assert.deepEqual(errors, []);
  await page.context().close();
});

/** Runs in the page: the phone goes up and down with steps, 60 times a second. */
function carryPhone(stepsPerMinute: number): void {
  setInterval(() => {
    const up = 9.81 + 4 * Math.cos((2 * Math.PI * stepsPerMinute * performance.now()) / 60_000);
    const accelerationIncludingGravity = { x: 0.6 * up, y: 0.8 * up, z: 0 };
    dispatchEvent(new DeviceMotionEvent("devicemotion", { accelerationIncludingGravity }));
  }, 1000 / 60);
}

test("steps felt by the phone move the music", { timeout: 240_000 }, async () => {
  const phone = { viewport: sizes.phone, hasTouch: true, isMobile: true };
  const { page, errors } = await openPage(browser, upbeat, { bypassCSP: true, ...phone });
  await recordAudio(page);
  await page.goto(`/classes/${aRun}`);
  await page.getByRole("radio", { name: "Phone motion" }).check();
  await page.goto(`/workout/${aRun}?source=motion&mode=follow`);
  await page.evaluate(carryPhone, 158);
  await page.getByRole("button", { name: "Start", exact: true }).last().click();
  await page.getByText("This phone's motion").waitFor();
  await musicGoesAt(page, 158);
  assert.deepEqual(errors, []);
  await page.context().close();
});
