import { open, rename, rm } from "node:fs/promises";
import { mixSampleRate, renderMix, type MixOrder } from "#server/use-cases/mix/render-mix.ts";
import { openMixEncoder, type MixFormat } from "./encoders.ts";

/**
 * Renders a mix into a file, block by block; the file has its name only once it is whole.
 * `onProgress` hears the seconds done. Answers the length in seconds.
 */
export async function writeMix(
  order: MixOrder,
  path: string,
  format: MixFormat,
  onProgress: (doneS: number) => void,
): Promise<number> {
  const unfinished = `${path}.unfinished`;
  const file = await open(unfinished, "w");
  let frames = 0;
  try {
    const encoder = await openMixEncoder(format, mixSampleRate);
    for await (const [left, right] of renderMix(order)) {
      await file.writeFile(encoder.encode(left, right));
      frames += left.length;
      onProgress(frames / mixSampleRate);
    }
    await file.writeFile(encoder.finish());
    const header = encoder.header(frames);
    if (header !== null) await file.write(header, 0, header.length, 0);
    await file.sync();
    await file.close();
    await rename(unfinished, path);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(unfinished, { force: true });
    throw error;
  }
  return frames / mixSampleRate;
}
