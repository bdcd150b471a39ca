/** A real server process on a folder of its own, started and killed by tests. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { wordingOf } from "#domain/consent.ts";
import { wavOf } from "./wav.ts";

const entry = join(import.meta.dirname, "..", "..", "src", "cli", "upbeat.ts");

export interface ServerProcess {
  readonly address: string;
  readonly pid: number;
  /** The cookie of a browser that has opened the start page. */
  readonly cookie: string;
  readonly child: ChildProcess;
  /** All it has written so far. */
  log(): string;
  fetch(path: string, init?: { method?: string; body?: unknown }): Promise<Response>;
  /** Sends the signal and answers the exit code; null when the signal itself ended it. */
  stop(signal: "SIGTERM" | "SIGKILL"): Promise<number | null>;
}

/** Runs one command line to its end. */
export function runUpbeat(
  args: readonly string[],
  input = "",
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [entry, ...args], { stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.end(input);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
}

/** Ten seconds of clicks, two a second: a track of one's own, so that no demo is composed. */
function clickWav(): Uint8Array {
  const sampleRate = 8000;
  const samples = new Float32Array(10 * sampleRate);
  for (let at = 0; at < samples.length; at += sampleRate / 2) samples.fill(0.6, at, at + 40);
  return wavOf([samples], sampleRate);
}

/** The options for a server under `folder`, with a library of one short track. */
export function serveArgs(folder: string): string[] {
  const music = join(folder, "music");
  mkdirSync(music, { recursive: true });
  writeFileSync(join(music, "clicks.wav"), clickWav());
  const folders = ["--data", join(folder, "data"), "--keys", join(folder, "keys"), "--music", music];
  return ["serve", "--port", "0", ...folders];
}

export async function startServerProcess(
  folder: string,
  args: readonly string[] = serveArgs(folder),
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [entry, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
  const address = await new Promise<string>((resolve, reject) => {
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      log += chunk.toString();
      const found = /ready: (http:\S+)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.on("close", (code) => reject(new Error(`The server ended with ${code}: ${log}`)));
  });
  const page = await fetch(address);
  await page.arrayBuffer();
  const cookie = page.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  // The owner lets workouts be kept: what these tests are about comes after that.
  await fetch(`${address}/v1/consents/keep-biometrics`, {
    method: "PUT",
    headers: { cookie, "content-type": "application/json" },
    body: JSON.stringify({ granted: true, wordingVersion: wordingOf("keep-biometrics").version }),
  });
  return {
    address,
    pid: child.pid ?? 0,
    cookie,
    child,
    log: () => log,
    fetch(path, { method, body } = {}) {
      if (body === undefined)
        return fetch(`${address}${path}`, { method: method ?? "GET", headers: { cookie } });
      const headers = { cookie, "content-type": "application/json" };
      return fetch(`${address}${path}`, { method: method ?? "PUT", headers, body: JSON.stringify(body) });
    },
    stop(signal) {
      return new Promise((resolve) => {
        child.on("close", (code) => resolve(code));
        child.kill(signal);
      });
    },
  };
}
