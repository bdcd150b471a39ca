/**
 * What a signed-in GET /v1/workouts costs beside the same framework that answers hello, in the same process and run; and
 * how late the event loop is meanwhile. Rounds alternate, so that a busy machine is busy for all. It is asked as browsers and
 * `fetch` ask, taking gzip; and plain, as apps are answered. A bare framework that sends as many bytes shows what of
 * that is the sending itself.
 */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { printReport, progress } from "../report.ts";
import { fill } from "./fill.ts";
import { run, type LoadResult } from "./load.ts";

const workouts = 10_000;
const connections = 32;
const rounds = 5;
const durationMs = 3000;
const idleMs = 3000;

interface Round {
  readonly upbeat: LoadResult;
  readonly plain: LoadResult;
  readonly hello: LoadResult;
  readonly sameBytes: LoadResult;
  readonly idleP99Ms: number;
  readonly busyP99Ms: number;
  readonly helloDelayP99Ms: number;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** How late the event loop was, at worst but for one in a hundred, since this was last asked. */
async function delayMs(child: ChildProcess): Promise<number> {
  child.send("how late");
  const [{ p99Ms }] = (await once(child, "message")) as [{ p99Ms: number }];
  return p99Ms;
}

const folder = mkdtempSync(join(tmpdir(), "upbeat-bench-"));
mkdirSync(join(folder, "music"));
// A track of one's own: without any the server would compose its demo beside the measurement, for minutes.
const track = join(import.meta.dirname, "../../test/fixtures/audio/clicks.flac");
cpSync(track, join(folder, "music/clicks.flac"));
const child = fork(join(import.meta.dirname, "server.ts"), [folder]);
try {
  progress(`Keeping ${workouts} workouts ...`);
  const [{ port, helloPort }] = (await once(child, "message")) as [{ port: number; helloPort: number }];
  const cookie = await fill(`http://127.0.0.1:${port}`, workouts);
  const plainly = { port, path: "/v1/workouts", headers: { cookie }, connections };
  const ours = { ...plainly, headers: { cookie, "accept-encoding": "gzip, deflate, br" } };
  const bare = { port: helloPort, path: "/", headers: {}, connections };
  const large = { ...bare, path: "/large" };
  for (const one of [ours, plainly, bare, large]) await run({ ...one, durationMs: 1000 });
  const results: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await delayMs(child);
    await setTimeout(idleMs);
    const idleP99Ms = await delayMs(child);
    const upbeat = await run({ ...ours, durationMs });
    const busyP99Ms = await delayMs(child);
    const hello = await run({ ...bare, durationMs });
    const helloDelayP99Ms = await delayMs(child);
    const plain = await run({ ...plainly, durationMs });
    const sameBytes = await run({ ...large, durationMs });
    results.push({ upbeat, plain, hello, sameBytes, idleP99Ms, busyP99Ms, helloDelayP99Ms });
    progress(
      `Round ${round + 1} of ${rounds}: ${Math.round(upbeat.perSecond)} against ${Math.round(hello.perSecond)} a second`,
    );
  }
  const of = (value: (result: (typeof results)[number]) => number): number => median(results.map(value));
  const figures = {
    requestsPerSecond: of(({ upbeat }) => upbeat.perSecond),
    shareOfHello: of(({ upbeat, hello }) => upbeat.perSecond / hello.perSecond),
    plainShareOfHello: of(({ plain, hello }) => plain.perSecond / hello.perSecond),
    plainShareOfSameBytes: of(({ plain, sameBytes }) => plain.perSecond / sameBytes.perSecond),
    answerP99Ms: of(({ upbeat }) => upbeat.p99Ms),
    eventLoopDelayP99Ms: of(({ busyP99Ms }) => busyP99Ms),
    eventLoopDelayAgainstIdle: of(({ busyP99Ms, idleP99Ms }) => busyP99Ms / idleP99Ms),
  };
  const peers = {
    hello: {
      requestsPerSecond: of(({ hello }) => hello.perSecond),
      shareOfHello: 1,
      plainShareOfHello: 1,
      answerP99Ms: of(({ hello }) => hello.p99Ms),
      eventLoopDelayP99Ms: of(({ helloDelayP99Ms }) => helloDelayP99Ms),
      eventLoopDelayAgainstIdle: of(({ helloDelayP99Ms, idleP99Ms }) => helloDelayP99Ms / idleP99Ms),
    },
    sameBytes: {
      requestsPerSecond: of(({ sameBytes }) => sameBytes.perSecond),
      plainShareOfHello: of(({ sameBytes, hello }) => sameBytes.perSecond / hello.perSecond),
      plainShareOfSameBytes: 1,
      answerP99Ms: of(({ sameBytes }) => sameBytes.p99Ms),
    },
  };
  printReport("API", { figures, peers, seed: 0 }, [
    { figure: "shareOfHello", goal: ">= 0.3" },
    { figure: "eventLoopDelayAgainstIdle", goal: "<= 2" },
  ]);
} finally {
  child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}
