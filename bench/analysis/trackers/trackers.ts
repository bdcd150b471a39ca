import { essentiaTracker, musicTempo, realtimeBpm } from "./javascript.ts";
import { aubio, qm } from "./native.ts";
import type { Tracker } from "./tracker.ts";
import { upbeat } from "./upbeat.ts";

/** By the name it has in reports; made only when asked for. */
export const trackers: Readonly<Record<string, () => Tracker>> = {
  upbeat: () => upbeat,
  degara: () => essentiaTracker("degara"),
  multifeature: () => essentiaTracker("multifeature"),
  "music-tempo": () => musicTempo,
  "realtime-bpm": () => realtimeBpm,
  aubio: () => aubio,
  qm: () => qm,
};
