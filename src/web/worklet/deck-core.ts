import type { Stretcher } from "#protocol/audio/stretch.ts";
import { DeckMotion } from "./deck-motion.ts";
import { Fade } from "./fade.ts";
import { PcmRing } from "./pcm-ring.ts";
import { Varispeed } from "./varispeed.ts";

/** Kept before the position for small steps back, and decoded ahead of it. Together under a minute of PCM a deck. */
export const heldBehindS = 4;
export const heldAheadS = 30;
/** Ask the feeder again once the position has moved this far. */
const wantStepS = 1;
/** A deck at rest gets going so long before it moves: longer than what its stretcher and varispeed hold. */
const wakeS = 0.2;

/**
 * One deck's sound, without any Web Audio: PCM in, motion and fades in, stretched and faded quanta out.
 * `outputS` is the time at the graph's output of a quantum's first sample.
 */
export class DeckCore {
  readonly motion = new DeckMotion();
  readonly fade = new Fade(0);
  underruns = 0;
  load = 0;
  readonly #ring: PcmRing;
  readonly #stretcher: Stretcher;
  readonly #varispeed: Varispeed;
  readonly #sampleRate: number;
  #trackGain = 1;
  #endSample = Infinity;
  #wantedSample = 0;
  /** The stretcher's block lacks PCM that may come yet. */
  #lacksPcm = false;
  /** Frames rendered since the deck stopped: once the kernel has rung out it rests. */
  #idleFrames = 0;

  constructor(stretcher: Stretcher, sampleRate: number, channels: number) {
    this.#stretcher = stretcher;
    this.#sampleRate = sampleRate;
    this.#varispeed = new Varispeed(channels, sampleRate, stretcher.outputLatencySamples);
    this.#ring = new PcmRing(channels, Math.ceil((heldBehindS + heldAheadS + wantStepS) * sampleRate));
  }

  get heldFromS(): number {
    return this.#ring.start / this.#sampleRate;
  }

  get heldToS(): number {
    return this.#ring.end / this.#sampleRate;
  }

  /** Another track, or another place in it. Silent until it is played and faded in. `gain` matches its loudness. */
  startLoad(load: number, startSample: number, gain: number): void {
    this.load = load;
    this.#trackGain = gain;
    this.#endSample = Infinity;
    this.motion.clear();
    this.fade.set(0);
    this.#ring.reset(startSample);
    this.#wantedSample = startSample;
  }

  addPcm(channels: readonly Float32Array[]): void {
    this.#ring.write(channels);
  }

  endOfTrack(): void {
    this.#endSample = this.#ring.end;
  }

  /** The sample up to which PCM is wanted now, if that is news to the feeder; otherwise null. */
  takeWant(outputS: number): number | null {
    const playing = this.motion.rateAt(outputS) !== null;
    const positionSample = playing ? this.motion.sourceAt(outputS) * this.#sampleRate : this.#ring.start;
    const until = Math.round(positionSample + heldAheadS * this.#sampleRate);
    if (until < this.#wantedSample + wantStepS * this.#sampleRate) return null;
    this.#wantedSample = until;
    return until;
  }

  /** Fills `output` (one array per channel) with the quantum that begins at `outputS`. */
  render(outputS: number, output: readonly Float32Array[]): void {
    const frames = output[0]?.length ?? 0;
    this.motion.advance(outputS);
    this.fade.advance(outputS);
    if (this.#idleFrames > this.#stretcher.windowSamples * 2) {
      if (this.motion.movesFrom(outputS) > outputS + wakeS) {
        this.#varispeed.clear();
        for (const channel of output) channel.fill(0);
        return;
      }
      this.#idleFrames = 0;
    }
    const startGain = this.#gainAt(outputS);
    const endGain = this.#gainAt(outputS + frames / this.#sampleRate);
    const heardS = this.#varispeed.heardS(outputS, this.motion);
    const rate = this.motion.rateAt(heardS);
    if (rate === null) this.#varispeed.write(this.#renderRest(frames), Number.NaN, 1);
    else {
      const sourceS = this.motion.sourceAt(heardS);
      this.#varispeed.write(this.#renderAt(sourceS, rate, frames), sourceS, rate);
      if (startGain > 0 && this.#lacksPcm) this.underruns += 1;
    }
    const sound = this.#varispeed.read(outputS, this.motion);
    for (let channel = 0; channel < output.length; channel++) {
      fadeInto(sound[channel] as Float32Array, startGain, endGain, output[channel] as Float32Array);
    }
  }

  /** Nothing outside the motion is heard: neither what the kernel smears before a start nor its ringing after a stop. */
  #gainAt(outputS: number): number {
    return this.motion.rateAt(outputS) === null ? 0 : this.#trackGain * this.fade.gainAt(outputS);
  }

  #renderRest(frames: number): readonly Float32Array[] {
    this.#idleFrames += frames;
    this.#lacksPcm = false;
    return this.#stretcher.renderSilence(frames);
  }

  #renderAt(sourceS: number, rate: number, frames: number): readonly Float32Array[] {
    this.#idleFrames = 0;
    if (this.#stretcher.isDue(frames)) this.#fillWindow(sourceS * this.#sampleRate, rate);
    return this.#stretcher.render(frames);
  }

  #fillWindow(position: number, rate: number): void {
    const from = this.#stretcher.windowStart(position);
    this.#ring.read(from, this.#stretcher.input());
    this.#stretcher.take(rate);
    const lacksEnd = from + this.#stretcher.windowSamples > Math.min(this.#ring.end, this.#endSample);
    const atEnd = this.#ring.end >= this.#endSample;
    const lacksStart = position >= 0 && position < this.#ring.start;
    this.#lacksPcm = (lacksEnd && !atEnd) || lacksStart;
  }
}

function fadeInto(sound: Float32Array, startGain: number, endGain: number, into: Float32Array): void {
  const frames = into.length;
  const step = (endGain - startGain) / frames;
  for (let frame = 0; frame < frames; frame++) {
    into[frame] = (sound[frame] as number) * (startGain + step * frame);
  }
}
