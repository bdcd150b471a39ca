/** A real server on a folder of its own and a real browser in front of it. Everything is gone after `close`. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { wordingOf } from "#domain/consent.ts";
import { wavOf } from "#test/support/wav.ts";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";

const root = join(import.meta.dirname, "../..");

/** Where Debian and others put it; UPBEAT_CHROMIUM names another place. */
export function chromiumPath(): string {
  const known = [process.env.UPBEAT_CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome"];
  const found = known.find((path) => path !== undefined && existsSync(path));
  if (found === undefined) throw new Error("The browser tests need Chromium: apt-get install chromium");
  return found;
}

const quietFlags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--autoplay-policy=no-user-gesture-required",
];

export function openBrowser(
  moreFlags: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: [...quietFlags, ...moreFlags],
    env: { ...process.env, ...env },
  });
}

/** A programme that has not ended so long after it was asked to, hangs. */
const endWithinMs = 20_000;

/** Resolves with whether it ended in time. */
export async function inTime(end: Promise<unknown>): Promise<boolean> {
  const tooLate = new AbortController();
  const late = setTimeout(endWithinMs, false, { signal: tooLate.signal }).catch(() => false);
  const isInTime = await Promise.race([end.then(() => true), late]);
  tooLate.abort();
  return isInTime;
}

/** Closes a browser; one that hangs is left to the end of this process, which kills it. */
export async function closeBrowser(browser: Browser | undefined): Promise<void> {
  if (browser !== undefined) await inTime(browser.close());
}

const sampleRate = 22_050;

/** A mono 16-bit WAV with a click on every beat, the first at 0 s and every fourth one higher: tempo and grid are known. */
export function clickTrack(tempoBpm: number, durationS: number): Buffer {
  const pcm = new Float32Array(Math.round(durationS * sampleRate));
  const beatSamples = (60 / tempoBpm) * sampleRate;
  const clickSamples = Math.round(sampleRate * 0.02);
  for (let beat = 0; beat * beatSamples + clickSamples < pcm.length; beat += 1) {
    const start = Math.round(beat * beatSamples);
    const hertz = beat % 4 === 0 ? 1600 : 1000;
    for (let index = 0; index < clickSamples; index += 1) {
      const decay = Math.exp(-index / (clickSamples / 4));
      pcm[start + index] = 0.73 * Math.sin((2 * Math.PI * hertz * index) / sampleRate) * decay;
    }
  }
  return Buffer.from(wavOf([pcm], sampleRate));
}

/** Files of the music folder: name -> bytes. A server without any would compose its demo library, for minutes. */
export type Music = Readonly<Record<string, Buffer>>;

export const someClickTracks: Music = Object.fromEntries(
  [84, 92, 120, 160, 172].map((tempoBpm) => [`click-${tempoBpm}.wav`, clickTrack(tempoBpm, 75)]),
);

export interface Upbeat {
  readonly address: string;
  readonly dataDir: string;
  readonly musicDir: string;
  /** Resolves once the library has nothing left to read. */
  musicRead(): Promise<void>;
  /** The machine loses power: SIGKILL, then the same folder is served again at the same address. */
  crashAndRestart(): Promise<void>;
  kill(): Promise<void>;
  close(): Promise<void>;
}

interface Folders {
  readonly dataDir: string;
  readonly keysDir: string;
  readonly musicDir: string;
}

function startProcess({ dataDir, keysDir, musicDir }: Folders, port: string): ChildProcess {
  const args = ["--port", port, "--data", dataDir, "--keys", keysDir, "--music", musicDir];
  return spawn(process.execPath, ["src/cli/upbeat.ts", "serve", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** The address the process prints when it is ready. */
async function readyAddress(process_: ChildProcess): Promise<string> {
  if (process_.stdout === null) throw new Error("The server has no output to read.");
  for await (const line of createInterface({ input: process_.stdout })) {
    const address = /is ready: (http:\S+)/.exec(line)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error("The server ended before it was ready.");
}

async function ended(process_: ChildProcess, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  if (process_.exitCode !== null || process_.signalCode !== null) return;
  const exit = new Promise((resolve) => process_.once("exit", resolve));
  process_.kill(signal);
  if (await inTime(exit)) return;
  process_.kill("SIGKILL");
  throw new Error(`The server did not stop within ${endWithinMs / 1000} s of ${signal}.`);
}

/** The owner's cookie, as any browser on this machine gets it. */
async function ownerCookie(address: string): Promise<string> {
  const { headers } = await fetch(`${address}/`, { headers: { accept: "text/html" } });
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

/** Reads the library's events until it is idle. */
async function libraryIdle(address: string): Promise<void> {
  const response = await fetch(`${address}/v1/library/events`, {
    headers: { cookie: await ownerCookie(address), accept: "text/event-stream" },
  });
  if (response.body === null) throw new Error("The library sends no events.");
  let text = "";
  for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (text.includes('"state":"idle"')) return;
  }
}

export async function startUpbeat(music: Music = someClickTracks): Promise<Upbeat> {
  const base = mkdtempSync(join(tmpdir(), "upbeat-browser-"));
  const folders = {
    dataDir: join(base, "data"),
    keysDir: join(base, "keys"),
    musicDir: join(base, "music"),
  };
  mkdirSync(folders.musicDir);
  for (const [name, bytes] of Object.entries(music)) writeFileSync(join(folders.musicDir, name), bytes);
  let running = startProcess(folders, "0");
  const address = await readyAddress(running);
  return {
    address,
    ...folders,
    musicRead: () => libraryIdle(address),
    kill: () => ended(running, "SIGKILL"),
    async crashAndRestart() {
      await ended(running, "SIGKILL");
      running = startProcess(folders, new URL(address).port);
      await readyAddress(running);
    },
    async close() {
      await ended(running, "SIGTERM");
      rmSync(base, { recursive: true, force: true });
    },
  };
}

export const sizes = {
  wide: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
} as const;

/** A page may take this long to come to what a test waits for: on a busy machine music is decoded slowly. */
const waitMs = 90_000;

/** Says yes to keeping workouts, as the person behind the page. */
async function letWorkoutsBeKept(page: Page): Promise<void> {
  await page.evaluate(async (wordingVersion) => {
    await fetch("/v1/consents/keep-biometrics", {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ granted: true, wordingVersion }),
    });
  }, wordingOf("keep-biometrics").version);
}

/**
 * A page of its own context, signed in as the owner, who lets workouts be kept unless `newcomer` is set. Errors it logs
 * are collected in `errors`.
 */
export async function openPage(
  browser: Browser,
  upbeat: Upbeat,
  { newcomer = false, ...options }: BrowserContextOptions & { newcomer?: boolean } = {},
): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext({ baseURL: upbeat.address, viewport: sizes.wide, ...options });
  context.setDefaultTimeout(waitMs);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await page.goto("/");
  if (!newcomer) await letWorkoutsBeKept(page);
  return { page, errors };
}
