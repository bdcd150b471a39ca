/** How a track is likely to feel: an estimate from its profile, no more. */
import { moodOfEnergy, type MusicMood } from "./music-intent.ts";
import type { TrackProfile } from "./track.ts";
import { clamp, type Share } from "./units.ts";

/** Russell's plane (1980): valence 0 dark .. 1 bright, arousal 0 calm .. 1 driving; 0.5 is neither. */
export interface Mood {
  readonly valence: Share;
  readonly arousal: Share;
}

const [calmBpm, drivingBpm] = [60, 180];
/** Energy already holds how busy, sharp and loud a track is; tempo alone says less (a fast ballad exists). */
const tempoShare = 0.25;
/**
 * Mode weighs most on how happy music sounds, tempo next, loudness and attack less (order after Eerola, Friberg & Bresin
 * 2013; the weights are ours).
 */
const [modeWeight, tempoWeight, energyWeight] = [0.25, 0.15, 0.1];
/** A key found at least this clearly counts in full. */
const clearKey = 0.6;

export function moodOf({
  tempoBpm,
  energy,
  key,
  keyConfidence,
}: Pick<TrackProfile, "tempoBpm" | "energy" | "key" | "keyConfidence">): Mood {
  // On a scale of octaves, as tempo is heard. Without a grid energy speaks alone.
  const pace =
    tempoBpm > 0 ? clamp(Math.log2(tempoBpm / calmBpm) / Math.log2(drivingBpm / calmBpm), 0, 1) : null;
  const mode = key === null ? 0 : (key.endsWith("B") ? 1 : -1) * clamp(keyConfidence / clearKey, 0, 1);
  const valence =
    0.5 + modeWeight * mode + tempoWeight * (2 * (pace ?? 0.5) - 1) + energyWeight * (2 * energy - 1);
  const arousal = pace === null ? energy : (1 - tempoShare) * energy + tempoShare * pace;
  return { valence: clamp(valence, 0, 1), arousal: clamp(arousal, 0, 1) };
}

export type MoodWord = MusicMood | "dark" | "bright";
/** Nearer to the middle than this, nobody calls music dark or bright. */
export const plainValence = 0.12;

/** The words to find a track by: one of how driving it is, and one of how it sounds where that is clear. */
export function moodWords({ valence, arousal }: Mood): readonly MoodWord[] {
  const drive = moodOfEnergy(arousal);
  if (valence < 0.5 - plainValence) return [drive, "dark"];
  return valence > 0.5 + plainValence ? [drive, "bright"] : [drive];
}
