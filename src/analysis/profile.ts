/** PCM -> track profile, in pieces: memory does not grow with the track beyond its mel frames (29 kB a second). */
import type { TrackProfile } from "#domain/track.ts";
import { clamp } from "#domain/units.ts";
import { beatChances, meanChanceAt, trackBeats } from "./beats.ts";
import { confidentFrom, tempoConfidence, usableFrom } from "./confidence.ts";
import { downbeatsOf } from "./downbeats.ts";
import { energyOf } from "./energy.ts";
import { createKeyMeter, type HeardKey } from "./key.ts";
import { createLoudnessMeter } from "./loudness.ts";
import { analysisRate, createOnsetMeter, onsetRate, type OnsetCurve } from "./onsets.ts";
import { mixedDown } from "./mix-down.ts";
import { levelCandidates, likeliestLevel } from "./metrical-level.ts";
import { createResampler } from "./resample.ts";
import { steadyGrid, type SteadyGrid } from "./steady-grid.ts";

/** Samples are taken in pieces of at most this many, however large a block is: what is made of them stays in the cache. */
const pieceFrames = 8192;
/** Beneath this a track is silent, whatever dither or hum it carries. */
const audibleLufs = -60;
/** Fewer beats than two bars are no grid. */
const minBeats = 8;
/** Noise reaches 0.23 at what passes for its beats, music whose beats are known 0.45 at least. */
const leastMeanChance = 0.3;
/** A key found with less than this is a guess. */
const minKeyStrength = 0.1;
const minKeyS = 2;

export interface Profiler {
  /** The next block; always as many channels, all of one length. */
  push(channels: readonly Float32Array[]): void;
  /** Call once, at the end. */
  finish(): TrackProfile;
}

interface Rhythm {
  readonly grid: SteadyGrid;
  readonly confidence: number;
  readonly downbeatsS: readonly number[];
}

function rhythmOf(onsets: OnsetCurve, durationS: number): Rhythm | null {
  const chances = beatChances(onsets.mel);
  const heard = trackBeats(chances.beat);
  if (meanChanceAt(heard, chances.beat) < leastMeanChance) return null;
  const level = likeliestLevel(levelCandidates(heard, chances, onsets.mel));
  if (level === null) return null;
  const grid = level.beatsS.length < minBeats ? null : steadyGrid(level.beatsS, durationS);
  if (grid === null || grid.beatsS.length < minBeats) return null;
  const confidence = tempoConfidence(level.chance, meanChanceAt(level.beatsS, chances.beat));
  return confidence < usableFrom
    ? null
    : { grid, confidence, downbeatsS: downbeatsOf(grid.beatsS, chances.downbeat) };
}

function keyOf(heard: HeardKey, durationS: number): Pick<TrackProfile, "key" | "keyConfidence"> {
  const keyConfidence = clamp(heard.strength, 0, 1);
  return durationS < minKeyS || keyConfidence < minKeyStrength
    ? { key: null, keyConfidence: 0 }
    : { key: heard.key, keyConfidence };
}

const noRhythm = { tempoBpm: 0, tempoConfidence: 0, confident: false, beatsS: [], downbeatsS: [] };

/** Starts the analysis of one track of `channelCount` channels at `sampleRate` Hz. Samples must be finite. */
export function createProfiler(sampleRate: number, channelCount: number): Profiler {
  const loudness = createLoudnessMeter(sampleRate, channelCount);
  const resampler = createResampler(sampleRate, analysisRate);
  const onsetMeter = createOnsetMeter();
  const keyMeter = createKeyMeter();
  const room = new Float32Array(pieceFrames);
  let frames = 0;
  const hear = (mono: Float32Array): void => {
    onsetMeter.push(mono);
    keyMeter.push(mono);
  };
  return {
    push(channels) {
      const { length } = channels[0];
      frames += length;
      for (let at = 0; at < length; at += pieceFrames) {
        const piece = channels.map((channel) => channel.subarray(at, at + pieceFrames));
        loudness.push(piece);
        hear(resampler.push(mixedDown(piece, room)));
      }
    },
    finish() {
      hear(resampler.finish());
      const onsets = onsetMeter.finish();
      const durationS = frames / sampleRate;
      const { loudnessLufs, truePeakDbtp } = loudness.finish();
      const whole = {
        loudnessLufs,
        truePeakDbtp,
        energy: energyOf(onsets, onsetRate, loudnessLufs),
        durationS,
      };
      if (loudnessLufs < audibleLufs) return { ...noRhythm, key: null, keyConfidence: 0, ...whole };
      const rhythm = rhythmOf(onsets, durationS);
      const key = keyOf(keyMeter.finish(), durationS);
      if (rhythm === null) return { ...noRhythm, ...key, ...whole };
      const { grid, confidence, downbeatsS } = rhythm;
      return {
        tempoBpm: grid.tempoBpm,
        tempoConfidence: confidence,
        confident: confidence >= confidentFrom,
        beatsS: grid.beatsS,
        downbeatsS,
        ...key,
        ...whole,
      };
    },
  };
}
