/** Watches an unmodified page from outside: what its graph puts out, what it tells its decks, when it hears a sensor. */
import type { Page } from "playwright-core";

/** 200 ms of the graph's output: the peak of each one, and the phase in radians of a tone of 6 kHz in each quantum. */
export interface Seen {
  readonly fromFrame: number;
  readonly peaks: readonly number[];
  readonly phases: readonly number[];
  /** Host time less audio time, ms: as the browser says the device plays it, and as the graph renders it. */
  readonly outputAheadMs: number;
  readonly renderAheadMs: number;
}

export interface Play {
  readonly deck: number;
  readonly postedMs: number;
  readonly atS: number;
  readonly sourceS: number;
  readonly rate: number;
}

/** A notification as the page's handler got it; the bytes are its count and event time, as text. */
export interface Heard {
  readonly heardMs: number;
  /** When the browser says the event was made. */
  readonly stampMs: number;
  readonly bytes: string;
}

export interface Watched {
  readonly seen: readonly Seen[];
  readonly plays: readonly Play[];
  /** Notifications before which commands were held back, and whether they were afterwards. */
  readonly trials: readonly { readonly heardMs: number; readonly held: boolean }[];
  /** When the page's handlers of a notification were about to be called. */
  readonly heard: readonly Heard[];
  /** Quanta without their PCM, by deck, and all there were so far. */
  readonly underruns: readonly number[];
}

type Caller = (this: unknown, ...given: unknown[]) => void;

/** Runs in the page before its scripts, so it stands alone. */
function watch(): void {
  const worklet = `
    const cosines = Float64Array.from({ length: 8 }, (_, eighth) => Math.cos((eighth * Math.PI) / 4));
    class Watcher extends AudioWorkletProcessor {
      constructor() { super(); this.from = null; this.peaks = []; this.phases = []; this.peak = 0; this.count = 0; }
      process(inputs) {
        const channel = inputs[0][0];
        this.from ??= currentFrame;
        let real = 0;
        let imaginary = 0;
        for (let index = 0; index < 128; index++) {
          const sample = channel ? channel[index] : 0;
          this.peak = Math.max(this.peak, Math.abs(sample));
          real += sample * cosines[index & 7];
          imaginary += sample * cosines[(index + 6) & 7];
          if (++this.count % 48 === 0) { this.peaks.push(this.peak); this.peak = 0; }
        }
        this.phases.push(Math.atan2(real, imaginary));
        if (this.count === 9600) {
          this.port.postMessage({ fromFrame: this.from, peaks: this.peaks, phases: this.phases });
          this.phases = [];
          this.from = null;
          this.peaks = [];
          this.count = 0;
        }
        return true;
      }
    }
    registerProcessor("bench-watcher", Watcher);`;
  const watched = {
    seen: [] as object[],
    plays: [] as object[],
    heard: [] as object[],
    trials: [] as object[],
    underruns: [] as number[],
  };
  const decks: MessagePort[] = [];
  // Trials: notifications come once a second; commands are held back from 200 ms before the next one on.
  let onTrial = false;
  let holding = false;
  const startTrials = (): void => {
    onTrial = true;
  };
  const hear = ({ timeStamp: stampMs, target }: Event): void => {
    const heardMs = performance.now();
    const { value } = target as unknown as { value: DataView };
    watched.heard.push({
      heardMs,
      stampMs,
      bytes: `${value.getUint16(1, true)} ${value.getUint16(3, true)}`,
    });
    if (!onTrial) return;
    if (holding) {
      const held = watched.trials.length % 2 === 1;
      watched.trials.push({ heardMs, held });
      if (held) setTimeout(() => (holding = false), 90);
      else holding = false;
    }
    setTimeout(() => (holding = true), 800);
  };
  Object.assign(globalThis, { watched, startTrials });
  const post = Reflect.get(MessagePort.prototype, "postMessage") as Caller;
  MessagePort.prototype.postMessage = function (this: MessagePort, message: { kind?: string }, ...rest: []) {
    if (message?.kind === "play" && holding) return;
    if (message?.kind === "play") {
      if (!decks.includes(this)) {
        const deck = decks.push(this) - 1;
        watched.underruns[deck] = 0;
        this.addEventListener("message", ({ data }) => {
          if (data.kind === "state") watched.underruns[deck] = data.underruns;
        });
      }
      watched.plays.push({ ...message, deck: decks.indexOf(this), postedMs: performance.now() });
    }
    post.call(this, message, ...rest);
  };
  const { BluetoothRemoteGATTCharacteristic } = globalThis as unknown as {
    BluetoothRemoteGATTCharacteristic?: { prototype: EventTarget & { startNotifications(): unknown } };
  };
  if (BluetoothRemoteGATTCharacteristic !== undefined) {
    const { prototype } = BluetoothRemoteGATTCharacteristic;
    const add = Reflect.get(prototype, "addEventListener") as Caller;
    prototype.addEventListener = function (this: EventTarget, kind: string, ...rest: [EventListener]) {
      add.call(this, kind, hear);
      add.call(this, kind, ...rest);
    };
  }
  document.addEventListener("upbeat:audio-opened", (event) => {
    const { context, output } = (event as CustomEvent<{ context: AudioContext; output: AudioNode }>).detail;
    void (async () => {
      const url = URL.createObjectURL(new Blob([worklet], { type: "text/javascript" }));
      await context.audioWorklet.addModule(url);
      const watcher = new AudioWorkletNode(context, "bench-watcher");
      watcher.port.addEventListener("message", ({ data }: MessageEvent) => {
        const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp();
        const outputAheadMs = performanceTime - contextTime * 1000;
        const renderAheadMs = performance.now() - context.currentTime * 1000;
        watched.seen.push({ ...data, outputAheadMs, renderAheadMs });
      });
      watcher.port.start();
      output.connect(watcher);
      watcher.connect(context.destination);
    })();
  });
}

export async function watchPage(page: Page): Promise<void> {
  await page.addInitScript(watch);
}

export function watchedOn(page: Page): Promise<Watched> {
  return page.evaluate(() => (globalThis as unknown as { watched: Watched }).watched);
}
