/**
 * Chromium driven by bare DevTools messages. Playwright tells every page that it is visible and focused; a page that is
 * really hidden, with all that browsers throttle then, needs a driver that does not.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromiumPath, inTime } from "./harness.ts";

interface Answer {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

export interface PlainPage {
  /** The value of an expression, awaited if it is a promise; counts as a press of the user. */
  evaluate<T>(expression: string): Promise<T>;
  /** Runs before the scripts of every document. */
  addInitScript(source: string): Promise<void>;
  goto(url: string): Promise<void>;
  /** Polls until the expression is truthy. */
  until(expression: string): Promise<void>;
}

export interface PlainBrowser {
  openTab(): Promise<PlainPage>;
  close(): Promise<void>;
}

type Send = (method: string, params?: object, sessionId?: string) => Promise<Record<string, unknown>>;

export async function openPlainBrowser(): Promise<PlainBrowser> {
  const profile = mkdtempSync(join(tmpdir(), "upbeat-plain-"));
  const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
  const child = spawn(
    chromiumPath(),
    [...flags, "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  let address = "";
  for await (const line of createInterface({ input: child.stderr })) {
    address = /listening on (ws:\S+)/.exec(line)?.[1] ?? "";
    if (address !== "") break;
  }
  child.stderr.resume();
  const send = await connect(address);
  return {
    openTab: async () => openTab(send),
    async close() {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      await inTime(send("Browser.close").catch(() => {}));
      if (!(await inTime(gone))) child.kill("SIGKILL");
      await gone;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function connect(address: string): Promise<Send> {
  const socket = new WebSocket(address);
  await new Promise((resolve) => socket.addEventListener("open", resolve));
  const waiting = new Map<number, (answer: Answer) => void>();
  socket.addEventListener("message", ({ data }) => {
    const answer: Answer = JSON.parse(String(data));
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
  });
  let count = 0;
  return async (method, params = {}, sessionId) => {
    count += 1;
    const id = count;
    const answer = await new Promise<Answer>((resolve) => {
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
    if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result as Record<string, unknown>;
  };
}

/** A new tab comes to the front; the ones before it are hidden by it. */
async function openTab(send: Send): Promise<PlainPage> {
  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  await send("Target.activateTarget", { targetId });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  const inTab = (method: string, params?: object) => send(method, params, String(sessionId));
  await inTab("Page.enable");
  await inTab("Page.setBypassCSP", { enabled: true });
  const evaluate = async <T>(expression: string): Promise<T> => {
    const options = { awaitPromise: true, returnByValue: true, userGesture: true };
    const { result, exceptionDetails } = await inTab("Runtime.evaluate", { expression, ...options });
    if (exceptionDetails !== undefined) throw new Error(`${expression}: ${JSON.stringify(exceptionDetails)}`);
    return (result as { value: T }).value;
  };
  return {
    evaluate,
    addInitScript: async (source) => void (await inTab("Page.addScriptToEvaluateOnNewDocument", { source })),
    async goto(url) {
      await inTab("Page.navigate", { url });
      await inTab("Runtime.evaluate", { expression: "0" });
    },
    async until(expression) {
      // The page may be between two documents: an evaluation that fails is asked again.
      while (!(await evaluate<boolean>(`Boolean(${expression})`).catch(() => false))) {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
  };
}
