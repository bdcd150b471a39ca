import { openStretcher } from "#protocol/audio/stretch.ts";
import { DeckCore } from "./deck-core.ts";
import { deckProcessorName } from "./messages.ts";
import type { DeckMessage, DeckReport, FeedMessage, WantMessage } from "./messages.ts";

const channelCount = 2;
/** Position and underruns are reported to the page four times a second. */
const reportEveryS = 0.25;

/** The audio thread's end of a deck: messages in, quanta out. What they mean is in DeckCore. */
class DeckProcessor extends AudioWorkletProcessor {
  #core: DeckCore | null = null;
  #feeder: MessagePort | null = null;
  #reportAtS = 0;

  constructor() {
    super();
    void this.#open();
  }

  async #open(): Promise<void> {
    const core = new DeckCore(await openStretcher(sampleRate, channelCount), sampleRate, channelCount);
    this.#core = core;
    this.port.addEventListener("message", ({ data }: MessageEvent<DeckMessage>) => this.#handle(core, data));
    this.port.start();
    this.#report({ kind: "ready" });
  }

  process(_inputs: readonly Float32Array[][], outputs: readonly Float32Array[][]): boolean {
    const core = this.#core;
    const output = outputs[0];
    if (core === null || output === undefined) return true;
    core.render(currentTime, output);
    this.#askForPcm(core);
    if (currentTime >= this.#reportAtS) {
      this.#reportAtS = currentTime + reportEveryS;
      this.#report({
        kind: "state",
        load: core.load,
        sourceS: core.motion.sourceAt(currentTime),
        heldFromS: core.heldFromS,
        heldToS: core.heldToS,
        underruns: core.underruns,
      });
    }
    return true;
  }

  #handle(core: DeckCore, message: DeckMessage): void {
    switch (message.kind) {
      case "feeder":
        this.#feeder = message.port;
        message.port.addEventListener("message", ({ data }: MessageEvent<FeedMessage>) =>
          this.#feed(core, data),
        );
        message.port.start();
        return;
      case "load":
        core.startLoad(message.load, message.startSample, message.gain);
        this.#askForPcm(core); // at once: before Start the context is suspended and renders nothing
        return;
      case "play":
        core.motion.play(message.atS, message.sourceS, message.rate);
        return;
      case "stop":
        core.motion.stop(message.atS);
        return;
      case "fade":
        core.fade.ramp(message.fromS, message.toS, message.toGain);
    }
  }

  #feed(core: DeckCore, message: FeedMessage): void {
    if (message.load !== core.load) return;
    if (message.kind === "pcm") core.addPcm(message.channels);
    else core.endOfTrack();
  }

  #report(report: DeckReport): void {
    this.port.postMessage(report);
  }

  #askForPcm(core: DeckCore): void {
    const untilSample = core.takeWant(currentTime);
    if (untilSample === null) return;
    const want: WantMessage = { kind: "want", load: core.load, untilSample };
    this.#feeder?.postMessage(want);
  }
}

registerProcessor(deckProcessorName, DeckProcessor);
