import { Worker } from "node:worker_threads";
import type { Soundtrack } from "#domain/soundtrack.ts";
import type { SoundtrackPlanner } from "#server/ports/soundtrack-planner.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import type { PlanOrder, PlanReply } from "./messages.ts";

interface Waiting {
  readonly resolve: (soundtrack: Soundtrack) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
  /** The version of the library that the worker holds. */
  version: number | null;
}

function startThread(onEnd: () => void): Thread {
  const worker = new Worker(new URL("./worker.ts", import.meta.url));
  worker.unref();
  const waiting = new Map<number, Waiting>();
  const end = (error: Error): void => {
    onEnd();
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on("message", (reply: PlanReply) => {
    const { resolve, reject } = waiting.get(reply.id) ?? {};
    waiting.delete(reply.id);
    if ("soundtrack" in reply) resolve?.(reply.soundtrack);
    else if (reply.isNoTracks) reject?.(new Refusal("conflict", reply.failure));
    else reject?.(new Error(reply.failure));
  });
  worker.on("error", end);
  worker.on("exit", () => end(new Error("The planner has stopped.")));
  return { worker, waiting, version: null };
}

/** Plans in a worker thread, started at the first request and again should it ever die. */
export function workerPlanner(): SoundtrackPlanner {
  let thread: Thread | null = null;
  let lastId = 0;
  let turn: Promise<unknown> = Promise.resolve();

  const send: SoundtrackPlanner["plan"] = async (request, library) => {
    thread ??= startThread(() => {
      thread = null;
    });
    const { worker, waiting } = thread;
    const list = thread.version === library.version ? null : await library.tracks();
    thread.version = library.version;
    lastId += 1;
    const order: PlanOrder = { id: lastId, request, tracks: list };
    return new Promise((resolve, reject) => {
      waiting.set(order.id, { resolve, reject });
      worker.postMessage(order);
    });
  };
  return {
    plan(request, library) {
      // In turn: two requests must not both find the library missing and send it twice.
      const planned = turn.then(() => send(request, library));
      turn = planned.catch(() => undefined);
      return planned;
    },
    async close() {
      await thread?.worker.terminate();
    },
  };
}
