/** The very path of `upbeat analyze`, its reading of the WAV, loudness, key and energy included in the time. */
import { analyseFile } from "#server/adapters/analysis/analyse-file.ts";
import { moodOf } from "#domain/mood.ts";
import { timed, type Tracker } from "./tracker.ts";

export const upbeat: Tracker = {
  prepare: () => Promise.resolve(null),
  track: (path) =>
    timed(async () => {
      const { profile } = await analyseFile(path, () => {});
      const { beatsS, downbeatsS, tempoBpm, tempoConfidence, confident, durationS, key } = profile;
      const { arousal } = moodOf(profile);
      return {
        beatsS,
        downbeatsS,
        tempoBpm,
        confidence: tempoConfidence,
        confident,
        durationS,
        key,
        arousal,
      };
    }),
};
