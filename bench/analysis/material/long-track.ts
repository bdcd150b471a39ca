import { access } from "node:fs/promises";
import { join } from "node:path";
import { analysisRate } from "#analysis/onsets.ts";
import { decodeMono, writeMonoWav } from "./wav.ts";

const longS = 600;

/** Ten minutes of music in one WAV file: the songs one after the other, from the start again if they are too short. */
export async function longTrack(cache: string, songs: readonly string[]): Promise<string> {
  const path = join(cache, "ten-minutes.wav");
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) return path;
  const whole = new Float32Array(longS * analysisRate);
  for (let at = 0, i = 0; at < whole.length; i++) {
    const mono = await decodeMono(songs[i % songs.length]);
    whole.set(mono.subarray(0, whole.length - at), at);
    at += mono.length;
  }
  await writeMonoWav(path, whole);
  return path;
}
