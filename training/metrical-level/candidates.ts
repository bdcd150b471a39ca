/** For fit.py: excerpts on stdin (per excerpt a line of JSON {frames, beats}, then that many float32 mel frames) -> a line each on stdout. */
import { stdin, stdout } from "node:process";
import { agreement } from "../../src/analysis/confidence.ts";
import { beatChances, meanChanceAt, trackBeats } from "../../src/analysis/beats.ts";
import { melBands } from "../../src/analysis/mel.ts";
import { levelCandidates } from "../../src/analysis/metrical-level.ts";

let held = Buffer.alloc(0);
const chunks = stdin[Symbol.asyncIterator]() as AsyncIterator<Buffer>;

async function more(): Promise<boolean> {
  const { value, done } = await chunks.next();
  if (done !== true) held = Buffer.concat([held, value]);
  return done !== true;
}

async function take(bytes: number): Promise<Buffer> {
  const parts = [held];
  let length = held.length;
  while (length < bytes) {
    const { value, done } = await chunks.next();
    if (done === true) throw new Error("The last excerpt is cut short.");
    parts.push(value);
    length += value.length;
  }
  const all = Buffer.concat(parts);
  held = all.subarray(bytes);
  return all.subarray(0, bytes);
}

for (;;) {
  while (!held.includes(10) && (await more()));
  const end = held.indexOf(10);
  if (end < 0) break;
  const { frames, beats } = JSON.parse(held.subarray(0, end).toString()) as {
    frames: number;
    beats: number[];
  };
  held = held.subarray(end + 1);
  const bytes = await take(frames * melBands * 4);
  const mel = new Float32Array(Uint8Array.from(bytes).buffer);
  const chances = beatChances(mel);
  const found = trackBeats(chances.beat);
  const candidates = levelCandidates(found, chances, mel).map(({ ratio, tempoBpm, features }) => ({
    ratio,
    tempoBpm,
    features: Array.from(features),
  }));
  const answer = {
    candidates,
    agreement: agreement(found, beats),
    meanChance: meanChanceAt(found, chances.beat),
  };
  stdout.write(`${JSON.stringify(answer)}\n`);
}
