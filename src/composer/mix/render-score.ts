import { seededRandom } from "#domain/seeded-random.ts";
import { secondsAtBeat } from "../arrangement.ts";
import { demoLoudnessLufs, durationOfSpecS } from "../demo-tracks.ts";
import type { DrumEvent, DrumVoice, Part, Score } from "../score.ts";
import type { PartSound } from "../style-recipe.ts";
import { recipes } from "../styles/recipes.ts";
import { drumSound } from "../synth/drums.ts";
import { partDrive } from "../synth/patches.ts";
import { sampleRate } from "../synth/wavetable.ts";
import { blockFrames } from "./block.ts";
import { Echo } from "./echo.ts";
import { Instrument } from "./instrument.ts";
import { master, type Loudness, type MeasureLoudness } from "./master.ts";
import { automationAt, PartBus, SweptFilter, type PlacedSound } from "./part-bus.ts";
import { Reverb } from "./reverb.ts";
import { riserSound } from "./riser.ts";

export interface Rendering extends Loudness {
  readonly left: Float32Array;
  readonly right: Float32Array;
  readonly sampleRate: number;
}

/** A part or the drums on its way to the mix. */
interface Channel {
  readonly bus: PartBus;
  readonly reverb: number;
  readonly echo: number;
  readonly duck: number;
  readonly drive: number;
  readonly filter: { readonly swept: SweptFilter; readonly cutoffHz: Part["cutoffHz"] } | null;
}

/**
 * Plays a score: stereo at 44.1 kHz, mastered to the demo library's loudness. The same score gives the same samples.
 * Beat b's hits start at exactly round(sampleRate x secondsAtBeat(b)).
 */
export function renderScore(score: Score, measure: MeasureLoudness): Rendering {
  const frames = Math.ceil(durationOfSpecS(score.spec) * sampleRate);
  const left = new Float32Array(frames);
  const right = new Float32Array(frames);
  mixScore(score, left, right);
  return { left, right, sampleRate, ...master(left, right, sampleRate, demoLoudnessLufs, measure) };
}

/** The frame a beat starts on. */
export function frameAtBeat(score: Score, beat: number): number {
  return Math.round(secondsAtBeat(score.spec, beat) * sampleRate);
}

/** The mix before mastering, into arrays as long as the track. */
export function mixScore(score: Score, left: Float32Array, right: Float32Array): void {
  const channels = channelsOf(score);
  const ducking = duckingCurve(score, left.length);
  const beatFrames = (60 / score.spec.tempoBpm) * sampleRate;
  const reverb = new Reverb(score.spec.energy < 0.45 ? 2.6 : 1.7, 5200, sampleRate);
  const echo = new Echo(beatFrames * 0.75, 3800, sampleRate);
  const [mixLeft, mixRight, roomLeft, roomRight, echoLeft, echoRight] = Array.from(
    { length: 6 },
    () => new Float32Array(blockFrames),
  );
  const tone = new Tone(28, 3 + 3 * (1 - score.spec.energy));
  for (let start = 0; start < left.length; start += blockFrames) {
    for (const buffer of [mixLeft, mixRight, roomLeft, roomRight, echoLeft, echoRight]) buffer.fill(0);
    const beat = (start - frameAtBeat(score, 0)) / beatFrames;
    for (const channel of channels) {
      if (!playChannel(channel, start, beat, ducking)) continue;
      const { bus } = channel;
      send(bus.left, mixLeft, roomLeft, channel.reverb);
      send(bus.right, mixRight, roomRight, channel.reverb);
      if (channel.echo > 0) {
        send(bus.left, null, echoLeft, channel.echo);
        send(bus.right, null, echoRight, channel.echo);
      }
    }
    echo.addBlock(echoLeft, echoRight, mixLeft, mixRight);
    reverb.addBlock(roomLeft, roomRight, mixLeft, mixRight);
    tone.shapeBlock(mixLeft, mixRight);
    const count = Math.min(blockFrames, left.length - start);
    left.set(count === blockFrames ? mixLeft : mixLeft.subarray(0, count), start);
    right.set(count === blockFrames ? mixRight : mixRight.subarray(0, count), start);
  }
  fadeTail(left, right);
}

/** Adds a block to the mix and a share of it to an effect. */
function send(source: Float32Array, mix: Float32Array | null, effect: Float32Array, share: number): void {
  if (mix !== null) for (let frame = 0; frame < blockFrames; frame++) mix[frame] += source[frame];
  if (share > 0) for (let frame = 0; frame < blockFrames; frame++) effect[frame] += share * source[frame];
}

/** One block of a channel: its notes, drive, filter and ducking; false when silent. */
function playChannel(channel: Channel, start: number, beat: number, ducking: Float32Array): boolean {
  const { bus, drive, duck, filter } = channel;
  const sounding = bus.playBlock(start);
  if (!sounding && filter === null) return false;
  for (const side of [bus.left, bus.right]) {
    if (drive > 0) {
      const level = 1 / Math.sqrt(drive);
      for (let frame = 0; frame < blockFrames; frame++) side[frame] = level * Math.tanh(drive * side[frame]);
    }
  }
  if (filter !== null) filter.swept.filterBlock(bus.left, bus.right, automationAt(filter.cutoffHz, beat));
  if (duck > 0) {
    const count = Math.min(blockFrames, ducking.length - start);
    for (let frame = 0; frame < count; frame++) {
      const gain = 1 - duck * ducking[start + frame];
      bus.left[frame] *= gain;
      bus.right[frame] *= gain;
    }
  }
  return true;
}

function channelsOf(score: Score): Channel[] {
  const recipe = recipes[score.spec.style];
  const parts = score.parts
    .filter((part) => part.notes.length > 0)
    .map((part): Channel => {
      const sound = recipe.sounds[part.name];
      return {
        bus: new PartBus(placeNotes(score, part, sound)),
        reverb: sound.reverb,
        echo: sound.delay,
        duck: sound.duck,
        drive: partDrive[sound.instrument] ?? 0,
        filter: { swept: new SweptFilter(sampleRate), cutoffHz: part.cutoffHz },
      };
    });
  return [...drumChannels(score), ...parts, ...riserChannels(score)];
}

function placeNotes(score: Score, part: Part, sound: PartSound): PlacedSound[] {
  const pitches = part.notes.map((note) => note.midi).toSorted((one, other) => one - other);
  const instrument = new Instrument(sound.instrument, pitches[pitches.length >> 1]);
  const chordal = part.name === "pad" || part.name === "chords";
  const level = 10 ** ((sound.levelDb - (chordal ? 6 : 0)) / 20);
  return part.notes.map((note) => {
    const startFrame = frameAtBeat(score, note.beat);
    const heldFrames = frameAtBeat(score, note.beat + note.beats) - startFrame;
    const gain = level * instrument.gainAt(note.velocity);
    return {
      startFrame,
      sound: instrument.note(note.midi, heldFrames, note.velocity),
      gainLeft: gain * Math.min(1, 1 - sound.pan),
      gainRight: gain * Math.min(1, 1 + sound.pan),
    };
  });
}

const drumGroups: Readonly<Record<DrumVoice, "kick" | "snare" | "cymbals">> = {
  kick: "kick",
  snare: "snare",
  clap: "snare",
  rim: "snare",
  lowTom: "snare",
  highTom: "snare",
  closedHat: "cymbals",
  openHat: "cymbals",
  ride: "cymbals",
  shaker: "cymbals",
  crash: "cymbals",
  tambourine: "cymbals",
};

/** One channel per amount of reverberation among the kit's drums. */
function drumChannels(score: Score): Channel[] {
  const recipe = recipes[score.spec.style];
  const random = seededRandom(score.drums.length);
  const byReverb = new Map<number, PlacedSound[]>();
  for (const { beat, voice, velocity } of score.drums) {
    const drum = drumSound(recipe.kit, voice);
    const take = drum.takes[Math.floor(random() * drum.takes.length)];
    const gain = 0.8 * velocity ** 1.3 * 10 ** ((drum.levelDb + recipe.drumsDb[drumGroups[voice]]) / 20);
    const placed = byReverb.get(drum.reverb) ?? [];
    byReverb.set(drum.reverb, placed);
    placed.push({
      startFrame: frameAtBeat(score, beat),
      sound: { left: take, right: take },
      gainLeft: gain * Math.min(1, 1 - drum.pan),
      gainRight: gain * Math.min(1, 1 + drum.pan),
    });
  }
  return [...byReverb].map(([reverb, placed]) => ({
    bus: new PartBus(placed),
    reverb,
    echo: 0,
    duck: 0,
    drive: 0,
    filter: null,
  }));
}

function riserChannels(score: Score): Channel[] {
  if (score.risers.length === 0) return [];
  const placed = score.risers.map(({ startBeat, endBeat }): PlacedSound => {
    const startFrame = frameAtBeat(score, startBeat);
    const gain = 0.1 + 0.08 * score.spec.energy;
    const sound = riserSound(frameAtBeat(score, endBeat) - startFrame);
    return { startFrame, sound, gainLeft: gain, gainRight: gain };
  });
  return [{ bus: new PartBus(placed), reverb: 0.15, echo: 0, duck: 0.3, drive: 0, filter: null }];
}

/** 1 at each kick, back to 0 within most of a beat: what sustained parts give way with. */
function duckingCurve(score: Score, frames: number): Float32Array {
  const curve = new Float32Array(frames);
  const length = Math.round(Math.min(0.32, (0.8 * 60) / score.spec.tempoBpm) * sampleRate);
  const ahead = Math.round(0.004 * sampleRate);
  const mark = (frame: number, value: number): void => {
    if (frame >= 0 && frame < frames) curve[frame] = Math.max(curve[frame], value);
  };
  const kicks = score.drums.filter((hit: DrumEvent) => hit.voice === "kick");
  for (const { beat, velocity } of kicks) {
    const start = frameAtBeat(score, beat);
    for (let frame = -ahead; frame < 0; frame++) mark(start + frame, velocity * (1 + frame / ahead));
    for (let frame = 0; frame < length; frame++) mark(start + frame, velocity * (1 - frame / length) ** 2);
  }
  return curve;
}

/** The mix's last tone control: cuts what only moves loudspeaker cones, lifts the treble by a shelf; one pole each. */
class Tone {
  readonly #keepLow: number;
  readonly #keepHigh = Math.exp((-2 * Math.PI * 2800) / sampleRate);
  readonly #lift: number;
  readonly #state = new Float64Array(4);

  /** `liftDb`: how much louder the treble becomes above 2.8 kHz. */
  constructor(lowestHz: number, liftDb: number) {
    this.#keepLow = Math.exp((-2 * Math.PI * lowestHz) / sampleRate);
    this.#lift = 10 ** (liftDb / 20) - 1;
  }

  shapeBlock(left: Float32Array, right: Float32Array): void {
    this.#shapeSide(left, 0);
    this.#shapeSide(right, 2);
  }

  #shapeSide(samples: Float32Array, at: number): void {
    let slow = this.#state[at];
    let dull = this.#state[at + 1];
    for (let frame = 0; frame < samples.length; frame++) {
      slow = samples[frame] + this.#keepLow * (slow - samples[frame]);
      const cut = samples[frame] - slow;
      dull = cut + this.#keepHigh * (dull - cut);
      samples[frame] = cut + this.#lift * (cut - dull);
    }
    this.#state[at] = slow;
    this.#state[at + 1] = dull;
  }
}

/** The last second ends in silence. */
function fadeTail(left: Float32Array, right: Float32Array): void {
  const length = Math.min(left.length, sampleRate);
  for (let frame = 0; frame < length; frame++) {
    const gain = (frame / length) ** 2;
    left[left.length - 1 - frame] *= gain;
    right[right.length - 1 - frame] *= gain;
  }
}
