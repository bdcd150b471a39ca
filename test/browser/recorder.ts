/** Records what a page's audio graph puts out, and finds beats in it. */
import type { Page } from "playwright-core";

/** Runs in the page before its scripts, so it stands alone: listens for the graph and records its last node's peaks. */
function record(): void {
  const worklet = `
    class Recorder extends AudioWorkletProcessor {
      constructor() { super(); this.peaks = []; this.block = 0; this.count = 0; this.from = null; this.first = null; }
      process(inputs) {
        const channel = inputs[0][0];
        this.from ??= currentFrame;
        this.first ??= currentFrame;
        // While the page changes the graph some quanta pass a node by: they count as silence.
        const missed = currentFrame - this.first - this.count;
        for (let index = -missed; index < 128; index++) {
          this.block = Math.max(this.block, channel && index >= 0 ? Math.abs(channel[index]) : 0);
          if (++this.count % 48 === 0) { this.peaks.push(this.block); this.block = 0; }
        }
        if (this.peaks.length >= 100) {
          this.port.postMessage({ fromFrame: this.from, peaks: this.peaks });
          this.from += this.peaks.length * 48;
          this.peaks = [];
        }
        return true;
      }
    }
    registerProcessor("test-recorder", Recorder);`;
  const recording: { fromFrame: number; peaks: number[]; aheadMs: number }[] = [];
  Object.assign(globalThis, { recording });
  document.addEventListener("upbeat:audio-opened", (event) => {
    const { context, output } = (event as CustomEvent).detail;
    void (async () => {
      const url = URL.createObjectURL(new Blob([worklet], { type: "text/javascript" }));
      await context.audioWorklet.addModule(url);
      const recorder = new AudioWorkletNode(context, "test-recorder");
      recorder.port.addEventListener("message", ({ data }: MessageEvent) => {
        const { contextTime, performanceTime } = context.getOutputTimestamp();
        recording.push({ ...data, aheadMs: performanceTime - contextTime * 1000 });
      });
      recorder.port.start();
      output.connect(recorder);
      recorder.connect(context.destination);
    })();
  });
}

export async function recordAudio(page: Page): Promise<void> {
  await page.addInitScript(record);
}

/** The same as source text, for pages that are not Playwright's. */
export const recorderSource = `(${record.toString()})()`;
/** An expression with the recording's value in such a page. */
export const recordedExpression = `(${readRecording.toString()})()`;

/** Peak level of each millisecond since the recording began. */
export interface Recording {
  readonly levels: readonly number[];
  /** Page time (performance.now(), ms) of each level, as the device plays it: on a busy machine audio falls behind. */
  readonly timesMs: readonly number[];
}

function readRecording(): Recording {
  const { recording } = globalThis as unknown as {
    recording: { fromFrame: number; peaks: number[]; aheadMs: number }[];
  };
  const levels: number[] = [];
  const timesMs: number[] = [];
  recording.forEach(({ fromFrame, peaks }, batch) => {
    // The browser's pairs of times jitter by some ms: the middle of five.
    const near = recording.slice(Math.max(0, batch - 2), batch + 3).map(({ aheadMs }) => aheadMs);
    const aheadMs = near.toSorted((a, b) => a - b)[near.length >> 1] ?? 0;
    peaks.forEach((level, index) => {
      levels.push(level);
      timesMs.push(fromFrame / 48 + index + aheadMs);
    });
  });
  return { levels, timesMs };
}

export async function recorded(page: Page): Promise<Recording> {
  return page.evaluate(readRecording);
}

/** Waits until the recording holds `seconds` more than now; what is heard is the clock. */
export async function listen(page: Page, seconds: number): Promise<void> {
  await page.evaluate(async (levels) => {
    const { recording } = globalThis as unknown as { recording: { peaks: number[] }[] };
    const length = () => recording.reduce((sum, { peaks }) => sum + peaks.length, 0);
    const until = length() + levels;
    while (length() < until) await new Promise((resolve) => requestAnimationFrame(resolve));
  }, seconds * 1000);
}

/** Host times of clicks: levels over half of the loudest, first of each burst, in ms. */
export function clicksIn({ levels, timesMs }: Recording): number[] {
  const threshold = levels.reduce((most, level) => Math.max(most, level), 0) / 2;
  const clicks: number[] = [];
  levels.forEach((level, index) => {
    const atMs = timesMs[index] ?? 0;
    if (level >= threshold && atMs - (clicks.at(-1) ?? -Infinity) > 100) clicks.push(atMs);
  });
  return clicks;
}

/** Tempo of clicks between two host times by the median of their spacings, beats per minute. */
export function tempoOf(clicks: readonly number[], fromMs: number, toMs: number): number {
  const inside = clicks.filter((atMs) => atMs >= fromMs && atMs < toMs);
  const spacings = inside.slice(1).map((atMs, index) => atMs - (inside[index] ?? atMs));
  const middle = spacings.toSorted((a, b) => a - b)[spacings.length >> 1];
  return middle === undefined ? Number.NaN : 60_000 / middle;
}

/** A tempo is judged over windows of this length, s. */
const windowS = 5;
/** A conductor that has not found the tempo after so many windows has not found it. */
const maxWindows = 10;

/**
 * Listens until the music goes at this tempo, within 2 %, over a whole window: how long a person takes to be found
 * depends on the machine, too. Answers with that tempo and the seconds listened.
 * @throws with the tempos heard, if none was it.
 */
export async function untilMusicGoesAt(
  page: Page,
  wantedBpm: number,
): Promise<{ bpm: number; afterS: number }> {
  const heard: number[] = [];
  for (let window = 1; window <= maxWindows; window += 1) {
    const fromMs = await page.evaluate(() => performance.now());
    await listen(page, windowS);
    const bpm = tempoOf(clicksIn(await recorded(page)), fromMs, Infinity);
    if (Math.abs(bpm - wantedBpm) < wantedBpm * 0.02) return { bpm, afterS: window * windowS };
    heard.push(bpm);
  }
  throw new Error(
    `The music went at ${heard.map((bpm) => bpm.toFixed(1)).join(", ")} BPM, never at ${wantedBpm}.`,
  );
}

/** Page time less this process's time (both performance.now(), ms), by the quickest of some questions. */
export async function pageClockAheadMs(page: Page): Promise<number> {
  let best = { tookMs: Infinity, aheadMs: 0 };
  for (let question = 0; question < 20; question += 1) {
    const askedMs = performance.now();
    const pageMs = await page.evaluate(() => performance.now());
    const tookMs = performance.now() - askedMs;
    if (tookMs < best.tookMs) best = { tookMs, aheadMs: pageMs - askedMs - tookMs / 2 };
  }
  return best.aheadMs;
}
