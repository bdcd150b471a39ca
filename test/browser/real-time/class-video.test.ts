/** A class with a video: chosen in the editor, missed and found, played in time with the class, the music lowered under it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { classById } from "#domain/catalogue/index.ts";
import { violationsOn } from "../accessible.ts";
import { pictureFilm, talkingFilm, voiceFilm } from "../film.ts";
import { sizes } from "../harness.ts";
import { oneServer } from "../one-server.ts";
import { recordAudio, recorded, type Recording } from "../recorder.ts";

const openPage = oneServer();

/** Three blocks: long enough to listen to, short enough to wait for. */
const blockS = 20;
const classS = 3 * blockS;
/** The class begins here in the film. */
const offsetS = 3;
/** Class times at which the coach speaks: in the first block, and in the second. */
const firstVoice = [3, 6] as const;
const secondVoice = [23, 25] as const;
/** The film ends so far into the class's last block. */
const filmEndsAtS = 42;
/** Of full scale: -33 dBFS is a quiet voice, and does not hide the clicks of the music. */
const voicePeak = 0.03;

const bytes = voiceFilm(
  offsetS + filmEndsAtS,
  voicePeak,
  [firstVoice, secondVoice].map(([fromS, toS]) => [offsetS + fromS, offsetS + toS] as const),
);
const coach = { name: "coach.wav", mimeType: "audio/wav", buffer: bytes };

async function saveClass(page: Page, id: string, video: object): Promise<void> {
  const made = classById("cycling-endurance-20");
  assert.ok(made);
  const blocks = [0, 1, 2].map((index) => ({ ...made.blocks[1], startS: index * blockS, durationS: blockS }));
  const data = { ...made, id, title: "On film", durationS: classS, blocks, cues: [], video };
  const answer = await page.request.put(`/v1/classes/${id}`, { data });
  assert.equal(answer.status(), 200, await answer.text());
}

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const picture = (page: Page) => page.getByRole("group", { name: "Video of the class" });
const isPaused = (page: Page) =>
  page.locator(".video-panel video").evaluate((video: HTMLVideoElement) => video.paused);

interface Watched {
  /** performance.now() when each second of the class was first seen to have begun. */
  readonly seconds: { readonly classS: number; readonly atMs: number }[];
  readonly moments: { readonly atMs: number; readonly videoS: number }[];
}

/** Notes when the class's seconds pass and where the video is then, from outside: what the screen and the element say. */
async function watch(page: Page): Promise<void> {
  await page.evaluate((durationS) => {
    const watched: Watched = { seconds: [], moments: [] };
    Object.assign(globalThis, { watched });
    const element = document.querySelector<HTMLVideoElement>(".video-panel video");
    const left = document.querySelector(".whole-class-times span:last-child");
    if (element === null || left === null) throw new Error("Nothing to watch.");
    new MutationObserver(() => {
      const [minutes = 0, seconds = 0] = (left.textContent ?? "").slice(1).split(":").map(Number);
      // What is left is rounded down: the next second of the class has just begun.
      watched.seconds.push({ classS: durationS - 1 - minutes * 60 - seconds, atMs: performance.now() });
    }).observe(left, { characterData: true, childList: true, subtree: true });
    setInterval(() => watched.moments.push({ atMs: performance.now(), videoS: element.currentTime }), 50);
  }, classS);
}

const watchedOn = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { watched: Watched }).watched);

async function untilClassTime(page: Page, atS: number): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      (globalThis as unknown as { watched: Watched }).watched.seconds.some(({ classS: s }) => s >= wanted),
    atS,
  );
}

/** Page time at which the class would have begun, by its seconds in a span: they are seen up to a tenth late, the soonest least. */
function beganMs({ seconds }: Watched, fromS: number, toS: number): number {
  const inside = seconds.filter(({ classS: s }) => s >= fromS && s <= toS);
  return Math.min(...inside.map(({ classS: s, atMs }) => atMs - s * 1000));
}

/** How far the film was ahead of the class (s) between two class times, in order of size. */
function aheadS(watched: Watched, fromS: number, toS: number): number[] {
  const startMs = beganMs(watched, fromS, toS);
  return watched.moments
    .map(({ atMs, videoS }) => ({ atS: (atMs - startMs) / 1000, videoS }))
    .filter(({ atS }) => atS >= fromS && atS <= toS)
    .map(({ atS, videoS }) => videoS - offsetS - atS)
    .toSorted((a, b) => a - b);
}

/** Page times (ms) between which a tone is heard, the first after `afterMs`: never below its floor for 100 ms and more. */
function toneIn({ levels, timesMs }: Recording, afterMs: number): readonly [fromMs: number, toMs: number] {
  let length = 0;
  for (const [index, level] of levels.entries()) {
    if (level > voicePeak / 4 && (timesMs[index] ?? 0) > afterMs) length += 1;
    else if (length > 100) return [timesMs[index - length] ?? Number.NaN, timesMs[index] ?? Number.NaN];
    else length = 0;
  }
  return [Number.NaN, Number.NaN];
}

/** How loud the clicks of the music are between two page times: the middle of each half second's loudest level. */
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

/** Spacings (ms) of the music's clicks between two page times, ducked ones as well, in order of size. */
function clickSpacings({ levels, timesMs }: Recording, fromMs: number, toMs: number): number[] {
  const loudest = levels.reduce((most, level) => Math.max(most, level), 0);
  const clicks: number[] = [];
  levels.forEach((level, index) => {
    const atMs = timesMs[index] ?? 0;
    if (atMs < fromMs || atMs >= toMs || level < loudest / 5) return;
    if (atMs - (clicks.at(-1) ?? -Infinity) > 100) clicks.push(atMs);
  });
  return clicks
    .slice(1)
    .map((atMs, index) => atMs - (clicks[index] ?? atMs))
    .toSorted((a, b) => a - b);
}

test("the film keeps with the class, and the music goes down while the coach speaks", async (t) => {
  const { page, errors } = await openPage({ bypassCSP: true });
  await saveClass(page, "own-film-1", { fileName: coach.name, sizeBytes: bytes.length, offsetS });
  await recordAudio(page);
  await page.goto("/workout/own-film-1?source=none");
  await page.getByText(/coach\.wav \(720.kB\) is not on this device/).waitFor();
  await page.getByLabel("Choose it").setInputFiles({ ...coach, name: "other.wav" });
  await page.getByText("That is another file.").waitFor();
  await page.getByLabel("Choose it").setInputFiles(coach);
  await page.locator(".video-panel video").waitFor({ state: "attached" });
  await watch(page);
  await press(page, "Start");
  await untilClassTime(page, 11);
  const first = await watchedOn(page);
  const startMs = beganMs(first, 1, 11);
  const heard = await recorded(page);
  const [fromMs, toMs] = toneIn(heard, startMs);
  const before = clickPeak(heard, startMs + 1_000, fromMs - 100);
  const downDb = (level: number) => 20 * Math.log10(level / before);
  const underDb = downDb(clickPeak(heard, fromMs + 700, toMs - 100));
  const spacings = clickSpacings(heard, startMs + 500, Infinity);
  const afterDb = downDb(clickPeak(heard, toMs + 2_300, Infinity));

  await press(page, "Pause");
  await page.waitForFunction(() => document.querySelector<HTMLVideoElement>(".video-panel video")?.paused);
  await press(page, "Go on");
  await press(page, "Skip block");
  await untilClassTime(page, blockS + 6);
  const second = await watchedOn(page);
  const again = beganMs(second, blockS + 1, blockS + 6);
  const [againMs] = toneIn(await recorded(page), again + blockS * 1000);
  await press(page, "Skip block");
  await untilClassTime(page, filmEndsAtS + 1);
  assert.ok(await isPaused(page), "the film is over, the class goes on");

  const lateS = [(fromMs - startMs) / 1000 - firstVoice[0], (againMs - again) / 1000 - secondVoice[0]];
  const apart = [aheadS(first, 2, 11), aheadS(second, blockS + 3, blockS + 6)];
  const ms = (seconds: number | undefined) => ((seconds ?? Number.NaN) * 1000).toFixed(0);
  t.diagnostic(
    `coach heard ${lateS.map(ms).join(" and ")} ms late, the second time after a pause and a skip`,
  );
  for (const list of apart)
    t.diagnostic(
      `film ahead of the class by ${ms(list[0])}..${ms(list[list.length >> 1])}..${ms(list.at(-1))} ms`,
    );
  t.diagnostic(`music ${underDb.toFixed(1)} dB under the voice, ${afterDb.toFixed(1)} dB after it`);
  t.diagnostic(`music's clicks ${spacings[0]?.toFixed(0)}..${spacings.at(-1)?.toFixed(0)} ms apart`);
  const spreadMs = (spacings.at(-1) ?? Infinity) - (spacings[0] ?? 0);
  assert.ok(spreadMs < 50, `the music stutters: its clicks lie ${spreadMs} ms more apart than others`);
  for (const late of lateS) assert.ok(Math.abs(late) < 0.25, `heard ${late} s late`);
  for (const list of apart) assert.ok(Math.abs(list[list.length >> 1] ?? Number.NaN) < 0.15);
  assert.ok(underDb < -7.5 && underDb > -10.5, `${underDb} dB under the voice`);
  assert.ok(Math.abs(afterDb) < 1, `${afterDb} dB after it`);
  assert.deepEqual(errors, []);
  await page.context().close();
});

/** Notes when each picture of the film is shown: its moment in the film, and page time. */
async function watchPictures(page: Page): Promise<void> {
  await page.evaluate(() => {
    const pictures: Picture[] = [];
    Object.assign(globalThis, { pictures });
    const element = document.querySelector<HTMLVideoElement>(".video-panel video");
    const note: VideoFrameRequestCallback = (_, { mediaTime, expectedDisplayTime }) => {
      pictures.push({ filmS: mediaTime, atMs: expectedDisplayTime });
      element?.requestVideoFrameCallback(note);
    };
    element?.requestVideoFrameCallback(note);
  });
}

interface Picture {
  readonly filmS: number;
  readonly atMs: number;
}

/** What each picture between two class times is late by (ms), in order of time. */
function picturesLateMs(pictures: readonly Picture[], startMs: number, fromS: number, toS: number): number[] {
  return pictures
    .filter(({ atMs }) => atMs >= startMs + fromS * 1000 && atMs <= startMs + toS * 1000)
    .map(({ filmS, atMs }) => atMs - startMs - (filmS - offsetS) * 1000);
}

const middleOf = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** More than most wireless headphones. */
const outputDelayMs = 250;

test("on an output that is late, lips and voice are together, and both in class time", async (t) => {
  const { page, errors } = await openPage({ bypassCSP: true });
  const spans = [firstVoice, secondVoice].map(([fromS, toS]) => [offsetS + fromS, offsetS + toS] as const);
  const buffer = await talkingFilm(page, offsetS + 30, voicePeak, spans);
  const film = { name: "talking.webm", mimeType: "video/webm", buffer };
  await page.evaluate((delayMs) => {
    const delays = { "": { delayMs, uncertaintyMs: 5 } };
    localStorage.setItem("upbeat.output-delays", JSON.stringify(delays));
  }, outputDelayMs);
  await saveClass(page, "own-film-4", { fileName: film.name, sizeBytes: buffer.length, offsetS });
  await recordAudio(page);
  await page.goto("/workout/own-film-4?source=none");
  await page.getByLabel("Choose it").setInputFiles(film);
  await page.locator(".video-panel video").waitFor();
  await watch(page);
  await watchPictures(page);
  await press(page, "Start");
  await untilClassTime(page, 11);
  const first = await watchedOn(page);
  await press(page, "Pause");
  await page.waitForFunction(() => document.querySelector<HTMLVideoElement>(".video-panel video")?.paused);
  await press(page, "Go on");
  await press(page, "Skip block");
  await untilClassTime(page, blockS + 8);
  const second = await watchedOn(page);
  const heard = await recorded(page);
  const pictures = await page.evaluate(() => (globalThis as unknown as { pictures: Picture[] }).pictures);
  for (const [startMs, voiceS] of [
    [beganMs(first, 1, 11), firstVoice[0]],
    [beganMs(second, blockS + 1, blockS + 8), secondVoice[0]],
  ] as const) {
    const [toneMs] = toneIn(heard, startMs + (voiceS - 1) * 1000);
    const voiceLateMs = toneMs + outputDelayMs - startMs - voiceS * 1000;
    const late = picturesLateMs(pictures, startMs, voiceS, voiceS + 5);
    const lateMs = middleOf(late);
    const [least, most] = [Math.min(...late), Math.max(...late)].map((ms) => ms.toFixed(0));
    t.diagnostic(
      `voice heard ${voiceLateMs.toFixed(0)} ms after its moment, pictures ${least}..${lateMs.toFixed(0)}..${most} ms`,
    );
    assert.ok(Math.abs(voiceLateMs) < 120, `heard ${voiceLateMs} ms late`);
    assert.ok(Math.abs(lateMs) < 120, `seen ${lateMs} ms late`);
    assert.ok(Math.abs(voiceLateMs - lateMs) < 125, `lips and voice ${voiceLateMs - lateMs} ms apart`);
  }
  assert.deepEqual(errors, []);
  await page.context().close();
});

test("a film from an address is shown, hidden, remembered; without it the class goes on", async () => {
  const { page, errors } = await openPage({ serviceWorkers: "block" });
  const film = await pictureFilm(page, 30);
  let isAllowed = true;
  await page.route("https://videos.example/**", (route) =>
    route.fulfill({
      contentType: "video/webm",
      ...(route.request().url().endsWith("broken.webm") ? { body: "no film" } : { body: film }),
      headers: { "access-control-allow-origin": isAllowed ? "*" : "https://elsewhere.example" },
    }),
  );
  await saveClass(page, "own-film-2", { url: "https://videos.example/coach.webm", offsetS: 0 });
  await page.goto("/classes/own-film-2");
  await page.getByText("Your browser loads it from videos.example").waitFor();
  await page.goto("/workout/own-film-2?source=none");
  await picture(page).waitFor();
  const tooBig = await page.evaluate(() => document.documentElement.scrollHeight > innerHeight);
  assert.ok(!tooBig, "everything is on the screen at once");
  assert.deepEqual(await violationsOn(page), []);
  await press(page, "Hide video");
  await page.getByRole("button", { name: "Show video" }).waitFor();
  await page.reload();
  await page.getByRole("button", { name: "Show video" }).waitFor();
  await page.keyboard.press("v");
  await page.getByRole("button", { name: "Hide video" }).waitFor();
  await page.setViewportSize(sizes.phone);
  const cadence = await page.locator(".figure.first").boundingBox();
  const shown = await picture(page).boundingBox();
  assert.ok(cadence && shown && shown.y + shown.height <= cadence.y, "the figures are not behind it");
  assert.deepEqual(errors, []);

  isAllowed = false;
  await page.reload();
  await page.getByText("The music is not lowered under this video").waitFor();
  await saveClass(page, "own-film-3", { url: "https://videos.example/broken.webm", offsetS: 0 });
  await page.goto("/workout/own-film-3?source=none");
  await page.getByText("The video cannot be played here. The class goes on without it.").waitFor();
  await press(page, "Start");
  await page.getByRole("button", { name: "Pause", exact: true }).waitFor();
  await page.context().close();
});

test("the editor takes a file or an address, lays it against the class, and undoes it", async () => {
  const { page, errors } = await openPage();
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("videos.example")) asked.push(request.url());
  });
  await page.goto("/classes/new");
  await page.getByLabel("Title").fill("Filmed");
  await page.getByLabel("Choose a video").setInputFiles(coach);
  const preview = page.getByLabel("Preview of the video");
  await preview.evaluate(async (video: HTMLVideoElement) => {
    if (video.readyState === 0)
      await new Promise((resolve) => video.addEventListener("loadedmetadata", resolve));
    video.currentTime = 12.34;
    await new Promise((resolve) => video.addEventListener("seeked", resolve));
  });
  await press(page, "Start the class here");
  const startsAt = page.getByLabel("The class starts at");
  assert.equal(await startsAt.inputValue(), "0:12.3");
  await startsAt.fill("0:03");
  await startsAt.press("Tab");
  await page.keyboard.press("Control+z");
  assert.equal(await startsAt.inputValue(), "0:12.3");
  await page.keyboard.press("Control+y");
  assert.equal(await startsAt.inputValue(), "0:03");
  await press(page, "Remove the video");
  await page.getByText("nothing is uploaded").waitFor();
  const address = page.getByLabel("Or its address");
  await address.fill("http://videos.example/a.mp4");
  await address.press("Enter");
  await page.getByText("An address that begins with https://").waitFor();
  assert.equal(await address.getAttribute("aria-invalid"), "true");
  await address.fill("https://videos.example/Ä b.mp4");
  await address.press("Enter");
  await page.getByText("From videos.example").waitFor();
  await press(page, "Undo");
  await press(page, "Undo");
  await page.getByText(/coach\.wav \(720.kB\)/).waitFor();
  await preview.waitFor();
  assert.deepEqual(await violationsOn(page), []);
  await press(page, "Save");
  await page.getByText(/coach\.wav \(720.kB\) is on this device/).waitFor();
  const saved = await (await page.request.get(page.url().replace("/classes/", "/v1/classes/"))).json();
  assert.deepEqual(saved.video, { fileName: "coach.wav", sizeBytes: bytes.length, offsetS: 3 });
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await preview.waitFor();
  await press(page, "Remove the video");
  await press(page, "Save");
  await page.getByRole("heading", { name: "Soundtrack" }).waitFor();
  assert.equal(await page.getByRole("heading", { name: "Video" }).count(), 0);
  assert.deepEqual(asked, [], "the address is not visited before it is played");
  assert.deepEqual(errors, []);
  await page.context().close();
});
