/**
 * Feeds one deck: fetches a track (from the cache kept for this workout, else from the server), decodes it and hands
 * the PCM straight to the audio thread, no further ahead than the deck asks. The page's thread is never in between.
 */
import type { FeedMessage, WantMessage } from "#web/worklet/messages.ts";
import { audioBytes } from "./audio-cache.ts";
import { feedTrack } from "./track-feed.ts";

export type DecodeMessage =
  | { readonly kind: "deck"; readonly port: MessagePort; readonly sampleRate: number }
  | { readonly kind: "load"; readonly load: number; readonly url: string; readonly startSample: number };

export type DecodeReport =
  /** The deck has the first piece of this load. */
  | { readonly kind: "fed"; readonly load: number }
  /** The track cannot be played: one clear line. */
  | { readonly kind: "failed"; readonly load: number; readonly reason: string };

/** A piece handed over at a time; short enough that the ring never has to take long. */
const maxPieceSamples = 16_384;

let deck: MessagePort | null = null;
let sampleRate = 48_000;
let currentLoad = 0;
/** The deck's latest wish. It may name a load that this worker has yet to hear of, never one the deck has not. */
let want: WantMessage = { kind: "want", load: 0, untilSample: 0 };
let wakeFeeder = () => {};

function report(message: DecodeReport): void {
  postMessage(message);
}

function give(message: FeedMessage): void {
  const transfer =
    message.kind === "pcm" ? message.channels.map((channel) => channel.buffer as ArrayBuffer) : [];
  deck?.postMessage(message, transfer);
}

/** Waits until the deck wants what lies past `sample`; false when another load has begun. */
async function wanted(load: number, sample: number): Promise<boolean> {
  // oxlint-disable-next-line no-unmodified-loop-condition -- messages change it while this waits
  while (load === currentLoad && (want.load !== load || sample >= want.untilSample)) {
    await new Promise<void>((resolve) => {
      wakeFeeder = resolve;
    });
  }
  return load === currentLoad;
}

async function feed(load: number, url: string, startSample: number): Promise<void> {
  let sample = startSample;
  for await (const channels of feedTrack(await audioBytes(url), startSample, sampleRate)) {
    const length = channels[0]?.length ?? 0;
    for (let from = 0; from < length; from += maxPieceSamples) {
      if (!(await wanted(load, sample))) return;
      const piece = channels.map((channel) => channel.slice(from, from + maxPieceSamples));
      give({ kind: "pcm", load, channels: piece });
      if (sample === startSample) report({ kind: "fed", load });
      sample += Math.min(maxPieceSamples, length - from);
    }
    if (load !== currentLoad) return;
  }
  give({ kind: "end", load });
}

function begin({ load, url, startSample }: Extract<DecodeMessage, { kind: "load" }>): void {
  currentLoad = load;
  wakeFeeder();
  feed(load, url, startSample).catch((error: unknown) => {
    if (load !== currentLoad) return;
    report({ kind: "failed", load, reason: error instanceof Error ? error.message : String(error) });
  });
}

addEventListener("message", ({ data }: MessageEvent<DecodeMessage>) => {
  if (data.kind === "load") {
    begin(data);
    return;
  }
  deck = data.port;
  sampleRate = data.sampleRate;
  deck.addEventListener("message", ({ data: latest }: MessageEvent<WantMessage>) => {
    want = latest;
    wakeFeeder();
  });
  deck.start();
});
