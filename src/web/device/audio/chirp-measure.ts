/** How late the output sounds, by playing chirps and listening for them. What is recorded stays in this page's memory. */
import { agreedDelay, type ChirpDelay, chirpOf, findChirp } from "#analysis/chirp.ts";
import { microphoneProcessorName } from "#web/worklet/messages.ts";
import type { MicrophonePiece } from "#web/worklet/messages.ts";
import workletUrl from "#web/worklet/index.ts?worker&url";
import { AudioClock } from "./clock.ts";
import { audioOpenedEvent, contextOptions, observeOutput } from "./output.ts";
import type { AudioOpened } from "./output.ts";

export const chirpCount = 12;
/** Farther apart than any headphones are late. */
const periodS = 0.75;
const searchedS = 0.6;
const firstChirpS = 0.8;
const level = 0.5;

/** As it is heard: cleaning would take the chirps for an echo, and away. */
const asHeard: MediaStreamConstraints = {
  audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 },
};

export interface ChirpMeasure {
  /** Null when the chirps were not heard, or their delays do not agree. */
  readonly delay: Promise<ChirpDelay | null>;
  close(): void;
}

/**
 * Plays the chirps; call it from a press. `onChirp` gets how many have been looked for so far. The delay is the one that
 * the browser does not know of, like the one that taps measure: what it says of output and microphone is taken off.
 * @throws DOMException when no microphone may be used.
 */
export async function measureChirps(onChirp: (count: number) => void): Promise<ChirpMeasure> {
  const stream = await navigator.mediaDevices.getUserMedia(asHeard);
  const context = new AudioContext(contextOptions);
  const close = (): void => {
    for (const track of stream.getTracks()) track.stop();
    if (context.state !== "closed") void context.close();
  };
  try {
    await context.audioWorklet.addModule(workletUrl);
    const output = new GainNode(context, { gain: level });
    output.connect(context.destination);
    const clock = new AudioClock();
    const opened: AudioOpened = { context, output, clock };
    document.dispatchEvent(new CustomEvent(audioOpenedEvent, { detail: opened }));
    await context.resume();
    const startS = context.currentTime + firstChirpS;
    const chirp = chirpOf(context.sampleRate);
    playChirps(context, output, chirp, startS);
    const latencyS = Number(Reflect.get(stream.getAudioTracks()[0]?.getSettings() ?? {}, "latency") ?? 0);
    const delay = listen(context, clock, stream, { chirp, startS, latencyS, onChirp }).finally(close);
    return { delay, close };
  } catch (error) {
    close();
    throw error;
  }
}

function playChirps(context: AudioContext, output: AudioNode, chirp: Float32Array, startS: number): void {
  const { sampleRate } = context;
  const buffer = new AudioBuffer({ length: chirp.length, sampleRate });
  buffer.getChannelData(0).set(chirp);
  for (let index = 0; index < chirpCount; index++) {
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(output);
    source.start(startS + index * periodS);
  }
}

interface Listening {
  readonly chirp: Float32Array;
  readonly startS: number;
  /** From a sound at the microphone to the graph, as the browser says. */
  readonly latencyS: number;
  readonly onChirp: (count: number) => void;
}

/** Looks for each chirp once all has been heard in which it can lie. */
function listen(
  context: AudioContext,
  clock: AudioClock,
  stream: MediaStream,
  { chirp, startS, latencyS, onChirp }: Listening,
): Promise<ChirpDelay | null> {
  const { sampleRate } = context;
  const microphone = new MediaStreamAudioSourceNode(context, { mediaStream: stream });
  const ears = new AudioWorkletNode(context, microphoneProcessorName, { numberOfOutputs: 1 });
  microphone.connect(ears).connect(context.destination); // only a connected node is run; it is silent
  const heard = new Float32Array(Math.ceil((firstChirpS + chirpCount * periodS + 1) * sampleRate));
  const delaysMs: (number | null)[] = [];
  let origin: number | null = null;
  return new Promise((resolve) => {
    ears.port.addEventListener("message", ({ data: { fromFrame, pcm } }: MessageEvent<MicrophonePiece>) => {
      observeOutput(context, clock);
      origin ??= fromFrame;
      if (fromFrame - origin + pcm.length <= heard.length) heard.set(pcm, fromFrame - origin);
      const from = Math.round((startS + delaysMs.length * periodS) * sampleRate) - origin;
      if (fromFrame + pcm.length - origin < from + searchedS * sampleRate) return;
      const searched = heard.subarray(from, from + searchedS * sampleRate);
      const at = from < 0 ? null : findChirp(searched, chirp, sampleRate);
      // Of that the browser knows: how far the graph is ahead of the output, and the microphone's own delay.
      const aheadMs = clock.toHostMs(context.currentTime) - performance.now();
      delaysMs.push(at === null ? null : (at / sampleRate - latencyS) * 1000 - aheadMs);
      onChirp(delaysMs.length);
      if (delaysMs.length === chirpCount) resolve(agreedDelay(delaysMs));
    });
    ears.port.start();
  });
}
