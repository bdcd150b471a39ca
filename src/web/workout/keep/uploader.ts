import type { KeepStore } from "./kept-workout.ts";
import { upload } from "./upload.ts";
import type { KeepServer, UploadOutcome } from "./upload.ts";

/** Waits between attempts while the server is away. */
const firstRetryMs = 1_000;
const slowestRetryMs = 30_000;

export function uploadRetryMs(attempt: number): number {
  return Math.min(slowestRetryMs, firstRetryMs * 2 ** attempt);
}

export interface UploaderOptions {
  readonly store: KeepStore;
  readonly server: KeepServer;
  readonly onOutcome: (id: string, outcome: UploadOutcome) => void;
}

/** Sends kept workouts whenever there is something to send; one request at a time for each of them. */
export class Uploader {
  readonly #options: UploaderOptions;
  readonly #busy = new Set<string>();
  /** Asked for again while busy. */
  readonly #again = new Set<string>();
  readonly #waiting = new Map<string, { attempt: number; timer: ReturnType<typeof setTimeout> }>();

  constructor(options: UploaderOptions) {
    this.#options = options;
  }

  /** Something new is kept of this workout. Sent now, or when the wait after a failure is over. */
  nudge(id: string): void {
    if (this.#waiting.has(id)) return;
    this.#start(id, 0);
  }

  /** The network is back, or a person asks: stop waiting. */
  retryNow(): void {
    for (const [id, { attempt, timer }] of this.#waiting) {
      clearTimeout(timer);
      this.#waiting.delete(id);
      this.#start(id, attempt);
    }
  }

  close(): void {
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }

  #start(id: string, attempt: number): void {
    if (this.#busy.has(id)) {
      this.#again.add(id);
      return;
    }
    this.#busy.add(id);
    void this.#run(id, attempt);
  }

  async #run(id: string, attempt: number): Promise<void> {
    const outcome = await this.#attempt(id);
    this.#busy.delete(id);
    const again = this.#again.delete(id);
    this.#options.onOutcome(id, outcome);
    if (outcome.kind === "later") {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        this.#start(id, attempt + 1);
      }, uploadRetryMs(attempt));
      this.#waiting.set(id, { attempt: attempt + 1, timer });
    } else if (again && outcome.kind === "up-to-date") {
      this.#start(id, 0);
    }
  }

  async #attempt(id: string): Promise<UploadOutcome> {
    try {
      return await upload(this.#options.store, this.#options.server, id);
    } catch {
      return { kind: "later" }; // the database is busy or blocked: what is kept stays kept
    }
  }
}
