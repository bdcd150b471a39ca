/** How the spectrum is cut into scale factor bands, by sample rate (ISO/IEC 14496-3, 4.5.4, tables 4.129 to 4.147). */

export const sampleRates: readonly number[] = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
];

export interface Bands {
  /** First coefficient of each band of a long window (1024 coefficients), and the end of the last. */
  readonly long: readonly number[];
  /** The same for a short window (128 coefficients). */
  readonly short: readonly number[];
  /** Temporal noise shaping reaches up to this band (table 4.155). */
  readonly tnsLong: number;
  readonly tnsShort: number;
}

const long96 = [
  0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 64, 72, 80, 88, 96, 108, 120, 132, 144, 156, 172,
  188, 212, 240, 276, 320, 384, 448, 512, 576, 640, 704, 768, 832, 896, 960, 1024,
];
const long64 = [
  0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 64, 72, 80, 88, 100, 112, 124, 140, 156, 172, 192,
  216, 240, 268, 304, 344, 384, 424, 464, 504, 544, 584, 624, 664, 704, 744, 784, 824, 864, 904, 944, 984,
  1024,
];
const long48 = [
  0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 48, 56, 64, 72, 80, 88, 96, 108, 120, 132, 144, 160, 176, 196, 216,
  240, 264, 292, 320, 352, 384, 416, 448, 480, 512, 544, 576, 608, 640, 672, 704, 736, 768, 800, 832, 864,
  896, 928, 1024,
];
const long32 = [
  0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 48, 56, 64, 72, 80, 88, 96, 108, 120, 132, 144, 160, 176, 196, 216,
  240, 264, 292, 320, 352, 384, 416, 448, 480, 512, 544, 576, 608, 640, 672, 704, 736, 768, 800, 832, 864,
  896, 928, 960, 992, 1024,
];
const long24 = [
  0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 52, 60, 68, 76, 84, 92, 100, 108, 116, 124, 136, 148, 160, 172,
  188, 204, 220, 240, 260, 284, 308, 336, 364, 396, 432, 468, 508, 552, 600, 652, 704, 768, 832, 896, 960,
  1024,
];
const long16 = [
  0, 8, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 100, 112, 124, 136, 148, 160, 172, 184, 196, 212, 228, 244,
  260, 280, 300, 320, 344, 368, 396, 424, 456, 492, 532, 572, 616, 664, 716, 772, 832, 896, 960, 1024,
];
const long8 = [
  0, 12, 24, 36, 48, 60, 72, 84, 96, 108, 120, 132, 144, 156, 172, 188, 204, 220, 236, 252, 268, 288, 308,
  328, 348, 372, 396, 420, 448, 476, 508, 544, 580, 620, 664, 712, 764, 820, 880, 944, 1024,
];
const short96 = [0, 4, 8, 12, 16, 20, 24, 32, 40, 48, 64, 92, 128];
const short48 = [0, 4, 8, 12, 16, 20, 28, 36, 44, 56, 68, 80, 96, 112, 128];
const short24 = [0, 4, 8, 12, 16, 20, 24, 28, 36, 44, 52, 64, 76, 92, 108, 128];
const short16 = [0, 4, 8, 12, 16, 20, 24, 28, 32, 40, 48, 60, 72, 88, 108, 128];
const short8 = [0, 4, 8, 12, 16, 20, 24, 28, 36, 44, 52, 60, 72, 88, 108, 128];

/** By the index of the rate in `sampleRates`. */
export const bandsOfRate: readonly Bands[] = [
  { long: long96, short: short96, tnsLong: 31, tnsShort: 9 },
  { long: long96, short: short96, tnsLong: 31, tnsShort: 9 },
  { long: long64, short: short96, tnsLong: 34, tnsShort: 10 },
  { long: long48, short: short48, tnsLong: 40, tnsShort: 14 },
  { long: long48, short: short48, tnsLong: 42, tnsShort: 14 },
  { long: long32, short: short48, tnsLong: 51, tnsShort: 14 },
  { long: long24, short: short24, tnsLong: 46, tnsShort: 14 },
  { long: long24, short: short24, tnsLong: 46, tnsShort: 14 },
  { long: long16, short: short16, tnsLong: 42, tnsShort: 14 },
  { long: long16, short: short16, tnsLong: 42, tnsShort: 14 },
  { long: long16, short: short16, tnsLong: 42, tnsShort: 14 },
  { long: long8, short: short8, tnsLong: 39, tnsShort: 14 },
];
