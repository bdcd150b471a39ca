import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { compositionRevision } from "#composer/demo-specs.ts";
import { ComposerClosedError, type ComposedFile, type DemoComposer } from "#server/ports/demo-composer.ts";
import type { ComposeOrder, ComposeReply } from "./messages.ts";

/** Each thread holds a track's samples: about 300 MB. More than four would win little and cost a small machine its memory. */
const mostLanes = 4;
/** A thread without work is let go after this long: its memory is worth more than its warmth. */
const idleMs = 3000;

interface Job {
  readonly trackId: string;
  readonly resolve: (file: ComposedFile) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  job: Job | null;
  idle: NodeJS.Timeout | null;
}

/** Composes into `folder`, by default with as many threads as there are cores. */
export function workerComposer(
  folder: string,
  lanes = Math.min(mostLanes, availableParallelism()),
): DemoComposer {
  const threads = new Set<Thread>();
  const queue: Job[] = [];
  let closed = false;
  const pathOf = (trackId: string): string => join(folder, `${trackId}.${compositionRevision}.ogg`);

  /** Gives a free thread its next job, or lets it rest and then go. */
  const next = (thread: Thread): void => {
    thread.job = queue.shift() ?? null;
    if (thread.job === null) {
      thread.worker.unref();
      thread.idle = setTimeout(() => void thread.worker.terminate(), idleMs).unref();
      return;
    }
    if (thread.idle !== null) clearTimeout(thread.idle);
    thread.idle = null;
    thread.worker.ref();
    const { trackId } = thread.job;
    thread.worker.postMessage({ trackId, path: pathOf(trackId) } satisfies ComposeOrder);
  };
  const startThread = (): void => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url));
    const thread: Thread = { worker, job: null, idle: null };
    threads.add(thread);
    const end = (error: Error): void => {
      if (!threads.delete(thread)) return;
      thread.job?.reject(closed ? closedError() : error);
      if (!closed && queue.length > 0) startThread();
    };
    worker.on("message", (reply: ComposeReply) => {
      if ("file" in reply) thread.job?.resolve(reply.file);
      else thread.job?.reject(new Error(reply.failure));
      next(thread);
    });
    worker.on("error", end);
    worker.on("exit", () => end(new Error("The composing thread has stopped.")));
    next(thread);
  };

  return {
    lanes,
    pathOf,
    async sizeOf(trackId) {
      const found = await stat(pathOf(trackId)).catch(() => null);
      return found?.size ?? null;
    },
    compose(trackId) {
      if (closed) return Promise.reject(closedError());
      return new Promise((resolve, reject) => {
        queue.push({ trackId, resolve, reject });
        const free = [...threads].find((thread) => thread.job === null);
        if (free !== undefined) next(free);
        else if (threads.size < lanes) startThread();
      });
    },
    async close() {
      closed = true;
      for (const { reject } of queue.splice(0)) reject(closedError());
      await Promise.all([...threads].map(({ worker }) => worker.terminate()));
    },
  };
}

function closedError(): ComposerClosedError {
  return new ComposerClosedError("The composer is closed.");
}
