/** Where the sound of a track comes from: a file, a running server, or the composer. */
import { createReadStream } from "node:fs";
import { createLoudnessMeter } from "#analysis/loudness.ts";
import { composeScore } from "#composer/compose-score.ts";
import { trackSpecs } from "#composer/demo-specs.ts";
import { demoTrackId } from "#composer/demo-tracks.ts";
import { renderScore } from "#composer/mix/render-score.ts";
import { decodeStream, type PcmBlock } from "#protocol/audio/decode.ts";
import type { RunningServer } from "#server/running-server.ts";

/** Frames of a composed track given on at once. */
const pieceFrames = 65_536;

/** The sound of a demo track, composed now: some seconds of work. Throws RangeError for a track that is none. */
export async function* composedSound(trackId: string): AsyncGenerator<PcmBlock> {
  const spec = trackSpecs.find((one) => demoTrackId(one) === trackId);
  if (spec === undefined) throw new RangeError(`There is no demo track ${trackId}.`);
  const { left, right, sampleRate } = renderScore(composeScore(spec), (leftSide, rightSide) => {
    const meter = createLoudnessMeter(44_100, 2);
    meter.push([leftSide, rightSide]);
    return meter.finish();
  });
  for (let at = 0; at < left.length; at += pieceFrames) {
    const channels = [left.subarray(at, at + pieceFrames), right.subarray(at, at + pieceFrames)];
    yield { channels, sampleRate };
  }
}

export async function* soundOfFile(path: string | null): AsyncGenerator<PcmBlock> {
  if (path === null) throw new RangeError("Its file is gone.");
  yield* decodeStream(createReadStream(path));
}

export async function* soundOfServer(server: RunningServer, trackId: string): AsyncGenerator<PcmBlock> {
  const answer = await server.request("GET", `/v1/tracks/${encodeURIComponent(trackId)}/audio`);
  if (answer.body === null) throw new RangeError("The server sent no sound.");
  yield* decodeStream(answer.body);
}
