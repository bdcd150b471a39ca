/** As much of an `OfflineAudioContext` as a package needs that filters in one before it looks for a tempo. */
import { analysisRate } from "#analysis/onsets.ts";

interface Mono {
  readonly length: number;
  readonly sampleRate: number;
  readonly numberOfChannels: number;
  getChannelData(channel: number): Float32Array;
}

export function monoBuffer(samples: Float32Array): Mono {
  return {
    length: samples.length,
    sampleRate: analysisRate,
    numberOfChannels: 1,
    getChannelData: () => samples,
  };
}

/** The low pass of the Web Audio API 1.1, "filters characteristics": its Q is in dB. */
function lowPass(samples: Float32Array, cutoffHz: number, qDb: number): Float32Array {
  const w = (2 * Math.PI * cutoffHz) / analysisRate;
  const alpha = Math.sin(w) / (2 * 10 ** (qDb / 20));
  const [a0, a1, a2] = [1 + alpha, -2 * Math.cos(w), 1 - alpha];
  const b0 = (1 - Math.cos(w)) / 2;
  const passed = new Float32Array(samples.length);
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  for (let i = 0; i < samples.length; i++) {
    const x = samples[i];
    const y = (b0 * (x + 2 * x1 + x2) - a1 * y1 - a2 * y2) / a0;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    passed[i] = y;
  }
  return passed;
}

/** One source through one low pass to the end. */
export class LowPassContext {
  readonly destination = null;
  readonly #source = { buffer: null as Mono | null, connect: () => {}, start: () => {} };
  readonly #filter = { type: "lowpass", frequency: { value: 350 }, Q: { value: 1 }, connect: () => {} };

  createBufferSource() {
    return this.#source;
  }

  createBiquadFilter() {
    return this.#filter;
  }

  startRendering(): Promise<Mono> {
    const { buffer } = this.#source;
    if (buffer === null) return Promise.reject(new Error("Nothing to filter."));
    const { frequency, Q } = this.#filter;
    return Promise.resolve(monoBuffer(lowPass(buffer.getChannelData(0), frequency.value, Q.value)));
  }
}
