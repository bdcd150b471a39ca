import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createProfiler, type Profiler } from "#analysis/profile.ts";
import { AudioDecodeError, decodeStream } from "#protocol/audio/decode.ts";
import { UnusableFileError, type AnalysedFile } from "#server/ports/analyser.ts";
import { readTags } from "./tags.ts";

/** Longer than any track or mix one works out to; keeps one file from holding a thread for the night. */
export const maxTrackS = 3 * 60 * 60;
const readBytes = 65_536;
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

async function* hashed(source: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    hash.update(chunk);
    yield chunk;
  }
}

/** Decodes and analyses one file. Rejects with `UnusableFileError`. Run it in a worker: it computes for seconds. */
export async function analyseFile(path: string, onAlive: () => void): Promise<AnalysedFile> {
  try {
    const hash = createHash("sha256");
    let profiler: Profiler | null = null;
    let heardS = 0;
    let blocks = 0;
    for await (const { channels, sampleRate } of decodeStream(
      hashed(createReadStream(path, { highWaterMark: readBytes }), hash),
    )) {
      profiler ??= createProfiler(sampleRate, channels.length);
      profiler.push(channels);
      heardS += (channels[0]?.length ?? 0) / sampleRate;
      if (heardS > maxTrackS) throw new UnusableFileError("it is longer than three hours");
      if (++blocks % blocksPerSign === 0) onAlive();
    }
    if (profiler === null) throw new UnusableFileError("it has no audio in it");
    const profile = profiler.finish();
    return { contentHash: hash.digest("hex"), profile, ...(await readTags(path)) };
  } catch (error) {
    throw readError(error);
  }
}
