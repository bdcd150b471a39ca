import { AudioClock } from "./clock.ts";
import { audioOpenedEvent, contextOptions, observeOutput } from "./output.ts";
import type { AudioOpened } from "./output.ts";

export interface ClickTrack {
  /** Host times (ms) at which the clicks have sounded so far, by what the browser knows of the output. */
  clicksMs(): readonly number[];
  close(): Promise<void>;
}

const firstClickS = 0.5;
const clickHz = 1_500;
const clickS = 0.03;
const level = 0.5;
const observeEveryMs = 50;

/**
 * Plays `count` even clicks, `periodS` apart, to the output and by the clock that the music has. Call it from a press.
 * `onClick` is called with the number of those heard so far when another one sounds, `onEnd` one period after the last.
 */
export async function playClicks(
  count: number,
  periodS: number,
  onClick: (clicks: number) => void,
  onEnd: () => void,
): Promise<ClickTrack> {
  const context = new AudioContext(contextOptions);
  const clock = new AudioClock();
  const output = new GainNode(context);
  output.connect(context.destination);
  const opened: AudioOpened = { context, output, clock };
  document.dispatchEvent(new CustomEvent(audioOpenedEvent, { detail: opened }));
  await context.resume();
  const startS = context.currentTime + firstClickS;
  const times = Array.from({ length: count }, (_, index) => startS + index * periodS);
  const buffer = clickBuffer(context);
  for (const timeS of times) {
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(output);
    source.start(timeS);
  }
  // Noted as they sound: the output's clock drifts against the host's.
  const soundedMs: number[] = [];
  const timer = setInterval(() => {
    observeOutput(context, clock);
    const nowS = clock.toContextS(performance.now());
    for (const timeS of times.slice(soundedMs.length)) {
      if (timeS > nowS) break;
      soundedMs.push(clock.toHostMs(timeS));
      onClick(soundedMs.length);
    }
    if (nowS < startS + count * periodS) return;
    clearInterval(timer);
    onEnd();
  }, observeEveryMs);
  return {
    clicksMs: () => soundedMs,
    async close() {
      clearInterval(timer);
      if (context.state !== "closed") await context.close();
    },
  };
}

function clickBuffer(context: AudioContext): AudioBuffer {
  const { sampleRate } = context;
  const buffer = new AudioBuffer({ length: Math.ceil(clickS * sampleRate), sampleRate });
  const samples = buffer.getChannelData(0);
  for (let index = 0; index < samples.length; index++) {
    const tS = index / sampleRate;
    samples[index] = level * Math.sin(2 * Math.PI * clickHz * tS) * Math.exp((-6 * tS) / clickS);
  }
  return buffer;
}
