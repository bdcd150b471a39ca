import { metronomeProcessorName } from "./messages.ts";
import type { MetronomeBeat } from "./messages.ts";

/** Often enough for the engine (at least ten a second), rarely enough to cost nothing. */
const beatEveryS = 0.05;

/**
 * Tells the page that time passes. Timers are throttled to one a second or a minute in a hidden tab; messages from the
 * audio thread are not, so the engine keeps conducting and recording there.
 */
class MetronomeProcessor extends AudioWorkletProcessor {
  #nextS = 0;

  process(): boolean {
    if (currentTime >= this.#nextS) {
      this.#nextS = currentTime + beatEveryS;
      const beat: MetronomeBeat = { contextS: currentTime };
      this.port.postMessage(beat);
    }
    return true;
  }
}

registerProcessor(metronomeProcessorName, MetronomeProcessor);
