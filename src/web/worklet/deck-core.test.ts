import assert from "node:assert/strict";
import { test } from "node:test";
import { openStretcher } from "#protocol/audio/stretch.ts";
import { DeckCore, heldAheadS } from "./deck-core.ts";

const sampleRate = 48_000;
const quantum = 128;

/** A click (a short decaying sine) at each multiple of `everyS`; its peak comes 4 samples in. */
function clickTrack(durationS: number, everyS: number): Float32Array {
  const pcm = new Float32Array(durationS * sampleRate);
  for (let at = 0; at < durationS; at += everyS) {
    const start = Math.round(at * sampleRate);
    for (let index = 0; index < 96 && start + index < pcm.length; index++) {
      pcm[start + index] = Math.sin(index * 0.4) * (1 - index / 96);
    }
  }
  return pcm;
}

async function openDeck(pcm: Float32Array, startS = 0): Promise<DeckCore> {
  const deck = new DeckCore(await openStretcher(sampleRate, 2), sampleRate, 2);
  const startSample = Math.round(startS * sampleRate);
  deck.startLoad(1, startSample, 1);
  // In uneven pieces, as a decoder gives them.
  for (let from = startSample; from < pcm.length; from += 10_007)
    deck.addPcm([pcm.subarray(from, from + 10_007)]);
  deck.endOfTrack();
  return deck;
}

/** Renders quanta from `fromS` to `toS` of output time; the left channel. */
function render(deck: DeckCore, fromS: number, toS: number): Float32Array {
  const frames = Math.floor(((toS - fromS) * sampleRate) / quantum + 1e-6) * quantum;
  const output = new Float32Array(frames);
  const right = new Float32Array(quantum);
  for (let at = 0; at < frames; at += quantum) {
    deck.render(fromS + at / sampleRate, [output.subarray(at, at + quantum), right]);
  }
  return output;
}

/** Time of the loudest sample near `expectedS`, minus `expectedS`, in ms. */
function peakOffsetMs(pcm: Float32Array, expectedS: number): number {
  const reach = Math.round(0.05 * sampleRate);
  const centre = Math.round(expectedS * sampleRate);
  let best = centre;
  for (let index = centre - reach; index <= centre + reach; index++) {
    if (Math.abs(pcm[index] ?? 0) > Math.abs(pcm[best] ?? 0)) best = index;
  }
  return ((best - centre) / sampleRate) * 1000;
}

test("a deck sounds each beat where its motion puts it, at several rates and across changes of rate", async () => {
  const deck = await openDeck(clickTrack(20, 0.5));
  deck.fade.ramp(0, 0, 1);
  deck.motion.play(0, 2, 1);
  deck.motion.play(3, 5, 1.25);
  deck.motion.play(6, 8.75, 0.9);
  const output = render(deck, 0, 9);
  const expected: number[] = [];
  for (let click = 2; click < 12; click += 0.5) {
    if (click < 5) expected.push(click - 2);
    else if (click < 8.75) expected.push(3 + (click - 5) / 1.25);
    else expected.push(6 + (click - 8.75) / 0.9);
  }
  // The first 100 ms after a start or a change of rate are the kernel's to settle.
  const settled = expected.filter(
    (at) => at < 8.9 && [0, 3, 6].every((change) => Math.abs(at - change) > 0.1),
  );
  assert.ok(settled.length > 12);
  for (const at of settled)
    assert.ok(Math.abs(peakOffsetMs(output, at)) < 2, `click at ${at}: ${peakOffsetMs(output, at)} ms`);
  assert.equal(deck.underruns, 0);
});

/** Frequency of a sine between two moments, by its upward zero crossings. */
function frequencyIn(pcm: Float32Array, fromS: number, toS: number): number {
  const crossings: number[] = [];
  for (let index = Math.round(fromS * sampleRate); index < toS * sampleRate; index++) {
    const before = pcm[index - 1] ?? 0;
    const here = pcm[index] ?? 0;
    if (before < 0 && here >= 0) crossings.push(index - here / (here - before));
  }
  return ((crossings.length - 1) * sampleRate) / ((crossings.at(-1) ?? 0) - (crossings[0] ?? 0));
}

/** A third of a second at rate 1 up to the quantum that begins at 1 s, where the track is at 2 s; from there on at another rate. */
async function renderStep(pcm: Float32Array, rate: number): Promise<Float32Array> {
  const deck = await openDeck(pcm);
  deck.fade.ramp(0, 0, 1);
  deck.motion.play(0.68, 1.68, 1);
  const output = new Float32Array(Math.round(1.6 * sampleRate));
  output.set(render(deck, 0.68, 1), Math.round(0.68 * sampleRate));
  deck.motion.play(1, 2, rate);
  output.set(render(deck, 1, 1.6), sampleRate);
  return output;
}

test("a change of rate told at its own moment is heard at once, and never far from where it should be", async () => {
  for (const rate of [1.01, 0.94, 1.06]) {
    for (const afterS of [0.01, 0.05, 0.1, 0.4]) {
      const click = 2 + afterS * rate;
      const pcm = new Float32Array(6 * sampleRate);
      pcm.set(clickTrack(0.1, 0.2).subarray(0, 96), Math.round(click * sampleRate));
      const offMs = peakOffsetMs(await renderStep(pcm, rate), 1 + afterS);
      // Until the stretcher has it, a step beyond what varispeed takes is behind by the rest of it: 5 % of 56 ms.
      const most = Math.abs(rate - 1) <= 0.01 ? 0.3 : 3;
      assert.ok(Math.abs(offMs) < (afterS < 0.09 ? most : 0.8), `${rate}: ${offMs} ms after ${afterS} s`);
    }
  }
});

test("the pitch moves by a hundredth at most, for less than a tenth of a second", async () => {
  const sine = Float32Array.from(
    { length: 6 * sampleRate },
    (_, index) => 0.5 * Math.sin((index * 2 * Math.PI * 1000) / sampleRate),
  );
  for (const [rate, meanwhile] of [
    [1.005, 1005],
    [1.05, 1010],
    [0.95, 990],
  ] as const) {
    const output = await renderStep(sine, rate);
    assert.ok(Math.abs(frequencyIn(output, 0.9, 0.995) - 1000) < 0.5);
    assert.ok(Math.abs(frequencyIn(output, 1.003, 1.035) - meanwhile) < 1);
    for (let fromS = 1.07; fromS < 1.5; fromS += 0.05) {
      const hz = frequencyIn(output, fromS, fromS + 0.05);
      assert.ok(Math.abs(hz - 1000) < 3, `${hz} Hz ${fromS - 1} s after a step to ${rate}`);
    }
  }
});

test("pieces of PCM join without a seam: a stretched sine stays one sine", async () => {
  const sine = Float32Array.from(
    { length: 10 * sampleRate },
    (_, index) => 0.5 * Math.sin((index * 2 * Math.PI * 440) / sampleRate),
  );
  const deck = await openDeck(sine);
  deck.fade.ramp(0, 0, 1);
  deck.motion.play(0, 1, 1.05);
  const output = render(deck, 0, 5).subarray(sampleRate / 2);
  // A seam shows as a jump that a 440 Hz sine of this height cannot make (0.5 x 2 pi 440/48000 = 0.029 a sample).
  let steepest = 0;
  for (let index = 1; index < output.length; index++) {
    steepest = Math.max(steepest, Math.abs((output[index] ?? 0) - (output[index - 1] ?? 0)));
  }
  assert.ok(steepest < 0.04, `steepest step ${steepest}`);
});

test("a later command erases what was planned after it", async () => {
  const deck = await openDeck(clickTrack(10, 0.5));
  deck.fade.ramp(0, 0, 1);
  deck.motion.play(0, 0, 1);
  deck.motion.play(2, 7, 1);
  deck.motion.play(1, 1, 1);
  const output = render(deck, 0, 4);
  assert.ok(Math.abs(peakOffsetMs(output, 3)) < 1);
});

test("it is silent before it is played, after it is stopped and after the track, and none of this is an underrun", async () => {
  const deck = await openDeck(clickTrack(2, 0.1));
  const loudest = (pcm: Float32Array) => pcm.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  assert.equal(loudest(render(deck, 0, 0.5)), 0);
  deck.fade.ramp(0.5, 0.5, 1);
  deck.motion.play(0.5, 0, 1);
  deck.motion.stop(1);
  assert.ok(loudest(render(deck, 0.5, 1)) > 0.5);
  assert.ok(loudest(render(deck, 1.1, 1.5)) < 1e-3);
  deck.motion.play(1.5, 1.9, 1);
  render(deck, 1.5, 2);
  assert.ok(loudest(render(deck, 2, 2.5)) < 1e-3);
  assert.equal(deck.underruns, 0);
});

test("it sounds at a rate whose blocks do not begin with quanta, too", async () => {
  const rateHz = 44_100;
  const deck = new DeckCore(await openStretcher(rateHz, 2), rateHz, 2);
  const sine = Float32Array.from({ length: 4 * rateHz }, (_, index) => 0.5 * Math.sin(index * 0.05));
  deck.startLoad(1, 0, 1);
  deck.addPcm([sine]);
  deck.fade.ramp(0, 0, 1);
  deck.motion.play(0, 0.5, 1.04);
  let squares = 0;
  const output = [new Float32Array(quantum), new Float32Array(quantum)] as const;
  const [from, to] = [rateHz / 2, 2 * rateHz];
  for (let frame = 0; frame < to; frame += quantum) {
    deck.render(frame / rateHz, output);
    if (frame >= from) squares += output[0].reduce((sum, value) => sum + value * value, 0);
  }
  // As loud as it was: a sine's root mean square is its peak over the root of two.
  assert.ok(Math.abs(Math.sqrt(squares / (to - from)) - 0.5 / Math.SQRT2) < 0.02);
});

test("missing PCM is counted, and the position goes on meanwhile", async () => {
  const deck = new DeckCore(await openStretcher(sampleRate, 2), sampleRate, 2);
  const pcm = clickTrack(4, 0.5);
  deck.startLoad(1, 0, 1);
  deck.fade.ramp(0, 0, 1);
  deck.motion.play(0, 0, 1);
  render(deck, 0, 1);
  assert.ok(deck.underruns > 300);
  deck.addPcm([pcm]);
  const late = render(deck, 1, 3);
  assert.ok(Math.abs(peakOffsetMs(late, 1)) < 1);
});

test("it asks for PCM ahead of the position, again only after a second of it", async () => {
  const deck = new DeckCore(await openStretcher(sampleRate, 2), sampleRate, 2);
  deck.startLoad(1, 10 * sampleRate, 1);
  assert.equal(deck.takeWant(0), (10 + heldAheadS) * sampleRate);
  assert.equal(deck.takeWant(0), null);
  deck.motion.play(0, 10.5, 1);
  assert.equal(deck.takeWant(0.4), null);
  assert.equal(deck.takeWant(0.6), Math.round((11.1 + heldAheadS) * sampleRate));
});
