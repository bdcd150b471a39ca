import type { EngineSnapshot } from "#engine/contract.ts";
import type { BlockPass, TrackPlay } from "#domain/workout.ts";
import type { Checkpoint } from "./keep/kept-workout.ts";

/** A sensor below this is one the engine does not let drive the music. */
const trusted = 0.5;

interface Names {
  readonly title: string;
  readonly artist: string;
}

/**
 * How far a running workout has come, as its snapshots show it: what is needed to go on, or to end it as it is, after a
 * crash. The engine's own account replaces it when the workout ends in good order.
 */
export class RunLog {
  readonly #nameOf: (trackId: string) => Names;
  readonly #trackPlays: TrackPlay[];
  readonly #blockPasses: BlockPass[];
  #distrustS: number;
  #elapsedS: number;

  /** `before` is where an interrupted workout stood. */
  constructor(nameOf: (trackId: string) => Names, before: Checkpoint | null) {
    this.#nameOf = nameOf;
    this.#trackPlays = [...(before?.trackPlays ?? [])];
    this.#blockPasses = [...(before?.blockPasses ?? [])];
    this.#distrustS = before?.distrustS ?? 0;
    this.#elapsedS = before?.elapsedS ?? 0;
  }

  /**
   * Takes into account the snapshot at which a row was finished. The checkpoint lies at the row's end, `rowEndS`, and
   * not some ms later: going on from it, the next row follows without a gap.
   */
  observe(snapshot: EngineSnapshot, rowEndS: number): Checkpoint {
    const { trackId, blockIndex } = snapshot;
    const elapsedS = rowEndS;
    const classTimeS = snapshot.classTimeS - (snapshot.elapsedS - rowEndS);
    if (snapshot.sensors.some(({ trust }) => trust < trusted)) this.#distrustS += elapsedS - this.#elapsedS;
    this.#followTrack(trackId, elapsedS);
    this.#followBlock(blockIndex, elapsedS);
    this.#elapsedS = elapsedS;
    return {
      classTimeS,
      elapsedS,
      distrustS: this.#distrustS,
      trackPlays: [...this.#trackPlays],
      blockPasses: [...this.#blockPasses],
    };
  }

  skipTrack(): void {
    const last = this.#trackPlays.pop();
    if (last !== undefined) this.#trackPlays.push({ ...last, skipped: true });
  }

  skipBlock(): void {
    const last = this.#blockPasses.pop();
    if (last !== undefined) this.#blockPasses.push({ ...last, skipped: true });
  }

  #followTrack(trackId: string | null, elapsedS: number): void {
    const last = this.#trackPlays.at(-1);
    if (last !== undefined && last.trackId === trackId) {
      this.#trackPlays[this.#trackPlays.length - 1] = { ...last, endS: elapsedS };
    } else if (trackId !== null) {
      this.#trackPlays.push({
        trackId,
        ...this.#nameOf(trackId),
        startS: this.#elapsedS,
        endS: elapsedS,
        skipped: false,
      });
    }
  }

  #followBlock(blockIndex: number, elapsedS: number): void {
    const last = this.#blockPasses.at(-1);
    if (last !== undefined && last.blockIndex === blockIndex) {
      this.#blockPasses[this.#blockPasses.length - 1] = { ...last, endS: elapsedS };
    } else {
      this.#blockPasses.push({ blockIndex, startS: this.#elapsedS, endS: elapsedS, skipped: false });
    }
  }
}
