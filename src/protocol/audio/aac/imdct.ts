/** The inverse MDCT: through a DCT-IV, which is a complex FFT of half the length between two turns of the phase. */

export interface Imdct {
  /**
   * `length` coefficients from `input` at `from` -> `2 * length` samples in `output` from 0, unwindowed:
   * x[n] = 1/length * sum over k of X[k] cos(pi/length (n + 1/2 + length/2)(k + 1/2)) (ISO/IEC 14496-3, 4.6.11.3).
   */
  (input: Float64Array, from: number, output: Float64Array): void;
}

function reversedBits(length: number): Uint16Array {
  const order = new Uint16Array(length);
  for (let i = 1; i < length; i++) order[i] = ((order[i >> 1] ?? 0) >> 1) | (i & 1 ? length >> 1 : 0);
  return order;
}

/** In place, radix 2, input in bit-reversed order. */
function fft(re: Float64Array, im: Float64Array, cos: Float64Array, sin: Float64Array): void {
  const length = re.length;
  for (let half = 1; half < length; half *= 2) {
    const stride = length / (2 * half);
    for (let start = 0; start < length; start += 2 * half) {
      for (let k = 0; k < half; k++) {
        const a = start + k;
        const b = a + half;
        const c = cos[k * stride]!;
        const s = sin[k * stride]!;
        const bRe = re[b]! * c - im[b]! * s;
        const bIm = re[b]! * s + im[b]! * c;
        re[b] = re[a]! - bRe;
        im[b] = im[a]! - bIm;
        re[a] = re[a]! + bRe;
        im[a] = im[a]! + bIm;
      }
    }
  }
}

export function createImdct(length: number): Imdct {
  const half = length / 2;
  const order = reversedBits(half);
  const table = (of: (x: number) => number, angle: (k: number) => number) =>
    Float64Array.from({ length: half }, (_, k) => of(angle(k)));
  const turn = (k: number) => (-Math.PI * (8 * k + 1)) / (8 * length);
  const root = (k: number) => (-2 * Math.PI * k) / half;
  const [turnCos, turnSin] = [table(Math.cos, turn), table(Math.sin, turn)];
  const [rootCos, rootSin] = [table(Math.cos, root), table(Math.sin, root)];
  const [re, im] = [new Float64Array(half), new Float64Array(half)];
  const dct = new Float64Array(length);
  return (input, from, output) => {
    for (let k = 0; k < half; k++) {
      const a = input[from + 2 * k]!;
      const b = input[from + length - 1 - 2 * k]!;
      const to = order[k]!;
      re[to] = a * turnCos[k]! - b * turnSin[k]!;
      im[to] = a * turnSin[k]! + b * turnCos[k]!;
    }
    fft(re, im, rootCos, rootSin);
    for (let k = 0; k < half; k++) {
      dct[2 * k] = (re[k]! * turnCos[k]! - im[k]! * turnSin[k]!) / length;
      dct[length - 1 - 2 * k] = -(re[k]! * turnSin[k]! + im[k]! * turnCos[k]!) / length;
    }
    for (let n = 0; n < half; n++) {
      output[n] = dct[half + n]!;
      output[half + n] = -dct[length - 1 - n]!;
      output[length + n] = -dct[half - 1 - n]!;
      output[length + half + n] = -dct[n]!;
    }
  };
}
