import { Zip, ZipDeflate } from "fflate";
import type { ArchiveFile } from "#server/ports/archive.ts";

const compressionLevel = 6;

/** A ZIP archive, piece by piece. */
export async function* zipArchive(files: AsyncIterable<ArchiveFile>): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    ready.push(chunk);
  });
  for await (const { path, bytes } of files) {
    const entry = new ZipDeflate(path, { level: compressionLevel });
    zip.add(entry);
    entry.push(bytes, true);
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready;
  ready = [];
}
