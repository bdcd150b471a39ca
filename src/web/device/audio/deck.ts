import { deckProcessorName } from "#web/worklet/messages.ts";
import type { DeckMessage, DeckReport } from "#web/worklet/messages.ts";
import type { DecodeMessage, DecodeReport } from "./decode-worker.ts";

/** Where a track's bytes are and the gain that brings it to the common loudness. */
export interface DeckSource {
  readonly url: string;
  readonly gain: number;
}

/** PCM loaded before the asked position, for the stretcher's window and small steps back. */
const preRollS = 0.5;
/** A deck that was loaded up to so much earlier in the track still has enough ahead. */
const reusableS = 15;

export interface DeckState {
  readonly trackId: string | null;
  readonly sourceS: number;
  readonly heldToS: number;
  readonly underruns: number;
}

/** The page's end of one deck: a worklet node and the worker that feeds it. All times are the context's. */
export class Deck {
  readonly node: AudioWorkletNode;
  /** Resolves once the audio thread has the deck. */
  readonly ready: Promise<void>;
  readonly #worker: Worker;
  readonly #sampleRate: number;
  readonly #onFailure: (trackId: string, reason: string) => void;
  #load = 0;
  #holds: { readonly trackId: string; readonly startS: number } | null = null;
  /** Played since it was loaded: a second load of the same place is then meant. */
  #used = false;
  #feeding: Promise<void> = Promise.resolve();
  #fed = () => {};
  #state: DeckState = { trackId: null, sourceS: 0, heldToS: 0, underruns: 0 };

  constructor(context: AudioContext, onFailure: (trackId: string, reason: string) => void) {
    this.#sampleRate = context.sampleRate;
    this.#onFailure = onFailure;
    this.node = new AudioWorkletNode(context, deckProcessorName, {
      numberOfInputs: 0,
      numberOfOutputs: 1,
      outputChannelCount: [2],
    });
    this.#worker = new Worker(new URL("./decode-worker.ts", import.meta.url), { type: "module" });
    const { port1, port2 } = new MessageChannel();
    this.#tell({ kind: "feeder", port: port1 }, [port1]);
    this.#tellWorker({ kind: "deck", port: port2, sampleRate: context.sampleRate }, [port2]);
    this.#worker.addEventListener("message", ({ data }: MessageEvent<DecodeReport>) =>
      this.#hearWorker(data),
    );
    this.ready = new Promise((resolve) => {
      this.node.port.addEventListener("message", ({ data }: MessageEvent<DeckReport>) => {
        if (data.kind === "ready") resolve();
        else this.#observe(data);
      });
      this.node.port.start();
    });
  }

  get state(): DeckState {
    return this.#state;
  }

  /** Resolves once the first PCM of the latest load is there, or its track has failed. */
  get loaded(): Promise<void> {
    return this.#feeding;
  }

  /** Gets `trackId` ready from `sourceS` on; does nothing when that is loaded and was not played yet. */
  load(trackId: string, source: DeckSource, sourceS: number): void {
    if (this.#holdsUnused(trackId, sourceS)) return;
    const startS = Math.max(0, sourceS - preRollS);
    this.#load += 1;
    this.#holds = { trackId, startS };
    this.#used = false;
    this.#feeding = new Promise((resolve) => {
      this.#fed = resolve;
    });
    const startSample = Math.round(startS * this.#sampleRate);
    this.#tell({ kind: "load", load: this.#load, startSample, gain: source.gain });
    this.#tellWorker({ kind: "load", load: this.#load, url: source.url, startSample });
  }

  #holdsUnused(trackId: string, sourceS: number): boolean {
    const loaded = this.#holds;
    if (loaded === null || this.#used || loaded.trackId !== trackId) return false;
    return sourceS >= loaded.startS && sourceS <= loaded.startS + reusableS;
  }

  play(atS: number, sourceS: number, rate: number): void {
    this.#used = true;
    this.#tell({ kind: "play", atS, sourceS, rate });
  }

  fade(fromS: number, toS: number, toGain: number): void {
    this.#tell({ kind: "fade", fromS, toS, toGain });
  }

  stop(atS: number): void {
    this.#tell({ kind: "stop", atS });
  }

  close(): void {
    this.#worker.terminate();
    this.node.disconnect();
  }

  #observe(report: Extract<DeckReport, { kind: "state" }>): void {
    if (report.load !== this.#load) return;
    this.#state = {
      trackId: this.#holds?.trackId ?? null,
      sourceS: report.sourceS,
      heldToS: report.heldToS,
      underruns: report.underruns,
    };
  }

  #hearWorker(report: DecodeReport): void {
    if (report.load !== this.#load) return;
    this.#fed();
    if (report.kind === "failed" && this.#holds !== null) this.#onFailure(this.#holds.trackId, report.reason);
  }

  #tell(message: DeckMessage, transfer: Transferable[] = []): void {
    this.node.port.postMessage(message, transfer);
  }

  #tellWorker(message: DecodeMessage, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }
}
