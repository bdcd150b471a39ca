/** The chapters of a mix, read back by programs that are not ours. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { parseBuffer } from "music-metadata";
import { chapterComments, chaptersOf, cueSheet } from "#server/use-cases/mix/chapters.ts";
import { openMixEncoder, type MixFormat } from "./encoders.ts";

const sampleRate = 48_000;
const lengthS = 4;
const names = [
  ["Første spor", "Ærlig"],
  ['The "quoted"\none', "Second"],
  ["third", ""],
] as const;
const tracks = new Map(names.map(([title, artist], index) => [`t${index}`, { title, artist }]));
const starts = [0, 1.2345, 2.5];
const slot = { endS: 0, sourceStartS: 0, tempoRatio: 2, stretch: 1, why: [] };
const chapters = chaptersOf(
  starts.map((startS, index) => ({ ...slot, startS, trackId: `t${index}` })),
  tracks,
);

async function mixOf(format: MixFormat, comments: readonly string[]): Promise<Buffer> {
  const encoder = await openMixEncoder(format, sampleRate, comments);
  const pieces: Uint8Array[] = [];
  const tone = Float32Array.from({ length: 4800 }, (_, frame) => 0.3 * Math.sin(frame * 0.05));
  for (let frame = 0; frame < lengthS * sampleRate; frame += tone.length) {
    pieces.push(encoder.encode(tone, tone));
  }
  pieces.push(encoder.finish());
  const bytes = Buffer.concat(pieces);
  const header = encoder.header(lengthS * sampleRate);
  if (header !== null) bytes.set(header, 0);
  return bytes;
}

interface Probed {
  readonly start_time: string;
  readonly tags: { readonly title: string };
}

/** What ffprobe says; null, and the test skipped, where it is not installed. */
function probed(t: TestContext, bytes: Buffer, format: MixFormat): readonly Probed[] | null {
  const folder = mkdtempSync(join(tmpdir(), "upbeat-chapters-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, `mix.${format}`);
  writeFileSync(path, bytes);
  try {
    const text = execFileSync("ffprobe", ["-v", "error", "-show_chapters", "-of", "json", path]);
    return (JSON.parse(text.toString()) as { chapters: Probed[] }).chapters;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    t.skip("ffprobe is not installed");
    return null;
  }
}

for (const format of ["flac", "opus", "ogg"] as const) {
  const made = mixOf(format, chapterComments("Recovery ride", chapters));

  test(`${format}: ffprobe finds the chapters where they begin`, async (t) => {
    const found = probed(t, await made, format);
    if (found === null) return;
    assert.deepEqual(
      found.map(({ start_time }) => Number(start_time)),
      [0, 1.235, 2.5],
    );
    assert.deepEqual(
      found.map(({ tags }) => tags.title),
      ["Ærlig – Første spor", "Second – The quoted one", "third"],
    );
  });

  test(`${format}: music-metadata reads title, chapters and length`, async () => {
    const { common, format: read, native } = await parseBuffer(await made, undefined, { duration: true });
    assert.equal(common.title, "Recovery ride");
    const tags = new Map((native["vorbis"] ?? []).map(({ id, value }) => [id, value]));
    assert.equal(tags.get("CHAPTER002"), "00:00:01.235");
    assert.equal(tags.get("CHAPTER002NAME"), "Second – The quoted one");
    if (format !== "opus") assert.ok(Math.abs((read.duration ?? 0) - lengthS) < 0.1, `${read.duration}`);
  });

  test(`${format}: a hundred tracks with long names still fit`, async () => {
    const long = chaptersOf(
      Array.from({ length: 150 }, (_, index) => ({ ...slot, startS: index / 40, trackId: "long" })),
      new Map([["long", { title: "漢".repeat(300), artist: "字".repeat(300) }]]),
    );
    const { common, native } = await parseBuffer(await mixOf(format, chapterComments("Long", long)));
    assert.equal(common.title, "Long");
    assert.equal((native["vorbis"] ?? []).filter(({ id }) => /^CHAPTER\d+NAME$/.test(id)).length, 99);
  });
}

test("the cue sheet counts in frames of a seventy-fifth of a second and holds no stray quotes", () => {
  assert.equal(
    cueSheet('my "mix".flac', "Ride", [...chapters, { startS: 3723.5, title: "Late", artist: "X" }]),
    [
      'PERFORMER "Upbeat"',
      'TITLE "Ride"',
      'FILE "my _mix_.flac" WAVE',
      "  TRACK 01 AUDIO",
      '    TITLE "Første spor"',
      '    PERFORMER "Ærlig"',
      "    INDEX 01 00:00:00",
      "  TRACK 02 AUDIO",
      '    TITLE "The quoted one"',
      '    PERFORMER "Second"',
      "    INDEX 01 00:01:18",
      "  TRACK 03 AUDIO",
      '    TITLE "third"',
      '    PERFORMER ""',
      "    INDEX 01 00:02:38",
      "  TRACK 04 AUDIO",
      '    TITLE "Late"',
      '    PERFORMER "X"',
      "    INDEX 01 62:03:38",
      "",
    ].join("\n"),
  );
});
