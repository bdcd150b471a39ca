/** Plays a track with a click on every beat of its grid, both on one clock to the sample, so that one hears what is off. */
import type { BeatGrid } from "#domain/track.ts";
import { AudioClock } from "./clock.ts";
import { audioOpenedEvent, type AudioOpened } from "./output.ts";
import type { TrackSound } from "./track-sound.ts";

/** Sound is handed to the audio thread in pieces this long, this far ahead. */
const pieceS = 0.5;
const aheadS = 1;
const feedEveryMs = 100;
const clickS = 0.03;
const [downbeatHz, beatHz] = [1900, 1300];
const clickLevel = 0.5;

function clickBuffer(sampleRate: number, hertz: number): AudioBuffer {
  const buffer = new AudioBuffer({ length: Math.ceil(clickS * sampleRate), sampleRate });
  const samples = buffer.getChannelData(0);
  for (let i = 0; i < samples.length; i++) {
    const tS = i / sampleRate;
    samples[i] = clickLevel * Math.sin(2 * Math.PI * hertz * tS) * Math.exp((-6 * tS) / clickS);
  }
  return buffer;
}

export class GridPlayer {
  readonly #sound: TrackSound;
  readonly #context: AudioContext;
  readonly #output: GainNode;
  readonly #clicks: { readonly down: AudioBuffer; readonly beat: AudioBuffer };
  readonly #onEnd: () => void;
  readonly #sources = new Set<AudioBufferSourceNode>();
  #grid: BeatGrid = { beatsS: [], downbeatsS: [] };
  #downbeats: ReadonlySet<number> = new Set();
  #clicksOn = true;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Context time at which the track's first sample would have sounded. */
  #originS = 0;
  #fedSamples = 0;
  #pausedS = 0;

  /** Call it from a press. `onEnd` tells that the track has run out. */
  constructor(sound: TrackSound, onEnd: () => void) {
    this.#sound = sound;
    this.#onEnd = onEnd;
    this.#context = new AudioContext({ sampleRate: sound.sampleRate, latencyHint: "interactive" });
    this.#output = new GainNode(this.#context);
    this.#output.connect(this.#context.destination);
    const { sampleRate } = this.#context;
    this.#clicks = { down: clickBuffer(sampleRate, downbeatHz), beat: clickBuffer(sampleRate, beatHz) };
    const opened: AudioOpened = { context: this.#context, output: this.#output, clock: new AudioClock() };
    document.dispatchEvent(new CustomEvent(audioOpenedEvent, { detail: opened }));
  }

  get playing(): boolean {
    return this.#timer !== undefined;
  }

  /** Edits are heard from the next piece on. */
  set grid(grid: BeatGrid) {
    this.#grid = grid;
    this.#downbeats = new Set(grid.downbeatsS);
  }

  set clicks(on: boolean) {
    this.#clicksOn = on;
  }

  /** Where in the track the sound is that is heard now. */
  positionS(): number {
    if (!this.playing) return this.#pausedS;
    const heardS = this.#context.currentTime - (this.#context.outputLatency || 0);
    return Math.max(0, heardS - this.#originS);
  }

  async play(fromS: number): Promise<void> {
    this.pause();
    await this.#context.resume();
    const { sampleRate, currentTime } = this.#context;
    this.#fedSamples = Math.round(fromS * sampleRate);
    // On whole samples, so that pieces join without a seam.
    const startS = Math.ceil((currentTime + 0.05) * sampleRate) / sampleRate;
    this.#originS = startS - this.#fedSamples / sampleRate;
    this.#timer = setInterval(() => this.#feed(), feedEveryMs);
    this.#feed();
  }

  pause(): void {
    if (!this.playing) return;
    this.#pausedS = this.positionS();
    clearInterval(this.#timer);
    this.#timer = undefined;
    for (const source of this.#sources) source.stop();
    this.#sources.clear();
  }

  close(): void {
    this.pause();
    void this.#context.close();
  }

  #start(buffer: AudioBuffer, atS: number): void {
    const source = new AudioBufferSourceNode(this.#context, { buffer });
    source.connect(this.#output);
    source.addEventListener("ended", () => this.#sources.delete(source));
    this.#sources.add(source);
    source.start(Math.max(0, atS));
  }

  #feed(): void {
    const { sampleRate, currentTime } = this.#context;
    while (this.#fedSamples / sampleRate + this.#originS < currentTime + aheadS) {
      if (this.#fedSamples >= this.#sound.length) {
        if (currentTime - this.#originS < this.#sound.length / sampleRate) return;
        this.pause();
        this.#onEnd();
        return;
      }
      const buffer = new AudioBuffer({ length: Math.round(pieceS * sampleRate), sampleRate });
      this.#sound.copy(this.#fedSamples, buffer.getChannelData(0));
      const fromS = this.#fedSamples / sampleRate;
      this.#start(buffer, this.#originS + fromS);
      this.#fedSamples += buffer.length;
      if (this.#clicksOn) this.#click(fromS, this.#fedSamples / sampleRate);
    }
  }

  #click(fromS: number, toS: number): void {
    for (const beatS of this.#grid.beatsS) {
      if (beatS < fromS) continue;
      if (beatS >= toS) break;
      const click = this.#downbeats.has(beatS) ? this.#clicks.down : this.#clicks.beat;
      this.#start(click, this.#originS + beatS);
    }
  }
}
