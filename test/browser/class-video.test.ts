/** A class with a video: chosen in the editor, missed and found, played in time with the class, the music lowered under it. */
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Page } from "playwright-core";
import { classById } from "#domain/catalogue/index.ts";
import { violationsOn } from "./accessible.ts";
import { sizes } from "./harness.ts";
import { oneServer } from "./one-server.ts";
import { listen, recordAudio, recorded, type Recording } from "./recorder.ts";

const openPage = oneServer();

const filmRate = 8_000;
/** Of full scale: -33 dBFS is a quiet voice, and does not hide the clicks of the music. */
const voicePeak = 0.03;

/** A film without a picture, as a WAV: silence, and a tone in each of the spans (s). */
function film(durationS: number, spans: readonly (readonly [fromS: number, toS: number])[]): Buffer {
  const pcm = Buffer.alloc(durationS * filmRate * 2);
  for (const [fromS, toS] of spans)
    for (let index = fromS * filmRate; index < toS * filmRate; index += 1)
      pcm.writeInt16LE(
        Math.round(Math.sin((2 * Math.PI * 1000 * index) / filmRate) * voicePeak * 32_767),
        index * 2,
      );
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + pcm.length, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(filmRate, 24);
  header.writeUInt32LE(filmRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(pcm.length, 40);
  return Buffer.concat([header, pcm]);
}

/** The class begins here in the film. */
const offsetS = 3;
/** In class time. */
const voiceFromS = 5;
const voiceToS = 9;
const bytes = film(70, [
  [offsetS + voiceFromS, offsetS + voiceToS],
  [offsetS + 20, offsetS + 22],
]);
const file = { name: "coach.wav", mimeType: "audio/wav", buffer: bytes };
const ownFile = { fileName: file.name, sizeBytes: bytes.length, offsetS };
const address = "https://videos.example/coach.wav";
const catalogued = classById("cycling-endurance-20");

async function saveClass(page: Page, id: string, video: object): Promise<void> {
  const answer = await page.request.put(`/v1/classes/${id}`, {
    data: { ...catalogued, id, title: "On film", video },
  });
  assert.equal(answer.status(), 200, await answer.text());
}

const video = (page: Page) => page.locator(".video-panel video");

async function openWorkout(page: Page, id: string): Promise<void> {
  await page.goto(`/workout/${id}?source=none`);
  await page.getByRole("button", { name: "Start", exact: true }).waitFor();
}

interface Watched {
  /** performance.now() when each second of the class was first seen on the screen. */
  readonly seconds: { readonly classS: number; readonly atMs: number }[];
  readonly moments: { readonly atMs: number; readonly videoS: number; readonly rate: number }[];
}

/** Notes when the class's seconds pass and where the video is then, from outside: what the screen and the element say. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watched: Watched = { seconds: [], moments: [] };
    Object.assign(globalThis, { watched });
    const element = document.querySelector<HTMLVideoElement>(".video-panel video");
    const passed = document.querySelector(".whole-class-times span");
    if (element === null || passed === null) throw new Error("Nothing to watch.");
    new MutationObserver(() => {
      const [minutes = 0, seconds = 0] = (passed.textContent ?? "").split(":").map(Number);
      watched.seconds.push({ classS: minutes * 60 + seconds, atMs: performance.now() });
    }).observe(passed, { characterData: true, childList: true, subtree: true });
    setInterval(() => {
      const { currentTime, playbackRate } = element;
      watched.moments.push({ atMs: performance.now(), videoS: currentTime, rate: playbackRate });
    }, 50);
  });
}

const watchedOn = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { watched: Watched }).watched);

/** Page time at which the class began: seconds are seen up to a tenth late, the soonest of them least. */
function classStartMs({ seconds }: Watched): number {
  return Math.min(...seconds.map(({ classS, atMs }) => atMs - classS * 1000));
}

/** Page times (ms) between which the tone is heard: every millisecond is over its floor, and 20 ms around are. */
function toneIn({ levels, timesMs }: Recording): readonly [fromMs: number, toMs: number] {
  let run = 0;
  let fromMs = Number.NaN;
  for (const [index, level] of levels.entries()) {
    const isOn = level > voicePeak / 4;
    if (isOn) run += 1;
    if (run === 100 && Number.isNaN(fromMs)) fromMs = timesMs[index - 99] ?? Number.NaN;
    if (!isOn && !Number.isNaN(fromMs) && run >= 100) return [fromMs, timesMs[index] ?? Number.NaN];
    if (!isOn) run = 0;
  }
  return [fromMs, Infinity];
}

/** The middle of the loudest levels of each half second between two page times: how loud the clicks are. */
function clickPeak({ levels, timesMs }: Recording, fromMs: number, toMs: number): number {
  const windows = new Map<number, number>();
  levels.forEach((level, index) => {
    const atMs = timesMs[index] ?? 0;
    if (atMs < fromMs || atMs >= toMs) return;
    const window = Math.floor(atMs / 500);
    windows.set(window, Math.max(windows.get(window) ?? 0, level));
  });
  const peaks = [...windows.values()].toSorted((a, b) => a - b);
  return peaks[peaks.length >> 1] ?? Number.NaN;
}

async function untilClassTime(page: Page, classS: number): Promise<void> {
  const text = `${Math.floor(classS / 60)}:${String(classS % 60).padStart(2, "0")}`;
  await page.waitForFunction(
    (shown) => document.querySelector(".whole-class-times span")?.textContent === shown,
    text,
  );
}

test("the film keeps with the class, and the music goes down while the coach speaks", async (t: TestContext) => {
  const { page, errors } = await openPage({ bypassCSP: true });
  page.setDefaultTimeout(25_000);
  await saveClass(page, "own-film-1", ownFile);
  await recordAudio(page);
  await openWorkout(page, "own-film-1");
  await page.getByText(/coach\.wav \(1\.1.MB\) is not on this device/).waitFor();
  await page.getByLabel("Choose it").setInputFiles({ ...file, name: "other.wav" });
  await page.getByText("That is another file.").waitFor();
  await page.getByLabel("Choose it").setInputFiles(file);
  await video(page).waitFor();
  await watch(page);
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await untilClassTime(page, voiceToS + 4);
  const watched = await watchedOn(page);
  const startMs = classStartMs(watched);
  const recording = await recorded(page);
  const [fromMs, toMs] = toneIn(recording);
  const heardS = (fromMs - startMs) / 1000;
  const aheadS = watched.moments
    .filter(({ atMs }) => atMs > startMs + 3_000)
    .map(({ atMs, videoS }) => videoS - offsetS - (atMs - startMs) / 1000)
    .toSorted((a, b) => a - b);
  const middle = aheadS[aheadS.length >> 1] ?? Number.NaN;
  const before = clickPeak(recording, startMs + 2_000, fromMs - 100);
  const under = clickPeak(recording, fromMs + 1_000, toMs - 100);
  const after = clickPeak(recording, toMs + 2_800, Infinity);
  const down = (level: number) => 20 * Math.log10(level / before);
  t.diagnostic(
    `coach heard at ${heardS.toFixed(3)} s of ${voiceFromS}; film ahead by ${(middle * 1000).toFixed(0)} ms in the middle ` +
      `(${aheadS[0]}..${aheadS.at(-1)} s); music ${down(under).toFixed(1)} dB under the voice, ${down(after).toFixed(1)} dB after`,
  );
  assert.ok(Math.abs(heardS - voiceFromS) < 0.25, `heard at ${heardS} s`);
  assert.ok(Math.abs(middle) < 0.15, `ahead by ${middle} s`);
  assert.ok(down(under) < -7.5 && down(under) > -10.5, `${down(under)} dB under the voice`);
  assert.ok(Math.abs(down(after)) < 1, `${down(after)} dB after it`);
  assert.deepEqual(errors, []);
  await page.context().close();
});
