/** What travels between the page, the decode workers and the audio thread. Times are the audio context's, in seconds. */

/** Page to deck. `load` numbers count up: what belongs to an older load is ignored. */
export type DeckMessage =
  /** The decode worker that feeds this deck. Once. */
  | { readonly kind: "feeder"; readonly port: MessagePort }
  | { readonly kind: "load"; readonly load: number; readonly startSample: number; readonly gain: number }
  | { readonly kind: "play"; readonly atS: number; readonly sourceS: number; readonly rate: number }
  | { readonly kind: "stop"; readonly atS: number }
  | { readonly kind: "fade"; readonly fromS: number; readonly toS: number; readonly toGain: number };

/** Decode worker to deck. */
export type FeedMessage =
  | { readonly kind: "pcm"; readonly load: number; readonly channels: readonly Float32Array[] }
  /** The track is over: silence after it is no underrun. */
  | { readonly kind: "end"; readonly load: number };

/** Deck to decode worker: decode until this sample (of the track, at the context's rate) is delivered. */
export interface WantMessage {
  readonly kind: "want";
  readonly load: number;
  readonly untilSample: number;
}

/** Deck to page. */
export type DeckReport =
  | { readonly kind: "ready" }
  | {
      readonly kind: "state";
      readonly load: number;
      readonly sourceS: number;
      /** PCM held, in seconds of the track. */
      readonly heldFromS: number;
      readonly heldToS: number;
      /** Quanta that had to sound without their PCM, since the deck was made. */
      readonly underruns: number;
    };

/** The only message of the metronome. */
export interface MetronomeBeat {
  readonly contextS: number;
}

/** The only message of the microphone's processor. */
export interface MicrophonePiece {
  /** Of the audio clock, of the first sample. */
  readonly fromFrame: number;
  readonly pcm: Float32Array<ArrayBuffer>;
}

/** Names the processors are registered under. */
export const deckProcessorName = "upbeat-deck";
export const metronomeProcessorName = "upbeat-metronome";
export const microphoneProcessorName = "upbeat-microphone";
