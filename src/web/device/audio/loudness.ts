/**
 * All tracks are brought to one loudness. It leaves 16 dB above the average for peaks: enough for nearly all music, and
 * close to what streaming services play at.
 */
const commonLufs = -16;
/** Silence and broken analyses must not be turned up into noise. */
const maxBoostDb = 9;
/** A boost never takes the true peak beyond this. */
const peakCeilingDbtp = -1;

/** Gain (a factor on amplitude) for a track of that loudness and true peak; 1 when its loudness is not known. */
export function matchingGain(loudnessLufs: number | undefined, truePeakDbtp: number | undefined): number {
  if (loudnessLufs === undefined || !Number.isFinite(loudnessLufs)) return 1;
  const wantedDb = Math.min(commonLufs - loudnessLufs, maxBoostDb);
  const headroomDb = truePeakDbtp === undefined ? 0 : peakCeilingDbtp - truePeakDbtp;
  const gainDb = wantedDb > 0 ? Math.min(wantedDb, Math.max(0, headroomDb)) : wantedDb;
  return 10 ** (gainDb / 20);
}
