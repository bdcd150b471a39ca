/** Trackers that come from npm and run in Node. */
import essentiaJs from "essentia.js";
import MusicTempo from "music-tempo/dist/node/MusicTempo.js";
import { analyzeFullBuffer } from "realtime-bpm-analyzer";
import { decodeMono } from "../material/wav.ts";
import { LowPassContext, monoBuffer } from "./low-pass.ts";
import { beatsOnly, tempoOnly, timed, type Tracker } from "./tracker.ts";

/** Dixon's agents, as published. */
export const musicTempo: Tracker = {
  prepare: () => Promise.resolve(null),
  async track(path) {
    const mono = await decodeMono(path);
    return timed(() => {
      try {
        const { beats, tempo } = new MusicTempo(Array.from(mono));
        return beatsOnly(beats, Number(tempo));
      } catch (error) {
        // It throws strings when it finds nothing to follow.
        if (typeof error === "string") return beatsOnly([]);
        throw error;
      }
    });
  },
};

/** Essentia's own defaults for the range of tempo, BPM. */
const [slowestBpm, fastestBpm] = [40, 208];

/** Essentia's RhythmExtractor2013 (Degara et al. 2012; Zapata et al. 2014). */
export function essentiaTracker(method: "degara" | "multifeature"): Tracker {
  const essentia = new essentiaJs.Essentia(essentiaJs.EssentiaWASM);
  return {
    prepare: () => Promise.resolve(null),
    async track(path) {
      const mono = await decodeMono(path);
      return timed(() => {
        const signal = essentia.arrayToVector(mono);
        const { ticks, estimates, bpmIntervals } = essentia.RhythmExtractor2013(
          signal,
          fastestBpm,
          method,
          slowestBpm,
        );
        const beatsS = Array.from(essentia.vectorToArray(ticks));
        for (const vector of [signal, ticks, estimates, bpmIntervals]) vector.delete();
        return beatsOnly(beatsS);
      });
    },
  };
}

/** Peaks of the bass at falling thresholds; a tempo in whole BPM, 90 to 180, and no beats. */
export const realtimeBpm: Tracker = {
  prepare: () => {
    Object.assign(globalThis, { OfflineAudioContext: LowPassContext });
    return Promise.resolve(null);
  },
  async track(path) {
    const mono = await decodeMono(path);
    return timed(async () => {
      const [best] = await analyzeFullBuffer(monoBuffer(mono) as AudioBuffer);
      return tempoOnly(best?.tempo ?? null);
    });
  },
};
