/**
 * The beat network of training/beat-net, run: log-mel frames -> how likely a beat and a downbeat are at each. Shapes and
 * weights are net.py's; all arithmetic is one WebAssembly function, a convolution over time (layer.wat).
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
const blocks = 9;
/** The kernel writes outputs in eights; the first two are the beat's and the downbeat's. */
const outputs = 8;
/** Tracks are heard in windows of a minute, a multiple of the four frames that the kernel works on at once; frames this close to a window's inner edge are left to its neighbour. */
const windowFrames = 3000;
const marginFrames = 300;

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
const last = convolution(1, 1, 1, channels, outputs);
const layers = [
  ...front,
  ...Array.from({ length: blocks }, (_, block) => [wide(block), narrow]).flat(),
  last,
];

/** Addresses in the kernel's memory, in bytes. */
interface Network {
  /** Runs layer number `number`; adds what lies at `add` when it is not 0. */
  readonly run: (
    number: number,
    from: number,
    to: number,
    frames: number,
    rectify: boolean,
    add?: number,
  ) => void;
  readonly floats: (at: number, count: number) => Float32Array;
  readonly input: number;
  /** Room for a window of the widest and of the second widest layer's outputs. */
  readonly rooms: readonly [number, number];
}

interface NetworkKernel {
  layer(...parameters: number[]): void;
}

const openKernel = kernelOf<NetworkKernel>(beatNetworkKernel);

function createNetwork(): Network {
  const { exports: kernel, room, floats } = openKernel();
  const weights = floatsOfHalves(bytesOfBase64(beatNetworkWeights));
  const places: { readonly weight: number; readonly bias: number }[] = [];
  // Address 0 means none.
  let end = 16;
  for (const { taps, inputs, outputs: outs } of layers) {
    const bias = end + 4 * taps * inputs * outs;
    places.push({ weight: end, bias });
    end = bias + 4 * outs;
  }
  const input = end;
  const first = input + 4 * windowFrames * melBands * features;
  const second = first + 4 * windowFrames * 24 * 16;
  const zeros = second + 4 * windowFrames * 8 * 24;
  const size = zeros + 4 * Math.max(...layers.map(({ inputs }) => inputs));
  room(size);
  floats(16, weights.length).set(weights);
  return {
    input,
    rooms: [first, second],
    floats,
    run(number, from, to, frames, rectify, add = 0) {
      const { taps, dilation, groups, inputs, outputs: outs } = layers[number];
      const { weight, bias } = places[number];
      kernel.layer(
        from,
        weight,
        bias,
        to,
        add,
        zeros,
        frames,
        taps,
        dilation,
        groups,
        inputs,
        outs,
        Number(rectify),
      );
    },
  };
}

let network: Network | null = null;

/** [frame][band][level, rise]: the level, and its rise over the loudest neighbouring band a frame before. */
function writeFeatures(mel: Float32Array, into: Float32Array): void {
  for (let at = 0; at < mel.length; at++) {
    const band = at % melBands;
    const before = at - melBands;
    const left = mel[band > 0 ? before - 1 : before];
    const right = mel[band < melBands - 1 ? before + 1 : before];
    into[2 * at] = (mel[at] - 1.3) / 0.8;
    into[2 * at + 1] = before < 0 ? 0 : 2 * Math.max(0, mel[at] - Math.max(mel[before], left, right));
  }
}

/** Logits of one window, [frame][beat, downbeat, ...]. The result is overwritten by the next call. */
function logitsOfWindow(mel: Float32Array): Float32Array {
  network ??= createNetwork();
  const { input, rooms, run, floats } = network;
  const frames = mel.length / melBands;
  writeFeatures(mel, floats(input, mel.length * features));
  run(0, input, rooms[0], frames, true);
  run(1, rooms[0], rooms[1], frames, true);
  run(2, rooms[1], input, frames, true);
  for (let block = 0; block < blocks; block++) {
    run(front.length + 2 * block, input, rooms[0], frames, true);
    run(front.length + 2 * block + 1, rooms[0], input, frames, false, input);
  }
  const stream = floats(input, frames * channels);
  for (let i = 0; i < stream.length; i++) if (stream[i] < 0) stream[i] = 0;
  run(layers.length - 1, input, rooms[0], frames, false);
  return floats(rooms[0], frames * outputs);
}

export interface BeatLogits {
  readonly beat: Float32Array;
  readonly downbeat: Float32Array;
}

/** Log-odds of a beat and of a downbeat at each frame (50 a second) of log-mel frames, [frame][72]. */
export function beatLogits(mel: Float32Array): BeatLogits {
  const frames = mel.length / melBands;
  const found = { beat: new Float32Array(frames), downbeat: new Float32Array(frames) };
  for (let from = 0; ; from += windowFrames - 2 * marginFrames) {
    const end = Math.min(frames, from + windowFrames);
    const logits = logitsOfWindow(mel.subarray(from * melBands, end * melBands));
    for (let t = from === 0 ? 0 : from + marginFrames; t < end; t++) {
      found.beat[t] = logits[(t - from) * outputs];
      found.downbeat[t] = logits[(t - from) * outputs + 1];
    }
    if (end === frames) return found;
  }
}
