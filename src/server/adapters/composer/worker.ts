/** Composes, plays, encodes and writes one demo track after the other. */
import { stat } from "node:fs/promises";
import { parentPort } from "node:worker_threads";
import { createLoudnessMeter, type Loudness } from "#analysis/loudness.ts";
import { composeScore } from "#composer/compose-score.ts";
import { trackSpecs } from "#composer/demo-specs.ts";
import { demoTrackId } from "#composer/demo-tracks.ts";
import { renderScore } from "#composer/mix/render-score.ts";
import { sampleRate } from "#composer/synth/wavetable.ts";
import { openDecoder } from "#protocol/audio/decode.ts";
import { writeWholeFile } from "../files/write-whole-file.ts";
import { encodeOgg } from "./encode-ogg.ts";
import type { ComposeOrder, ComposeReply } from "./messages.ts";

function measure(left: Float32Array, right: Float32Array): Loudness {
  const meter = createLoudnessMeter(sampleRate, 2);
  meter.push([left, right]);
  return meter.finish();
}

/** What will really be heard: the codec takes a little loudness and adds a little to the peaks. */
async function measureOgg(bytes: Uint8Array): Promise<Loudness> {
  const meter = createLoudnessMeter(sampleRate, 2);
  const decoder = await openDecoder("vorbis");
  try {
    for (const { channels } of decoder.push(bytes)) meter.push(channels);
    for (const { channels } of decoder.flush()) meter.push(channels);
  } finally {
    decoder.free();
  }
  return meter.finish();
}

async function carryOut({ trackId, path }: ComposeOrder): Promise<ComposeReply> {
  try {
    const spec = trackSpecs.find((one) => demoTrackId(one) === trackId);
    if (spec === undefined) throw new Error(`There is no demo track ${trackId}.`);
    const { left, right } = renderScore(composeScore(spec), measure);
    const bytes = await encodeOgg(left, right, sampleRate);
    const { loudnessLufs, truePeakDbtp } = await measureOgg(bytes);
    await writeWholeFile(path, bytes);
    const { size, mtimeMs } = await stat(path);
    return { file: { path, sizeBytes: size, modifiedMs: mtimeMs, loudnessLufs, truePeakDbtp } };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on("message", (order: ComposeOrder) => {
  void carryOut(order).then((reply) => parentPort?.postMessage(reply));
});
