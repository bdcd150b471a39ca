import { Worker } from "node:worker_threads";
import type { PlannerLibrary, PlanRequest, SoundtrackPlanner } from "#server/ports/soundtrack-planner.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import type { PlanOrder, PlanReply } from "./messages.ts";

type PlanAnswer = Exclude<PlanReply, { readonly failure: string }>;

interface Waiting {
  readonly resolve: (answer: PlanAnswer) => void;
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
    if (!("failure" in reply)) resolve?.(reply);
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

  const send = async (
    request: PlanRequest,
    atS: number | null,
    library: PlannerLibrary,
  ): Promise<PlanAnswer> => {
    thread ??= startThread(() => {
      thread = null;
    });
    const { worker, waiting } = thread;
    const list = thread.version === library.version ? null : await library.tracks();
    thread.version = library.version;
    lastId += 1;
    const order: PlanOrder = { id: lastId, request, atS, tracks: list };
    return new Promise((resolve, reject) => {
      waiting.set(order.id, { resolve, reject });
      worker.postMessage(order);
    });
  };
  // In turn: two requests must not both find the library missing and send it twice.
  const inTurn: typeof send = (...order) => {
    const planned = turn.then(() => send(...order));
    turn = planned.catch(() => undefined);
    return planned;
  };
  return {
    async plan(request, library) {
      const answer = await inTurn(request, null, library);
      if ("soundtrack" in answer) return answer.soundtrack;
      throw new Error("The planner answered something else.");
    },
    async alternatives(request, atS, library) {
      const answer = await inTurn(request, atS, library);
      if ("alternatives" in answer) return answer.alternatives;
      throw new Error("The planner answered something else.");
    },
    async close() {
      await thread?.worker.terminate();
    },
  };
}
