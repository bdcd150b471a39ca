/** Analyses a file in this browser; nothing of it is sent anywhere. */
import type { TrackProfile } from "#domain/track.ts";
import type { AnalyseReport } from "./analyse-worker.ts";

export interface AnalysisProgress {
  /** Of the file's bytes, 0..1. */
  readonly share: number;
  readonly heardS: number;
}

/** Resolves with the profile; rejects with one clear line to follow "… cannot be used:". */
export function analyseHere(
  file: File,
  onProgress: (progress: AnalysisProgress) => void,
  signal: AbortSignal,
): Promise<TrackProfile> {
  const worker = new Worker(new URL("./analyse-worker.ts", import.meta.url), { type: "module" });
  const result = new Promise<TrackProfile>((resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error("it was stopped")));
    worker.addEventListener("error", () => reject(new Error("this browser could not analyse it")));
    worker.addEventListener("message", ({ data }: MessageEvent<AnalyseReport>) => {
      if (data.kind === "progress") onProgress({ share: data.share, heardS: data.heardS });
      if (data.kind === "profile") resolve(data.profile);
      if (data.kind === "failed") reject(new Error(data.reason));
    });
  });
  worker.postMessage(file);
  return result.finally(() => worker.terminate());
}
