import type { DeckId, EngineCommand } from "#engine/contract.ts";
import { metronomeProcessorName } from "#web/worklet/messages.ts";
import workletUrl from "#web/worklet/index.ts?worker&url";
import { AudioClock } from "./clock.ts";
import { Deck } from "./deck.ts";
import type { DeckSource, DeckState } from "./deck.ts";
import { joinVideoSound, type VideoSound } from "./video-sound.ts";

/**
 * The stretcher's interval must be a multiple of the 128-sample quantum: 16 ms are 6 of them at this rate and none at
 * 44100. Tracks at other rates are resampled where they are decoded.
 */
export const contextOptions: AudioContextOptions = { sampleRate: 48_000, latencyHint: "interactive" };
/** From a command to the audio thread: a message hop and the quantum under way. A deck makes up for a later one. */
const commandMarginMs = 8;
/** Music under a voice: -9 dB. */
const duckedGain = 0.35;
/** How fast the music goes down and comes back. A coach on film pauses between sentences: it comes back gently. */
const duckTimeConstantsS = { coach: { down: 0.08, up: 0.08 }, video: { down: 0.08, up: 0.4 } } as const;
/** The limiter's curve spans this many times full scale: two decks at their peaks stay on it. */
const limiterRange = 2;
/** Without a beat of the metronome for so long (no audio device), a timer keeps the workout going, silently. */
const metronomeLostMs = 400;

export type DeckCommand = Extract<EngineCommand, { deck: DeckId }>;

/** Who may speak over the music: the spoken cues, and the coach on film. */
export type Voice = keyof typeof duckTimeConstantsS;

export interface AudioOutputOptions {
  readonly sourceOf: (trackId: string) => DeckSource;
  readonly onTrackFailed: (trackId: string, reason: string) => void;
  /** About twenty times a second while open, in hidden tabs too; `tMs` is host time. */
  readonly onTick: (tMs: number) => void;
}

export interface AudioOutput {
  /** Must be called from a click or key press, or the browser keeps the page silent. */
  resume(): Promise<void>;
  execute(command: DeckCommand): void;
  /** Resolves once what the decks were last told to load could sound (or has failed). */
  loaded(): Promise<void>;
  /** The music is lowered, once, as long as any voice speaks. */
  duck(voice: Voice, speaks: boolean): void;
  /** Plays the sound of a video beside the music, or only lets it run by the graph's clock; see `joinVideoSound`. */
  joinVideo(element: HTMLMediaElement, isHeard: boolean): VideoSound;
  /** From now to the earliest moment at which a change of rate can be heard. */
  leadMs(): number;
  decks(): Readonly<Record<DeckId, DeckState>>;
  close(): Promise<void>;
}

/** Fired on `document` when the graph is up, for whoever wants to record what it puts out (tests, bench). */
export interface AudioOpened {
  readonly context: AudioContext;
  /** The last node before the destination. */
  readonly output: AudioNode;
  readonly clock: AudioClock;
}
export const audioOpenedEvent = "upbeat:audio-opened";

/** Opens the graph: two decks -> ducking -> limiter -> the device; a video goes to the limiter as it is. Silent until it is resumed and commanded. */
export async function openAudioOutput(options: AudioOutputOptions): Promise<AudioOutput> {
  const context = new AudioContext(contextOptions);
  await context.audioWorklet.addModule(workletUrl);
  const clock = new AudioClock();
  const ducking = new GainNode(context, { gain: 1 / limiterRange });
  const limiter = new WaveShaperNode(context, { curve: softLimit() });
  ducking.connect(limiter).connect(context.destination);
  const decks = {
    a: new Deck(context, options.onTrackFailed),
    b: new Deck(context, options.onTrackFailed),
  };
  for (const deck of [decks.a, decks.b]) deck.node.connect(ducking);
  const stopTicking = startTicking(context, clock, options.onTick);
  await Promise.all([decks.a.ready, decks.b.ready]);
  const opened: AudioOpened = { context, output: limiter, clock };
  document.dispatchEvent(new CustomEvent(audioOpenedEvent, { detail: opened }));
  return {
    resume: async () => {
      await context.resume();
      observeOutput(context, clock);
    },
    execute: (command) => executeOnDeck(decks[command.deck], command, clock, options.sourceOf),
    async loaded() {
      await Promise.all([decks.a.loaded, decks.b.loaded]);
    },
    duck: duckingBy(context, ducking),
    joinVideo: (element, isHeard) =>
      joinVideoSound(context, element, { gain: isHeard ? 1 / limiterRange : 0, into: limiter }),
    leadMs: () => Math.max(0, clock.toHostMs(context.currentTime) - performance.now()) + commandMarginMs,
    decks: () => ({ a: decks.a.state, b: decks.b.state }),
    async close() {
      stopTicking();
      decks.a.close();
      decks.b.close();
      await context.close();
    },
  };
}

function duckingBy(context: AudioContext, ducking: GainNode): AudioOutput["duck"] {
  const speaking = new Set<Voice>();
  return (voice, speaks) => {
    if (speaks) speaking.add(voice);
    else speaking.delete(voice);
    const isDucked = speaking.size > 0;
    const { down, up } = duckTimeConstantsS[voice];
    const gain = (isDucked ? duckedGain : 1) / limiterRange;
    ducking.gain.setTargetAtTime(gain, context.currentTime, isDucked ? down : up);
  };
}

function executeOnDeck(
  deck: Deck,
  command: DeckCommand,
  clock: AudioClock,
  sourceOf: AudioOutputOptions["sourceOf"],
): void {
  switch (command.kind) {
    case "deck-load":
      deck.load(command.trackId, sourceOf(command.trackId), command.sourceS);
      return;
    case "deck-play":
      deck.play(clock.toContextS(command.atMs), command.sourceS, command.rate);
      return;
    case "deck-fade":
      deck.fade(clock.toContextS(command.fromMs), clock.toContextS(command.toMs), command.toGain);
      return;
    case "deck-stop":
      deck.stop(clock.toContextS(command.atMs));
  }
}

/** Notes which host time belongs to which audio time, by what the browser says of the output device. */
export function observeOutput(context: AudioContext, clock: AudioClock): void {
  const { contextTime, performanceTime } = context.getOutputTimestamp();
  if (contextTime !== undefined && performanceTime !== undefined && performanceTime > 0) {
    clock.observe({ contextS: contextTime, hostMs: performanceTime });
  } else {
    clock.observe({ contextS: context.currentTime, hostMs: performance.now() });
  }
}

function startTicking(context: AudioContext, clock: AudioClock, onTick: (tMs: number) => void): () => void {
  const metronome = new AudioWorkletNode(context, metronomeProcessorName, {
    numberOfInputs: 0,
    numberOfOutputs: 1,
  });
  metronome.connect(context.destination); // only a connected node is run; it is silent
  let lastBeatMs = performance.now();
  metronome.port.addEventListener("message", () => {
    lastBeatMs = performance.now();
    observeOutput(context, clock);
    onTick(lastBeatMs);
  });
  metronome.port.start();
  const timer = setInterval(() => {
    const nowMs = performance.now();
    if (nowMs - lastBeatMs > metronomeLostMs) onTick(nowMs);
  }, 100);
  return () => clearInterval(timer);
}

/** Straight up to -3 dBFS, bending to full scale above: peaks of two decks together neither clip nor pump. */
function softLimit(): Float32Array<ArrayBuffer> {
  const size = 8193; // odd: silence maps to exactly 0
  const knee = 0.7;
  const room = 1 - knee;
  return Float32Array.from({ length: size }, (_, index) => {
    const x = ((index / (size - 1)) * 2 - 1) * limiterRange;
    const over = Math.abs(x) - knee;
    if (over <= 0) return x;
    return Math.sign(x) * (knee + room * Math.tanh(over / room));
  });
}
