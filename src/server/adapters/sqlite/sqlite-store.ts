import { Worker } from "node:worker_threads";
import { StoreError, type Store } from "#server/ports/store.ts";
import { methods, type PartName, type StoreParts } from "./methods.ts";
import type { Reply, Request, WorkerSetup } from "./worker-messages.ts";

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The database worker seen from the other threads: numbered requests out, answers back. */
class DatabaseWorker {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #opened: Promise<void>;
  #lastId = 0;
  #ended: StoreError | null = null;

  constructor(path: string) {
    const setup: WorkerSetup = { path };
    this.#worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: setup });
    this.#opened = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(0, { resolve, reject });
    }).then(() => undefined);
    this.#worker.on("message", (reply: Reply) => this.#settle(reply));
    this.#worker.on("error", (error) => this.#end(new StoreError("other", error.message)));
    this.#worker.on("exit", () => this.#end(new StoreError("closed", "The store is closed.")));
  }

  opened(): Promise<void> {
    return this.#opened;
  }

  call(request: Omit<Request, "id">): Promise<unknown> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ ...request, id });
    });
  }

  /** Finishes every commit that was asked for, then closes the file. */
  async close(): Promise<void> {
    if (this.#ended !== null) return;
    const closed = this.call({ part: "database", method: "close", args: [] });
    this.#ended = new StoreError("closed", "The store is closed.");
    await closed;
    await this.#worker.terminate();
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (waiting === undefined) return;
    if ("failure" in reply) waiting.reject(new StoreError(reply.failure.reason, reply.failure.message));
    else waiting.resolve(reply.value);
  }

  #end(error: StoreError): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

function remotePart<P extends PartName>(worker: DatabaseWorker, part: P): StoreParts[P] {
  const calls = Object.keys(methods[part]).map((method) => [
    method,
    (...args: readonly unknown[]) => worker.call({ part, method, args }),
  ]);
  return Object.fromEntries(calls) as StoreParts[P];
}

/**
 * Opens the embedded store in its own thread. Rejects with `StoreError` when another process has it open, the folder
 * cannot be written, or the file is damaged or newer than this programme.
 */
export async function openSqliteStore(path: string): Promise<Store> {
  const worker = new DatabaseWorker(path);
  await worker.opened();
  return {
    tracks: remotePart(worker, "tracks"),
    grids: remotePart(worker, "grids"),
    sounds: remotePart(worker, "sounds"),
    people: remotePart(worker, "people"),
    passkeys: remotePart(worker, "passkeys"),
    workouts: remotePart(worker, "workouts"),
    settings: remotePart(worker, "settings"),
    athletes: remotePart(worker, "athletes"),
    consents: remotePart(worker, "consents"),
    dataKeys: remotePart(worker, "dataKeys"),
    audit: remotePart(worker, "audit"),
    erasure: remotePart(worker, "erasure"),
    ownClasses: remotePart(worker, "ownClasses"),
    oauth: remotePart(worker, "oauth"),
    usage: remotePart(worker, "usage"),
    webhooks: remotePart(worker, "webhooks"),
    taste: remotePart(worker, "taste"),
    retention: remotePart(worker, "retention"),
    embeddings: remotePart(worker, "embeddings"),
    async backup(target) {
      await worker.call({ part: "database", method: "backup", args: [target] });
    },
    close: () => worker.close(),
  };
}
