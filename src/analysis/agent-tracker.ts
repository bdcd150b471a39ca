/** Beats by competing agents (Dixon 2001/2007, as in music-tempo, MIT) over our own onset curve, which beats its original one. */
import beatTracking from "music-tempo/dist/node/BeatTracking.js";
import onsetDetection from "music-tempo/dist/node/OnsetDetection.js";
import tempoInduction from "music-tempo/dist/node/TempoInduction.js";
import { onsetRate } from "./onsets.ts";

const minOnsets = 8;

/** The stages throw strings when a curve has nothing to follow (no peaks, no clusters): no beats then. */
function orNone(find: () => readonly number[]): readonly number[] {
  try {
    return find();
  } catch (error) {
    if (typeof error === "string") return [];
    throw error;
  }
}

/** Beats in seconds from the start of `strength`; none when there is too little to follow. */
export function agentBeats(strength: Float32Array): readonly number[] {
  return orNone(() => followedBeats(strength));
}

function followedBeats(strength: Float32Array): readonly number[] {
  const normal = Array.from(strength);
  if (normal.length < onsetRate) return [];
  onsetDetection.normalize(normal);
  const peaks = onsetDetection.findPeaks(normal);
  if (peaks.length < minOnsets) return [];
  const onsets = peaks.map((frame) => frame / onsetRate);
  const clusters = tempoInduction.mergeClusters(tempoInduction.processRhythmicEvents(onsets));
  const tempos = tempoInduction.createTempoList({ ...clusters, ...tempoInduction.calculateScore(clusters) });
  const floor = normal.reduce((least, value) => Math.min(least, value), Infinity);
  const agents = beatTracking.trackBeat(
    onsets,
    peaks.map((frame) => (normal[frame] ?? floor) - floor),
    tempos,
  );
  let best: (typeof agents)[number] | null = null;
  for (const agent of agents) if (best === null || agent.score > best.score) best = agent;
  if (best === null) return [];
  best.fillBeats();
  return best.events;
}
