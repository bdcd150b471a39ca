import { microphoneProcessorName } from "./messages.ts";
import type { MicrophonePiece } from "./messages.ts";

const pieceFrames = 4096;

/** Hands what a microphone hears to the page, with the frame of the audio clock at which each piece was heard. */
class MicrophoneProcessor extends AudioWorkletProcessor {
  #pcm = new Float32Array(pieceFrames);
  #frames = 0;
  #fromFrame = 0;

  process(inputs: Float32Array[][]): boolean {
    const channel = inputs[0]?.[0];
    if (this.#frames === 0) this.#fromFrame = currentFrame;
    // A microphone that gives nothing for a moment gives silence: the clock goes on.
    if (channel !== undefined) this.#pcm.set(channel, this.#frames);
    this.#frames += 128;
    if (this.#frames < pieceFrames) return true;
    const piece: MicrophonePiece = { fromFrame: this.#fromFrame, pcm: this.#pcm };
    this.port.postMessage(piece, [piece.pcm.buffer]);
    this.#pcm = new Float32Array(pieceFrames);
    this.#frames = 0;
    return true;
  }
}

registerProcessor(microphoneProcessorName, MicrophoneProcessor);
