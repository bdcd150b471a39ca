import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createFingerprintMeter, type FingerprintMeter } from "#analysis/fingerprint.ts";
import { createProfiler, type Profiler } from "#analysis/profile.ts";
import { AudioDecodeError, decodeStream } from "#protocol/audio/decode.ts";
import { UnusableFileError, type AnalysedFile } from "#server/ports/analyser.ts";
import { readTags } from "./tags.ts";

/** Longer than any track or mix one works out to; keeps one file from holding a thread for the night. */
export const maxTrackS = 3 * 60 * 60;
/** Fewer, larger reads: each costs as much as decoding 10 ms of a WAV. */
const readBytes = 1_048_576;
/** How often a caller hears that the work goes on, in decoded blocks. */
const blocksPerSign = 32;

function readError(error: unknown): UnusableFileError {
  if (error instanceof UnusableFileError) return error;
  if (error instanceof AudioDecodeError) return new UnusableFileError(error.message);
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EACCES" || code === "EPERM") return new UnusableFileError("it may not be read by this user");
  if (code === "ENOENT") return new UnusableFileError("it is not there");
  if (code !== undefined) return new UnusableFileError(`it cannot be read (${code})`);
  // The WASM libraries throw numbers and strings too.
  return new UnusableFileError(
    `it cannot be analysed (${error instanceof Error ? error.message : String(error)})`,
  );
}

/** All that is learnt from one pass over the samples. */
function createEar() {
  let profiler: Profiler | null = null;
  let fingerprint: FingerprintMeter | null = null;
  // One hash a channel: where blocks end depends on the length of the tags.
  let hashes: Hash[] = [];
  return {
    hear(channels: readonly Float32Array[], sampleRate: number): void {
      profiler ??= createProfiler(sampleRate, channels.length);
      fingerprint ??= createFingerprintMeter(sampleRate);
      if (hashes.length === 0) hashes = channels.map(() => createHash("sha256"));
      for (const [index, { buffer, byteOffset, byteLength }] of channels.entries()) {
        hashes[index]?.update(new Uint8Array(buffer, byteOffset, byteLength));
      }
      profiler.push(channels);
      fingerprint.push(channels);
    },
    finish(): Pick<AnalysedFile, "profile" | "sound"> | null {
      if (profiler === null || fingerprint === null) return null;
      const all = createHash("sha256");
      for (const hash of hashes) all.update(hash.digest());
      const sound = { audioHash: all.digest("hex"), fingerprint: fingerprint.finish() };
      return { profile: profiler.finish(), sound };
    },
  };
}

/** Decodes and analyses one file. Rejects with `UnusableFileError`. Run it in a worker: it computes for seconds. */
export async function analyseFile(path: string, onAlive: () => void): Promise<AnalysedFile> {
  try {
    const ear = createEar();
    let heardFrames = 0;
    let blocks = 0;
    for await (const { channels, sampleRate } of decodeStream(
      createReadStream(path, { highWaterMark: readBytes }),
    )) {
      ear.hear(channels, sampleRate);
      heardFrames += channels[0]?.length ?? 0;
      if (heardFrames > maxTrackS * sampleRate) throw new UnusableFileError("it is longer than three hours");
      if (++blocks % blocksPerSign === 0) onAlive();
    }
    const heard = ear.finish();
    if (heard === null) throw new UnusableFileError("it has no audio in it");
    return { ...heard, ...(await readTags(path)) };
  } catch (error) {
    throw readError(error);
  }
}
