import { open, rename, rm, writeFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { chapterComments, chaptersOf, cueSheet } from "#server/use-cases/mix/chapters.ts";
import { mixSampleRate, renderMix, type MixOrder } from "#server/use-cases/mix/render-mix.ts";
import { openMixEncoder, type MixFormat } from "./encoders.ts";

/** Encoders give a few hundred bytes at a time; the disk gets them together. */
const writeBytes = 256 * 1024;

export interface WrittenMix {
  readonly durationS: number;
  /** The cue sheet beside the sound. */
  readonly cuePath: string;
}

/** Gathers small pieces into large writes. */
function gatheringWriter(write: (bytes: Uint8Array) => Promise<unknown>) {
  let pieces: Uint8Array[] = [];
  let held = 0;
  const flush = async (): Promise<void> => {
    const bytes = Buffer.concat(pieces);
    pieces = [];
    held = 0;
    await write(bytes);
  };
  return {
    async add(bytes: Uint8Array): Promise<void> {
      pieces.push(bytes);
      held += bytes.length;
      if (held >= writeBytes) await flush();
    },
    flush,
  };
}

/**
 * Renders a mix into a file, block by block, with its tracks as chapters, and a cue sheet beside it; both have their names
 * only once they are whole. `onProgress` hears the seconds done.
 */
export async function writeMix(
  order: MixOrder,
  path: string,
  format: MixFormat,
  onProgress: (doneS: number) => void,
): Promise<WrittenMix> {
  const { plan, soundtrack, tracks } = order;
  const chapters = chaptersOf(soundtrack.slots, tracks);
  const unfinished = `${path}.unfinished`;
  const cuePath = `${path.slice(0, path.length - extname(path).length)}.cue`;
  const file = await open(unfinished, "w");
  let frames = 0;
  try {
    const encoder = await openMixEncoder(format, mixSampleRate, chapterComments(plan.title, chapters));
    const writer = gatheringWriter((bytes) => file.writeFile(bytes));
    for await (const [left, right] of renderMix(order)) {
      await writer.add(encoder.encode(left, right));
      frames += left.length;
      onProgress(frames / mixSampleRate);
    }
    await writer.add(encoder.finish());
    await writer.flush();
    const header = encoder.header(frames);
    if (header !== null) await file.write(header, 0, header.length, 0);
    await file.sync();
    await file.close();
    await writeFile(`${cuePath}.unfinished`, cueSheet(basename(path), plan.title, chapters));
    await rename(`${cuePath}.unfinished`, cuePath);
    await rename(unfinished, path);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(unfinished, { force: true });
    await rm(`${cuePath}.unfinished`, { force: true });
    throw error;
  }
  return { durationS: frames / mixSampleRate, cuePath };
}
