import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { closeBrowser, openBrowser, openPage, startUpbeat, type Upbeat } from "../harness.ts";

let upbeat: Upbeat;
let browser: Browser;

before(async () => {
  upbeat = await startUpbeat();
  // A microphone that hears its own beeps and nothing of the page, and may be used without a question.
  browser = await openBrowser(["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]);
});
after(async () => {
  await closeBrowser(browser);
  await upbeat.close();
});

/**
 * In place of what the microphone hears comes what the page plays, quietly and later by each of these delays in turn, a
 * chirp each, with noise. Runs in the page before its scripts, so it stands alone.
 */
function hearOneself(delaysS: readonly number[]): void {
  let output: AudioNode;
  document.addEventListener("upbeat:audio-opened", (event) => {
    ({ output } = (event as CustomEvent<{ output: AudioNode }>).detail);
  });
  // A constructor that answers another node: the page connects that one.
  function Ears(context: AudioContext): AudioNode {
    const { sampleRate, currentTime } = context;
    const heard = new GainNode(context, { gain: 0.1 });
    const noise = new AudioBuffer({ length: 2 * sampleRate, sampleRate });
    const samples = noise.getChannelData(0);
    for (let index = 0; index < samples.length; index++) samples[index] = 0.1 * (2 * Math.random() - 1);
    const source = new AudioBufferSourceNode(context, { buffer: noise, loop: true });
    source.connect(heard);
    source.start();
    const late = new DelayNode(context, { maxDelayTime: 1, delayTime: delaysS[0] ?? 0 });
    for (let chirp = 0; chirp < 40; chirp++) {
      late.delayTime.setValueAtTime(delaysS[chirp % delaysS.length] ?? 0, currentTime + 0.6 + chirp * 0.75);
    }
    output.connect(late).connect(heard);
    return heard;
  }
  Object.assign(globalThis, { MediaStreamAudioSourceNode: Ears });
}

interface Result {
  readonly text: string;
  readonly kept: string | null;
  readonly page: Page;
}

async function measure(delaysS: readonly number[] | null): Promise<Result> {
  const { page, errors } = await openPage(browser, upbeat, { bypassCSP: true });
  if (delaysS !== null) await page.addInitScript(hearOneself, delaysS);
  await page.addInitScript(() => {
    const { mediaDevices } = navigator;
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    const streams: MediaStream[] = [];
    Object.assign(globalThis, { streams });
    mediaDevices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted);
      streams.push(stream);
      return stream;
    };
  });
  await page.goto("/you/calibrate");
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET" || request.postData() !== null) sent.push(request.url());
  });
  await page.getByRole("button", { name: "Measure with the microphone" }).click();
  await page.getByRole("progressbar", { name: "Chirps listened for" }).waitFor();
  const result = page.getByText(/The chirps were/);
  await result.waitFor();
  assert.deepEqual(sent, []);
  const live = await page.evaluate(() => {
    const { streams } = globalThis as unknown as { streams: MediaStream[] };
    return streams.flatMap((stream) => stream.getTracks()).filter((track) => track.readyState === "live")
      .length;
  });
  assert.equal(live, 0); // nobody listens any more
  assert.deepEqual(errors, []);
  const text = (await result.textContent()) ?? "";
  return { text, kept: await page.evaluate(() => localStorage.getItem("upbeat.output-delays")), page };
}

async function measuredMs(delayS: number): Promise<number> {
  const { text, kept, page } = await measure([delayS]);
  const [, delayMs, giveOrTake] = /late by (\d+) ms, give or take (\d+)/.exec(text) ?? [];
  assert.ok(Number(giveOrTake) <= 5, text);
  const devices = Object.entries(JSON.parse(kept ?? "{}") as Record<string, { delayMs: number }>);
  assert.equal(devices.length, 1);
  assert.notEqual(devices[0]?.[0], ""); // by the name of the output, which may be known now
  assert.equal(Math.round(devices[0]?.[1].delayMs ?? 0), Number(delayMs));
  await page.getByText(/^Kept for .*: \d+ ms/).waitFor();
  await page.context().close();
  return Number(delayMs);
}

test("a microphone tells how late the output sounds, to some ms", { timeout: 180_000 }, async (t) => {
  const short = await measuredMs(0.08);
  const long = await measuredMs(0.28);
  t.diagnostic(`80 ms late: ${short} ms; 280 ms late: ${long} ms`);
  assert.ok(Math.abs(long - short - 200) < 15, `${short} and ${long} ms`);
  assert.ok(Math.abs(short - 80) < 60, `${short} ms`); // less what the browser itself says of its output
});

test("what is not heard, or not the same twice, changes nothing", { timeout: 180_000 }, async () => {
  const results = await Promise.all([null, [0.05, 0.2, 0.35]].map(measure));
  for (const { text, kept, page } of results) {
    assert.match(text, /not heard clearly/);
    assert.equal(kept, null);
    await page.context().close();
  }
});
