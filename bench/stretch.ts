/**
 * What the stretcher does to music, and what a deck costs. Composed tracks are rendered at their own tempo, stretched by the
 * product's stretcher, and compared with the same score rendered at the other tempo; beside it that truth heard 3 ms late.
 * `npm run --silent bench:stretch -- [--json]`
 */
import { createFrames } from "#analysis/frames.ts";
import { melBands, melFilters } from "#analysis/mel.ts";
import { composeScore } from "#composer/compose-score.ts";
import { trackSpecs } from "#composer/demo-specs.ts";
import { frameAtBeat, renderScore } from "#composer/mix/render-score.ts";
import type { Score } from "#composer/score.ts";
import { openStretcher } from "#protocol/audio/stretch.ts";
import { DeckCore } from "#web/worklet/deck-core.ts";
import { printReport, progress } from "./report.ts";

const sampleRate = 48_000;
const quantum = 128;
const fromS = 40;
const lengthS = 24;
const rates = [0.93, 1.04, 1.08];
/** One track of every seventh, of several styles. */
const specs = trackSpecs.filter((_, index) => index % 7 === 3).slice(0, 6);
const lateFrames = 0.003 * sampleRate;
const hop = 480;
/** Chords whose tones lie far enough apart for a block of 53 ms. */
const chordsHz = [[41.2], [110], [1000], [110, 220, 440, 880], [440, 554.4, 659.3], [3000, 8000]];
const deckS = 60;

interface Heard {
  readonly mel: readonly number[];
  readonly flux: readonly number[];
}

/** Natural logarithms of mel bands, and how much all bins rise, every 10 ms. */
function hear(pcm: Float32Array, frameLength: number): Heard {
  const mel: number[] = [];
  const flux: number[] = [];
  const frames = createFrames({
    frameLength,
    hop,
    filters: melFilters(sampleRate / frameLength),
    hear(four) {
      const rises = four.rises(200 / frameLength);
      const bands = four.bands();
      for (let frame = 0; frame < four.count; frame++) {
        flux.push(rises[frame]);
        for (let band = 0; band < melBands; band++) {
          mel.push(Math.log(1e-3 + (4 * bands[band * 4 + frame]) / frameLength));
        }
      }
    },
  });
  frames.push(pcm);
  frames.finish();
  return { mel, flux };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function distanceDb(one: readonly number[], other: readonly number[]): number {
  return (20 / Math.LN10) * mean(one.map((value, index) => Math.abs(value - other[index])));
}

function correlation(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [mean(one), mean(other)];
  const product = mean(one.map((value, index) => (value - a) * (other[index] - b)));
  const spread = (values: readonly number[], middle: number) =>
    mean(values.map((value) => (value - middle) ** 2));
  return product / Math.sqrt(spread(one, a) * spread(other, b));
}

/** `pcm` at `rate`, so that its `startSample` sounds first. */
async function stretched(
  pcm: Float32Array,
  startSample: number,
  rate: number,
  frames: number,
): Promise<Float32Array> {
  const stretcher = await openStretcher(sampleRate, 1);
  const lead = Math.ceil(stretcher.outputLatencySamples / quantum) * quantum;
  const sound = new Float32Array(Math.ceil(frames / quantum) * quantum + lead);
  for (let frame = 0; frame < sound.length; frame += quantum) {
    if (stretcher.isDue(quantum)) {
      const position = startSample + (frame - lead + stretcher.outputLatencySamples) * rate;
      const from = stretcher.windowStart(position);
      stretcher.input()[0].set(pcm.subarray(from, from + stretcher.windowSamples));
      stretcher.take(rate);
    }
    sound.set(stretcher.render(quantum)[0].subarray(0, quantum), frame);
  }
  return sound.subarray(lead, lead + frames);
}

/** The loudness does not matter here. */
const rendered = (score: Score) => renderScore(score, () => ({ loudnessLufs: -14, truePeakDbtp: -1 })).left;

async function compareTracks(): Promise<Record<string, number>> {
  const rows: Record<string, number>[] = [];
  for (const spec of specs) {
    progress(`${spec.title}, ${spec.style}`);
    const score = composeScore(spec);
    const own = rendered(score);
    for (const rate of rates) {
      const other = { ...score, spec: { ...spec, tempoBpm: spec.tempoBpm * rate } };
      const truth = rendered(other);
      const cut = (late: number) =>
        truth.subarray(fromS * sampleRate + late, (fromS + lengthS) * sampleRate + late);
      const start = frameAtBeat(score, 0) + (fromS * sampleRate - frameAtBeat(other, 0)) * rate;
      const sound = await stretched(own, start, rate, lengthS * sampleRate);
      const [short, long, shortTruth] = [hear(sound, 1024), hear(sound, 8192), hear(cut(0), 1024)];
      const late = hear(cut(lateFrames), 1024);
      rows.push({
        "distance to the truth, frames of 21 ms, dB": distanceDb(short.mel, shortTruth.mel),
        "the same of the truth 3 ms late, dB": distanceDb(late.mel, shortTruth.mel),
        "distance to the truth, frames of 171 ms, dB": distanceDb(long.mel, hear(cut(0), 8192).mel),
        "correlation of the spectral flux": correlation(short.flux, shortTruth.flux),
        "the same of the truth 3 ms late": correlation(late.flux, shortTruth.flux),
      });
    }
  }
  return Object.fromEntries(Object.keys(rows[0]).map((name) => [name, mean(rows.map((row) => row[name]))]));
}

/** Power of what sines of these frequencies explain best, over that of the rest; by Gram and Schmidt. */
function snrDb(pcm: Float32Array, frequenciesHz: readonly number[]): number {
  const rest = Float64Array.from(pcm);
  const basis: Float64Array[] = [];
  const dot = (a: Float64Array, b: Float64Array) =>
    a.reduce((sum, value, index) => sum + value * b[index], 0);
  const take = (from: Float64Array, unit: Float64Array) => {
    const share = dot(from, unit);
    for (let index = 0; index < from.length; index++) from[index] -= share * unit[index];
  };
  for (const hz of frequenciesHz) {
    for (const wave of [Math.sin, Math.cos]) {
      const unit = rest.map((_, index) => wave((2 * Math.PI * hz * index) / sampleRate));
      for (const before of basis) take(unit, before);
      const length = Math.sqrt(dot(unit, unit));
      basis.push(unit.map((value) => value / length));
    }
  }
  const all = dot(rest, rest);
  for (const unit of basis) take(rest, unit);
  return 10 * Math.log10(all / dot(rest, rest) - 1);
}

async function worstTones(): Promise<number> {
  let worst = Infinity;
  for (const chord of chordsHz) {
    const pcm = Float32Array.from({ length: 5 * sampleRate }, (_, index) =>
      chord.reduce(
        (sum, hz, tone) => sum + 0.2 * Math.sin((2 * Math.PI * hz * index) / sampleRate + tone),
        0,
      ),
    );
    for (const rate of rates) {
      const sound = await stretched(pcm, sampleRate, rate, 1.5 * sampleRate);
      worst = Math.min(worst, snrDb(sound.subarray(sampleRate / 2), chord));
    }
  }
  return worst;
}

function share(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 10_000 / deckS;
}

/** % of a core in a loop of its own: a deck whose rate changes four times a second, and its stretcher alone. */
async function deckShares(): Promise<Record<string, number>> {
  const noise = Float32Array.from(
    { length: sampleRate },
    (_, index) => 0.3 * Math.sin(index * (0.05 + index * 1e-7)),
  );
  const deck = new DeckCore(await openStretcher(sampleRate, 2), sampleRate, 2);
  const stretcher = await openStretcher(sampleRate, 2);
  const output = [new Float32Array(quantum), new Float32Array(quantum)];
  deck.startLoad(1, 0, 1);
  deck.fade.ramp(0, 0, 1);
  const quanta = Math.floor((deckS * sampleRate) / quantum);
  const playDeck = (startS: number) => {
    for (let index = 0; index < quanta; index++) {
      const tS = startS + (index * quantum) / sampleRate;
      if (index % 94 === 0) deck.motion.play(tS, deck.motion.sourceAt(tS), 1.03 + 0.004 * Math.sin(tS));
      while (deck.heldToS < deck.motion.sourceAt(tS) + 5) deck.addPcm([noise, noise]);
      deck.render(tS, output);
    }
  };
  const playStretcher = () => {
    for (let index = 0; index < quanta; index++) {
      if (stretcher.isDue(quantum)) {
        for (const channel of stretcher.input()) channel.set(noise.subarray(0, channel.length));
        stretcher.take(1.03);
      }
      stretcher.render(quantum);
    }
  };
  playDeck(0);
  playStretcher();
  return {
    "a deck in a loop of its own, % of a core": share(() => playDeck(deckS)),
    "of it the stretcher, % of a core": share(playStretcher),
  };
}

const figures = {
  ...(await deckShares()),
  ...(await compareTracks()),
  "tones: worst signal to noise, dB": await worstTones(),
};
printReport("Stretching", { figures, peers: {}, seed: 0 }, []);
