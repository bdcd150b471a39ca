/** The sound of a video in the graph that plays the music, and how loud it is. */

/** About 43 ms: a syllable is longer, and a tick of the workout comes about as often. */
const windowFrames = 2048;

export interface VideoSound {
  /** Root mean square of the latest window, dBFS; -Infinity is silence. */
  levelDb(): number;
  close(): void;
}

/** Takes the sound of `element` out of the browser's hands; this can be done once in its life. */
export function joinVideoSound(
  context: AudioContext,
  element: HTMLMediaElement,
  { gain, into }: { readonly gain: number; readonly into: AudioNode },
): VideoSound {
  const source = new MediaElementAudioSourceNode(context, { mediaElement: element });
  const meter = new AnalyserNode(context, { fftSize: windowFrames });
  const level = new GainNode(context, { gain });
  source.connect(meter).connect(level).connect(into);
  const window = new Float32Array(windowFrames);
  return {
    levelDb() {
      meter.getFloatTimeDomainData(window);
      const power = window.reduce((sum, value) => sum + value * value, 0) / windowFrames;
      return 10 * Math.log10(power);
    },
    close() {
      source.disconnect();
      level.disconnect();
    },
  };
}
