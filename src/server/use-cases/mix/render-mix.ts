/** A soundtrack as sound: tracks stretched to the class's target cadence, crossfaded on bar lines, evenly loud. */
import type { ClassPlan } from "#domain/class-plan.ts";
import type { Soundtrack } from "#domain/soundtrack.ts";
import type { PlannerTrack } from "#domain/track.ts";
import type { PcmBlock } from "#protocol/audio/decode.ts";
import { openStretcher, type Stretcher } from "#protocol/audio/stretch.ts";
import { Limiter } from "./limiter.ts";
import { PcmWindow } from "./pcm-window.ts";
import { slotMotion, type SlotMotion } from "./slot-motion.ts";

/** The stretcher is at its best where 16 ms are a multiple of 128 samples. */
export const mixSampleRate = 48_000;
/** Half the stretcher's interval: as pure as 128 samples at a time, with fewer calls. */
const quantum = 384;
const blockFrames = 12 * quantum;

export type OpenTrack = (track: PlannerTrack) => AsyncIterable<PcmBlock>;

export interface MixOrder {
  readonly plan: ClassPlan;
  readonly soundtrack: Soundtrack;
  readonly tracks: ReadonlyMap<string, PlannerTrack>;
  readonly openTrack: OpenTrack;
}

/** One slot while it sounds. */
class Deck {
  readonly motion: SlotMotion;
  readonly #stretcher: Stretcher;
  readonly #sound: PcmWindow;
  readonly #latencyS: number;

  constructor(motion: SlotMotion, stretcher: Stretcher, sound: PcmWindow) {
    this.motion = motion;
    this.#stretcher = stretcher;
    this.#sound = sound;
    this.#latencyS = stretcher.outputLatencySamples / mixSampleRate;
  }

  /** Adds this deck's sound of the block that begins at `startS`. */
  async addTo(left: Float32Array, right: Float32Array, startS: number): Promise<void> {
    const endS = startS + left.length / mixSampleRate;
    const first = this.#stretcher.windowStart(this.#sourceSample(startS));
    const last = this.#stretcher.windowStart(this.#sourceSample(endS)) + this.#stretcher.windowSamples;
    await this.#sound.reach(last, first);
    for (let frame = 0; frame < left.length; frame += quantum) {
      const tS = startS + frame / mixSampleRate;
      if (this.#stretcher.isDue(quantum)) {
        this.#sound.read(this.#stretcher.windowStart(this.#sourceSample(tS)), this.#stretcher.input());
        this.#stretcher.take(this.motion.rateAt(tS + this.#latencyS));
      }
      const rendered = this.#stretcher.render(quantum);
      const from = this.motion.gainAt(tS);
      const to = this.motion.gainAt(tS + quantum / mixSampleRate);
      mixIn(left, rendered[0], frame, from, to);
      mixIn(right, rendered[1], frame, from, to);
    }
  }

  close(): Promise<void> {
    return this.#sound.close();
  }

  /** What the kernel must look at now is heard its latency later. */
  #sourceSample(tS: number): number {
    return this.motion.sourceAt(tS + this.#latencyS) * mixSampleRate;
  }
}

function mixIn(
  into: Float32Array,
  from: Float32Array | undefined,
  at: number,
  startGain: number,
  endGain: number,
) {
  if (from === undefined) return;
  for (let frame = 0; frame < quantum; frame += 1) {
    const gain = startGain + ((endGain - startGain) * frame) / quantum;
    into[at + frame] = (into[at + frame] ?? 0) + (from[frame] ?? 0) * gain;
  }
}

async function openDeck(order: MixOrder, index: number): Promise<Deck> {
  const { plan, soundtrack, tracks, openTrack } = order;
  const track = tracks.get(soundtrack.slots[index]?.trackId ?? "");
  if (track === undefined) throw new RangeError("The soundtrack names a track that is not there.");
  const motion = slotMotion(plan, soundtrack.slots, index, track);
  return new Deck(
    motion,
    await openStretcher(mixSampleRate, 2),
    new PcmWindow(openTrack(track), mixSampleRate),
  );
}

/**
 * Renders the whole class as stereo blocks at `mixSampleRate`, each to be used before the next is asked for.
 * At most two tracks are open at a time; memory does not grow with the class. Rejects when a track cannot be decoded.
 */
export async function* renderMix(order: MixOrder): AsyncGenerator<readonly [Float32Array, Float32Array]> {
  const { soundtrack, plan } = order;
  const total = Math.round(plan.durationS * mixSampleRate);
  const limiter = new Limiter(mixSampleRate);
  const decks: Deck[] = [];
  let nextSlot = 0;
  let skip = limiter.delayFrames;
  try {
    for (let frame = 0, given = 0; given < total; frame += blockFrames) {
      const startS = frame / mixSampleRate;
      const endS = (frame + blockFrames) / mixSampleRate;
      while ((soundtrack.slots[nextSlot]?.startS ?? Infinity) - 3 < endS) {
        decks.push(await openDeck(order, nextSlot));
        nextSlot += 1;
      }
      const left = new Float32Array(blockFrames);
      const right = new Float32Array(blockFrames);
      for (const deck of decks) {
        if (deck.motion.fromS < endS && deck.motion.toS > startS) await deck.addTo(left, right, startS);
      }
      while (decks.length > 0 && (decks[0]?.motion.toS ?? Infinity) <= startS) await decks.shift()?.close();
      limiter.process(left, right);
      const until = Math.min(blockFrames, skip + total - given);
      if (until > skip) yield [left.subarray(skip, until), right.subarray(skip, until)];
      given += Math.max(0, until - skip);
      skip = 0;
    }
  } finally {
    for (const deck of decks) await deck.close();
  }
}
