/**
 * The beat network of training/beat-net, run: log-mel frames -> how likely a beat and a downbeat are at each. Shapes and
 * weights are net.py's; all arithmetic is WebAssembly with SIMD (beat-network.wat).
 */
import { beatNetworkKernel } from "./beat-network-kernel.ts";
import { beatNetworkWeights } from "./beat-network-weights.ts";
import { melBands } from "./mel.ts";
import { kernelOf } from "#domain/kernel.ts";
import { bytesOfBase64, floatsOfHalves } from "#domain/packed.ts";

/** Frames per second that the network reads. */
export const networkRate = 50;
const features = 2;
const channels = 32;
/** What the second layer says of a frame: 24 numbers in each of 8 places. */
const secondNumbers = 8 * 24;
const blocks = 9;
/** The kernel writes outputs in eights; the first two are the beat's and the downbeat's. */
const outputs = 8;
/** The front is computed in pieces of so many frames, a multiple of the four that the kernel works on at once: their numbers stay in the cache. */
const frontFrames = 256;
/** Frames that the front hears on each side. */
const frontReach = 2;
/** The blocks are computed in windows of eight minutes, which takes 6 MB. */
const windowFrames = 24_000;
/** Frames that they hear on each side: this close to a window's inner edge they are left to its neighbour. */
const reach = 2 * (2 ** blocks - 1);
/** The kernel writes so many frames more than it is asked for. */
const spareFrames = 3;
/** Before the first frame: nothing rises over it. */
const loudest = 1e9;

interface Layer {
  readonly taps: number;
  readonly dilation: number;
  /** The same weights serve this many neighbouring pieces of a frame. */
  readonly groups: number;
  readonly inputs: number;
  readonly outputs: number;
}

const convolution = (
  taps: number,
  dilation: number,
  groups: number,
  inputs: number,
  outs: number,
): Layer => ({
  taps,
  dilation,
  groups,
  inputs,
  outputs: outs,
});

const front = [
  convolution(3, 1, 24, 6, 16),
  convolution(3, 1, 8, 48, 24),
  convolution(1, 1, 1, 192, channels),
];
const wide = (block: number) => convolution(5, 2 ** block, 1, channels, channels);
const narrow = convolution(1, 1, 1, channels, channels);
const out = convolution(1, 1, 1, channels, outputs);
const layers = [...front, ...Array.from({ length: blocks }, (_, block) => [wide(block), narrow]).flat(), out];

interface NetworkKernel {
  features(mel: number, out: number, frames: number): void;
  layer(...parameters: number[]): void;
}

const openKernel = kernelOf<NetworkKernel>(beatNetworkKernel);

/** One after the other in the kernel's memory; address 0 means none. */
function createRooms({ room }: ReturnType<typeof openKernel>) {
  room(16);
  const places = layers.map(({ taps, inputs, outputs: outs }) => ({
    weight: room(4 * taps * inputs * outs),
    bias: room(4 * outs),
  }));
  const framesOf = (frames: number, numbers: number) => room(4 * (frames + spareFrames) * numbers);
  const piece = frontFrames + 2 * frontReach;
  return {
    places,
    zeros: room(4 * Math.max(...layers.map(({ inputs }) => inputs))),
    // A frame more before the first.
    mel: framesOf(1 + piece, melBands),
    features: framesOf(piece, melBands * features),
    first: framesOf(piece, 24 * 16),
    second: framesOf(piece, secondNumbers),
    stream: framesOf(windowFrames, channels),
    hidden: framesOf(windowFrames, channels),
  };
}

function createNetwork() {
  const kernel = openKernel();
  const rooms = createRooms(kernel);
  const { exports, floats } = kernel;
  const weights = floatsOfHalves(bytesOfBase64(beatNetworkWeights));
  let at = 0;
  for (const [number, { taps, inputs, outputs: outs }] of layers.entries()) {
    const { weight, bias } = rooms.places[number];
    const count = taps * inputs * outs;
    floats(weight, count).set(weights.subarray(at, at + count));
    floats(bias, outs).set(weights.subarray(at + count, at + count + outs));
    at += count + outs;
  }
  /** Runs layer number `number` from address to address; adds what lies at `add` when it is not 0. */
  const run = (number: number, from: number, to: number, frames: number, rectify: boolean, add = 0): void => {
    const { taps, dilation, groups, inputs, outputs: outs } = layers[number];
    const { weight, bias } = rooms.places[number];
    const shape = [frames, taps, dilation, groups, inputs, outs];
    exports.layer(from, weight, bias, to, add, rooms.zeros, ...shape, Number(rectify));
  };
  return { ...rooms, run, floats, exports };
}

let network: ReturnType<typeof createNetwork> | null = null;

/** The front, of frames `from` up to `end` of a whole track: into the stream. */
function hearFront(
  { run, floats, exports, ...rooms }: ReturnType<typeof createNetwork>,
  mel: Float32Array,
  from: number,
  end: number,
): void {
  const frames = mel.length / melBands;
  const held = floats(rooms.mel, (1 + frontFrames + 2 * frontReach) * melBands);
  for (let at = from; at < end; at += frontFrames) {
    const stop = Math.min(end, at + frontFrames);
    const low = Math.max(0, at - frontReach);
    const count = Math.min(frames, stop + frontReach) - low;
    if (low === 0) held.fill(loudest, 0, melBands);
    else held.set(mel.subarray((low - 1) * melBands, low * melBands));
    held.set(mel.subarray(low * melBands, (low + count) * melBands), melBands);
    exports.features(rooms.mel + 4 * melBands, rooms.features, count);
    run(0, rooms.features, rooms.first, count, true);
    run(1, rooms.first, rooms.second, count, true);
    const second = rooms.second + 4 * secondNumbers * (at - low);
    run(2, second, rooms.stream + 4 * channels * (at - from), stop - at, true);
  }
}

/** Logits of frames `from` up to `end` of a track, [frame][beat, downbeat, ...]. The result is overwritten by the next call. */
function logitsOfWindow(mel: Float32Array, from: number, end: number): Float32Array {
  network ??= createNetwork();
  const { run, floats, stream, hidden } = network;
  const frames = end - from;
  hearFront(network, mel, from, end);
  for (let block = 0; block < blocks; block++) {
    run(front.length + 2 * block, stream, hidden, frames, true);
    run(front.length + 2 * block + 1, hidden, stream, frames, false, stream);
  }
  const last = floats(stream, frames * channels);
  for (let i = 0; i < last.length; i++) if (last[i] < 0) last[i] = 0;
  run(layers.length - 1, stream, hidden, frames, false);
  return floats(hidden, frames * outputs);
}

export interface BeatLogits {
  readonly beat: Float32Array;
  readonly downbeat: Float32Array;
}

/** Log-odds of a beat and of a downbeat at each frame (50 a second) of log-mel frames, [frame][72]. */
export function beatLogits(mel: Float32Array): BeatLogits {
  const frames = mel.length / melBands;
  const found = { beat: new Float32Array(frames), downbeat: new Float32Array(frames) };
  for (let from = 0; ; from += windowFrames - 2 * reach) {
    const end = Math.min(frames, from + windowFrames);
    const logits = logitsOfWindow(mel, from, end);
    for (let t = from === 0 ? 0 : from + reach; t < end; t++) {
      found.beat[t] = logits[(t - from) * outputs];
      found.downbeat[t] = logits[(t - from) * outputs + 1];
    }
    if (end === frames) return found;
  }
}
