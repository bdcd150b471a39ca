/**
 * A sliding window over a track's PCM, addressed by sample number in the track. All memory is taken by the constructor.
 * It holds samples [start, end); writing past the capacity forgets the oldest.
 */
export class PcmRing {
  readonly #channels: readonly Float32Array[];
  readonly #capacity: number;
  #start = 0;
  #end = 0;

  /** `capacitySamples` per channel. */
  constructor(channels: number, capacitySamples: number) {
    this.#capacity = capacitySamples;
    this.#channels = Array.from({ length: channels }, () => new Float32Array(capacitySamples));
  }

  get start(): number {
    return this.#start;
  }

  get end(): number {
    return this.#end;
  }

  /** Forgets everything; the next sample written is number `startSample`. */
  reset(startSample: number): void {
    this.#start = startSample;
    this.#end = startSample;
  }

  /** Appends samples, one array per channel, all of one length of at most the capacity. */
  write(channels: readonly Float32Array[]): void {
    const length = channels[0]?.length ?? 0;
    const at = modulo(this.#end, this.#capacity);
    const beforeWrap = Math.min(length, this.#capacity - at);
    for (let channel = 0; channel < this.#channels.length; channel++) {
      const source = channels[Math.min(channel, channels.length - 1)];
      const target = this.#channels[channel];
      if (source === undefined || target === undefined) return;
      target.set(source.subarray(0, beforeWrap), at);
      if (beforeWrap < length) target.set(source.subarray(beforeWrap), 0);
    }
    this.#end += length;
    this.#start = Math.max(this.#start, this.#end - this.#capacity);
  }

  /** Copies samples from `fromSample` on into `targets`, zeros where it holds none. Returns how many were missing. */
  read(fromSample: number, targets: readonly Float32Array[]): number {
    const length = targets[0]?.length ?? 0;
    const first = Math.min(Math.max(fromSample, this.#start), fromSample + length);
    const last = Math.max(Math.min(fromSample + length, this.#end), first);
    const skip = first - fromSample;
    const count = last - first;
    const at = modulo(first, this.#capacity);
    const beforeWrap = Math.min(count, this.#capacity - at);
    for (let channel = 0; channel < targets.length; channel++) {
      const target = targets[channel];
      const source = this.#channels[channel];
      if (target === undefined || source === undefined) continue;
      target.fill(0, 0, skip);
      copy(source, at, target, skip, beforeWrap);
      copy(source, 0, target, skip + beforeWrap, count - beforeWrap);
      target.fill(0, skip + count);
    }
    return length - count;
  }
}

/** A loop: `subarray` would leave garbage on the audio thread each quantum. */
function copy(source: Float32Array, from: number, target: Float32Array, to: number, count: number): void {
  for (let index = 0; index < count; index++) target[to + index] = source[from + index] as number;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
