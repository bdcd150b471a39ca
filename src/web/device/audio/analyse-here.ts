/** Analyses a file in this browser; nothing of it is sent anywhere. */
import type { TrackProfile } from "#domain/track.ts";
import type { ListenOrder, ListenReport } from "./listen-worker.ts";

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
  const worker = new Worker(new URL("./listen-worker.ts", import.meta.url), { type: "module" });
  const result = new Promise<TrackProfile>((resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error("it was stopped")));
    worker.addEventListener("error", () => reject(new Error("this browser could not analyse it")));
    worker.addEventListener("message", ({ data }: MessageEvent<ListenReport>) => {
      if (data.kind === "progress") onProgress({ share: data.share ?? 0, heardS: data.heardS });
      if (data.kind === "profile") resolve(data.profile);
      if (data.kind === "failed") reject(new Error(data.reason));
    });
  });
  worker.postMessage({ kind: "profile", file } satisfies ListenOrder);
  return result.finally(() => worker.terminate());
}
