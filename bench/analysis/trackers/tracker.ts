import type { Estimate } from "../track.ts";

export type Found = Omit<Estimate, "cpuS">;

/** A way to find beats. Everything here gets the same files: mono 16-bit WAV at 44.1 kHz. */
export interface Tracker {
  /** What makes it run here, or why it does not. Cheap; may build something once. */
  prepare(): Promise<{ readonly missing: string } | null>;
  /** Reads nothing but `path`; the processor time of decoding the WAV does not count. */
  track(path: string): Promise<Estimate>;
}

/** What a tracker without bars or confidence has found. */
export function beatsOnly(beatsS: readonly number[], tempoBpm: number | null = null): Found {
  return { beatsS, tempoBpm, downbeatsS: null, confidence: null, confident: null, durationS: null };
}

/** What a tracker has found that hears a tempo and no beats. */
export function tempoOnly(tempoBpm: number | null): Found {
  return { ...beatsOnly([], tempoBpm), beatsS: null };
}

/** Runs `find` and adds the processor time of this process, seconds. */
export async function timed(find: () => Found | Promise<Found>): Promise<Estimate> {
  const before = process.cpuUsage();
  const found = await find();
  const { user, system } = process.cpuUsage(before);
  return { ...found, cpuS: (user + system) / 1e6 };
}
