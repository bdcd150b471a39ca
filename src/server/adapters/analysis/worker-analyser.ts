import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import {
  AnalyserClosedError,
  UnusableFileError,
  type AnalysedFile,
  type Analyser,
} from "#server/ports/analyser.ts";
import type { AnalyseOrder, AnalyseReply } from "./messages.ts";

export interface AnalyserOptions {
  /** Files at once; by default all cores but one. */
  readonly lanes?: number;
  /** A thread that says nothing for this long hangs. The longest step without a sign is the end of a three-hour file. */
  readonly silentMs?: number;
  /** Most of a file's memory lies in WASM, outside this limit; what is left is for runaway lists. */
  readonly heapMb?: number;
  /** The worker's module; tests put one there that misbehaves. */
  readonly workerUrl?: URL;
}

const defaultSilentMs = 120_000;
const defaultHeapMb = 512;
/** A thread without work is let go after this long: it holds about 150 MB. */
const idleMs = 5000;

interface Job {
  readonly path: string;
  readonly resolve: (file: AnalysedFile) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  job: Job | null;
  timer: NodeJS.Timeout | null;
}

function startWorker({ heapMb = defaultHeapMb, workerUrl }: AnalyserOptions): Worker {
  // The libraries print to the console about damaged files; nobody asked them to.
  const worker = new Worker(workerUrl ?? new URL("./worker.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
    stdout: true,
    stderr: true,
  });
  worker.stdout.resume();
  worker.stderr.resume();
  return worker;
}

function deathOf(error: NodeJS.ErrnoException | null): UnusableFileError {
  const isMemory = error?.code === "ERR_WORKER_OUT_OF_MEMORY";
  return new UnusableFileError(isMemory ? "it needs too much memory to analyse" : "it broke the analysis");
}

/** Analyses files in worker threads. A thread that dies or hangs takes its file with it, and is replaced. */
export function workerAnalyser(options: AnalyserOptions = {}): Analyser {
  const { lanes = Math.max(1, availableParallelism() - 1), silentMs = defaultSilentMs } = options;
  const threads = new Set<Thread>();
  const queue: Job[] = [];
  let closed = false;

  const retire = (thread: Thread, reason: Error): void => {
    if (!threads.delete(thread)) return;
    if (thread.timer !== null) clearTimeout(thread.timer);
    void thread.worker.terminate();
    thread.job?.reject(closed ? new AnalyserClosedError("The analyser is closed.") : reason);
    if (!closed && queue.length > 0) startThread();
  };
  const watchOver = (thread: Thread): void => {
    if (thread.timer !== null) clearTimeout(thread.timer);
    thread.timer = setTimeout(() => retire(thread, new UnusableFileError("its analysis hangs")), silentMs);
  };
  const next = (thread: Thread): void => {
    thread.job = queue.shift() ?? null;
    if (thread.timer !== null) clearTimeout(thread.timer);
    if (thread.job === null) {
      thread.worker.unref();
      thread.timer = setTimeout(() => retire(thread, deathOf(null)), idleMs).unref();
      return;
    }
    thread.worker.ref();
    watchOver(thread);
    thread.worker.postMessage({ path: thread.job.path } satisfies AnalyseOrder);
  };
  const startThread = (): void => {
    const worker = startWorker(options);
    const thread: Thread = { worker, job: null, timer: null };
    threads.add(thread);
    worker.on("message", (reply: AnalyseReply) => {
      if (!threads.has(thread)) return;
      if ("alive" in reply) {
        watchOver(thread);
        return;
      }
      if ("file" in reply) thread.job?.resolve(reply.file);
      else thread.job?.reject(new UnusableFileError(reply.unusable));
      next(thread);
    });
    worker.on("error", (error: Error) => retire(thread, deathOf(error)));
    worker.on("exit", () => retire(thread, deathOf(null)));
    next(thread);
  };

  return {
    lanes,
    analyse(path) {
      if (closed) return Promise.reject(new AnalyserClosedError("The analyser is closed."));
      return new Promise((resolve, reject) => {
        queue.push({ path, resolve, reject });
        const free = [...threads].find((thread) => thread.job === null);
        if (free !== undefined) next(free);
        else if (threads.size < lanes) startThread();
      });
    },
    async close() {
      closed = true;
      for (const { reject } of queue.splice(0)) reject(new AnalyserClosedError("The analyser is closed."));
      const ending = [...threads];
      for (const thread of ending) retire(thread, deathOf(null));
      await Promise.all(ending.map(({ worker }) => worker.terminate()));
    },
  };
}
