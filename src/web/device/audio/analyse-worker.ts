/**
 * The profile of a file that is nobody's yet, by the decoder and the analysis the server has. The server sends this script
 * with a policy of its own: it may open no connection whatsoever, so that nothing of the file can leave.
 */
import { createProfiler, type Profiler } from "#analysis/profile.ts";
import type { TrackProfile } from "#domain/track.ts";
import { AudioDecodeError, decodeStream } from "#protocol/audio/decode.ts";

export type AnalyseReport =
  /** Share of the file's bytes read, and seconds of music heard so far. */
  | { readonly kind: "progress"; readonly share: number; readonly heardS: number }
  | { readonly kind: "profile"; readonly profile: TrackProfile }
  | { readonly kind: "failed"; readonly reason: string };

/** Longer than any mix; what the server takes, too. */
const maxFileS = 3 * 60 * 60;

function report(message: AnalyseReport): void {
  postMessage(message);
}

async function* chunksOf(file: File, count: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    count(value.length);
    yield value;
  }
}

async function hearProfile(file: File): Promise<void> {
  let profiler: Profiler | null = null;
  let bytes = 0;
  let frames = 0;
  const source = chunksOf(file, (more) => (bytes += more));
  for await (const { channels, sampleRate } of decodeStream(source)) {
    profiler ??= createProfiler(sampleRate, channels.length);
    profiler.push(channels);
    frames += channels[0]?.length ?? 0;
    if (frames > maxFileS * sampleRate) throw new AudioDecodeError("it is longer than three hours");
    report({ kind: "progress", share: bytes / file.size, heardS: frames / sampleRate });
  }
  if (profiler === null) throw new AudioDecodeError("it has no audio in it");
  report({ kind: "profile", profile: profiler.finish() });
}

addEventListener("message", ({ data }: MessageEvent<File>) => {
  hearProfile(data).catch((error: unknown) => {
    report({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
  });
});
