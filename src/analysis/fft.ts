/** Power spectra of real frames of one length: a complex FFT of half the length on the interleaved samples. */
export interface PowerSpectrum {
  readonly frameLength: number;
  /** Writes |X[k]|^2 for k = 0..frameLength/2 into `power`. */
  compute(frame: Float32Array, power: Float32Array): void;
}

function bitReversal(size: number): Uint32Array {
  const order = new Uint32Array(size);
  const bits = Math.log2(size);
  for (let i = 0; i < size; i++) {
    let reversed = 0;
    for (let bit = 0; bit < bits; bit++) reversed |= ((i >> bit) & 1) << (bits - 1 - bit);
    order[i] = reversed;
  }
  return order;
}

interface Twiddles {
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

/** The factors of each stage in the order they are read, one stage behind the other: stage `half` starts at half - 1. */
function stageTwiddles(size: number): Twiddles {
  const cos = new Float64Array(size - 1);
  const sin = new Float64Array(size - 1);
  for (let half = 1; half < size; half *= 2) {
    for (let k = 0; k < half; k++) {
      cos[half - 1 + k] = Math.cos((Math.PI * k) / half);
      sin[half - 1 + k] = Math.sin((Math.PI * k) / half);
    }
  }
  return { cos, sin };
}

/** In-place radix-2 butterflies (Cooley & Tukey 1965) over bit-reversed input. */
function butterflies(re: Float64Array, im: Float64Array, { cos, sin }: Twiddles): void {
  const size = re.length;
  for (let a = 0; a < size; a += 2) {
    const x = re[a + 1];
    const y = im[a + 1];
    re[a + 1] = re[a] - x;
    im[a + 1] = im[a] - y;
    re[a] += x;
    im[a] += y;
  }
  for (let half = 2; half < size; half *= 2) {
    for (let start = 0; start < size; start += 2 * half) {
      for (let a = start, b = start + half, t = half - 1; a < start + half; a++, b++, t++) {
        const x = re[b] * cos[t] + im[b] * sin[t];
        const y = im[b] * cos[t] - re[b] * sin[t];
        re[b] = re[a] - x;
        im[b] = im[a] - y;
        re[a] += x;
        im[a] += y;
      }
    }
  }
}

/** `frameLength` is a power of two, at least 4. */
export function createPowerSpectrum(frameLength: number): PowerSpectrum {
  const size = frameLength / 2;
  const order = bitReversal(size);
  const angle = (k: number) => (2 * Math.PI * k) / frameLength;
  const cos = Float64Array.from({ length: size + 1 }, (_, k) => Math.cos(angle(k)));
  const sin = Float64Array.from({ length: size + 1 }, (_, k) => Math.sin(angle(k)));
  const twiddles = stageTwiddles(size);
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  return {
    frameLength,
    compute(frame, power) {
      for (let i = 0; i < size; i++) {
        re[i] = frame[2 * order[i]];
        im[i] = frame[2 * order[i] + 1];
      }
      butterflies(re, im, twiddles);
      for (let k = 0; k <= size; k++) {
        const a = k === size ? 0 : k;
        const b = k === 0 ? 0 : size - k;
        const evenRe = (re[a] + re[b]) / 2;
        const evenIm = (im[a] - im[b]) / 2;
        const oddRe = (im[a] + im[b]) / 2;
        const oddIm = (re[b] - re[a]) / 2;
        const x = evenRe + oddRe * cos[k] + oddIm * sin[k];
        const y = evenIm + oddIm * cos[k] - oddRe * sin[k];
        power[k] = x * x + y * y;
      }
    },
  };
}

export function hannWindow(length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length));
}
