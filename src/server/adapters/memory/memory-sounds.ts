import type { SoundStore } from "#server/ports/sounds.ts";
import { StoreError } from "#server/ports/store.ts";
import { compareText } from "../cursor.ts";
import type { MusicShelf } from "./memory-tracks.ts";

export function memorySounds({ tracks, sounds }: MusicShelf): SoundStore {
  return {
    async putSound(trackId, sound) {
      if (!tracks.has(trackId)) throw new StoreError("other", "There is no such track.");
      sounds.set(trackId, sound);
    },
    getSound: async (trackId) => sounds.get(trackId) ?? null,
    trackWithAudio: async (audioHash) =>
      [...sounds].find(([, sound]) => sound.audioHash === audioHash)?.[0] ?? null,
    tracksWithoutSound: async () =>
      [...tracks.values()]
        .filter(({ id, source }) => source === "library" && !sounds.has(id))
        .map(({ id }) => id),
    soundsLasting: async (fromS, toS) =>
      [...sounds]
        .map(([trackId, { fingerprint }]) => ({
          trackId,
          durationS: tracks.get(trackId)?.profile.durationS ?? 0,
          fingerprint,
        }))
        .filter(({ durationS }) => durationS >= fromS && durationS <= toS)
        .toSorted((a, b) => compareText(a.trackId, b.trackId)),
  };
}
