/**
 * The passes over boundaries, done by a kernel (passes.wat) on a copy of the tracks that take part. One problem lies there at a time: pass
 * after pass goes over the same one while prices are adjusted.
 */
import { kernelOf, type Kernel } from "../kernel.ts";
import { firstEnds, keyCount, type Instance } from "./instance.ts";
import { clashCost } from "./objective.ts";
import { passesKernel } from "./passes-kernel.ts";
import type { Relaxation } from "./relaxation.ts";

interface PassesKernel {
  lay(...parameters: number[]): void;
  pair(first: number, second: number, to: number): void;
  forward(entering: number, arrived: number, arrivedTrack: number, changes: number): void;
  backward(onward: number, starting: number, changes: number): void;
  over(entering: number, onward: number, through: number): void;
}

const openKernel = kernelOf<PassesKernel>(passesKernel);
let kernel = openKernel();

const doubleBytes = 8;
/** Keys in a row of changes: an even number. */
const rowKeys = keyCount + 1;
/** A kernel that has held a problem larger than this is given up for the next one: memory never shrinks. */
const mostKeptBytes = 16 * 2 ** 20;

/** A problem in the kernel's memory; what is a number is an address. */
interface Loaded {
  readonly instance: Instance;
  readonly active: Int32Array;
  /** Which of the active tracks has each lane, -1 for none. */
  readonly members: Int32Array;
  readonly prices: Float64Array;
  readonly through: number;
  readonly entering: number;
  readonly onward: number;
  readonly arrived: number;
  readonly arrivedTrack: number;
  readonly starting: number;
  /** Costs of changes from and to each key. */
  readonly changesFrom: number;
  readonly changesTo: number;
}

let loaded: Loaded | null = null;

/** Tracks in lanes, key by key, each key's in their order and made an even number by -1; and where each key's lanes end. */
function lanesOf({ keyOf }: Instance, active: Int32Array): { members: Int32Array; groups: Int32Array } {
  const byKey: number[][] = Array.from({ length: keyCount }, () => []);
  active.forEach((track, member) => byKey[keyOf[track]!]!.push(member));
  // The kernel wants one group at least.
  if (active.length === 0) byKey[0]!.push(-1);
  const members: number[] = [];
  const groups: number[] = [];
  for (const [key, ofKey] of byKey.entries()) {
    if (ofKey.length === 0) continue;
    for (const member of ofKey) members.push(member);
    if (members.length % 2 === 1) members.push(-1);
    groups.push(key, members.length * doubleBytes);
  }
  return { members: Int32Array.from(members), groups: Int32Array.from(groups) };
}

function changes(cost: (row: number, key: number) => number): Float64Array {
  return Float64Array.from({ length: keyCount * rowKeys }, (_, at) => {
    const key = at % rowKeys;
    return key === keyCount ? Infinity : cost(Math.floor(at / rowKeys), key);
  });
}

/** Copies the rows of the tracks: running costs boundary by boundary, earliest starts track by track. */
function copyRows(
  { exports, buffer }: Kernel<PassesKernel>,
  { stride, prefix, earliest }: Instance,
  tracks: Int32Array,
  to: { costs: number; earliest: number; staged: number },
): void {
  const doubles = new Float64Array(buffer(), to.staged, 2 * stride);
  const starts = new Int16Array(buffer(), to.earliest, tracks.length * stride);
  tracks.forEach((track, lane) => {
    const row = track * stride;
    const half = (lane % 2) * stride;
    if (track === -1) doubles.fill(0, half, half + stride);
    else {
      doubles.set(prefix.subarray(row, row + stride), half);
      starts.set(earliest.subarray(row, row + stride), lane * stride);
    }
    if (lane % 2 === 1)
      exports.pair(to.staged, to.staged + stride * doubleBytes, to.costs + (lane - 1) * doubleBytes);
  });
}

/** Lays a problem out in the kernel, where it does not lie there already: an instance and a list of tracks are never changed. */
function load(instance: Instance, active: Int32Array): Loaded {
  if (loaded !== null && loaded.instance === instance && loaded.active === active) return loaded;
  if (kernel.buffer().byteLength > mostKeptBytes) kernel = openKernel();
  else kernel.clear();
  const { stride, cells, latestStart, changeCosts } = instance;
  const { members, groups } = lanesOf(instance, active);
  const tracks = members.map((member) => (member === -1 ? -1 : active[member]!));
  const lanes = members.length;
  const doubles = (count: number) => kernel.room(count * doubleBytes);
  const states = stride * keyCount;
  const groupsAt = kernel.put(groups);
  const rows = {
    costs: doubles(lanes * stride),
    earliest: kernel.room(lanes * stride * Int16Array.BYTES_PER_ELEMENT),
    staged: doubles(2 * stride),
  };
  const pricesAt = doubles(lanes);
  const latest = kernel.put(Int32Array.from(latestStart));
  const firstEnd = kernel.put(firstEnds(instance));
  const tracksAt = kernel.put(tracks);
  const [floors, places, row] = [doubles(lanes), doubles(lanes), doubles(rowKeys)];
  const at = {
    through: doubles(lanes),
    entering: doubles(states),
    onward: doubles(states),
    arrived: doubles(states),
    arrivedTrack: doubles(states),
    starting: doubles(rowKeys),
    changesFrom: kernel.put(changes((from, to) => changeCosts[from * keyCount + to]!)),
    changesTo: kernel.put(changes((to, from) => changeCosts[from * keyCount + to]!)),
  };
  kernel.exports.lay(
    cells,
    lanes * doubleBytes,
    groupsAt,
    groupsAt + groups.byteLength,
    rows.costs,
    rows.earliest,
    latest,
    firstEnd,
    pricesAt,
    tracksAt,
    floors,
    places,
    row,
    clashCost,
  );
  copyRows(kernel, instance, tracks, rows);
  const prices = kernel.doubles(pricesAt, lanes);
  loaded = { instance, active, members, prices, ...at };
  return loaded;
}

/** The relaxation's tracks `active` in the kernel, with their present prices. */
function ready({ instance, prices }: Relaxation, active: Int32Array): Loaded {
  const at = load(instance, active);
  // A lane without a track is never the cheapest.
  at.members.forEach((member, lane) => {
    at.prices[lane] = member === -1 ? Infinity : prices[active[member]!]!;
  });
  return at;
}

/** Solves the relaxation over the tracks `active`, from the start on. Answers its cost, prices included; Infinity when nothing fits. */
export function passForward(relaxation: Relaxation, active: Int32Array): number {
  const { instance, entering, arrived, arrivedTrack } = relaxation;
  const { stride, cells, entryCosts, exitCosts } = instance;
  const at = ready(relaxation, active);
  const enteringView = kernel.doubles(at.entering, entering.length);
  const arrivedView = kernel.doubles(at.arrived, arrived.length);
  arrivedView.fill(Infinity);
  for (let key = 0; key < keyCount; key += 1) enteringView[key * stride] = entryCosts[key]!;
  kernel.exports.forward(at.entering, at.arrived, at.arrivedTrack, at.changesFrom);
  entering.set(enteringView);
  arrived.set(arrivedView);
  arrivedTrack.set(new Int32Array(kernel.buffer(), at.arrivedTrack, arrivedTrack.length));
  let best = Infinity;
  for (let key = 0; key < keyCount; key += 1) {
    best = Math.min(best, arrived[cells * keyCount + key]! + exitCosts[key]!);
  }
  return best;
}

/** The same from the end backwards: fills `onward`. */
export function passBackward(relaxation: Relaxation, active: Int32Array): void {
  const { instance, onward } = relaxation;
  const { stride, cells, exitCosts } = instance;
  const at = ready(relaxation, active);
  const view = kernel.doubles(at.onward, onward.length);
  for (let key = 0; key < keyCount; key += 1) view[key * stride + cells] = exitCosts[key]!;
  kernel.exports.backward(at.onward, at.starting, at.changesTo);
  onward.set(view);
}

/** Cost of the cheapest relaxed path through each track, prices included; needs both passes. */
export function throughCosts(relaxation: Relaxation, tracks: Int32Array): Float64Array {
  const { prices, entering, onward } = relaxation;
  const at = ready(relaxation, tracks);
  kernel.doubles(at.entering, entering.length).set(entering);
  kernel.doubles(at.onward, onward.length).set(onward);
  const view = kernel.doubles(at.through, at.members.length).fill(Infinity);
  kernel.exports.over(at.entering, at.onward, at.through);
  const through = new Float64Array(tracks.length);
  at.members.forEach((member, lane) => {
    if (member !== -1) through[member] = view[lane]! + prices[tracks[member]!]!;
  });
  return through;
}
