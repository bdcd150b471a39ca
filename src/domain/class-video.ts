/** A video that runs with a class: a file on the athlete's own device, or an address their browser loads it from. */
import { classLimits } from "./class-limits.ts";
import type { Seconds } from "./units.ts";

interface Placed {
  /** Where in the video the first second of the class lies. */
  readonly offsetS: Seconds;
}

/** The file itself is in no class and on no server: whoever has it chooses it, once for each device. */
export interface FileVideo extends Placed {
  readonly fileName: string;
  readonly sizeBytes: number;
}

export interface WebVideo extends Placed {
  readonly url: string;
}

export type ClassVideo = FileVideo | WebVideo;

export const videoLimits = {
  /** No file system has longer names. */
  fileNameLength: 255,
  /** Three hours in 4K; larger is a mistake. */
  fileBytes: 100e9,
  /** Servers and proxies cut longer addresses off. */
  urlLength: 2_000,
  offsetS: classLimits.durationS,
} as const;

/** A name, not a path, on one line. */
export const videoFileName = "^[^/\\\\\\u0000-\\u001f\\u007f\\u2028\\u2029]+$";
/** As browsers write an address: TLS, a host, no name or password before it, nothing beyond visible ASCII. */
export const videoAddress = "^https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?/[!-~]*$";

export function isVideoAddress(url: string): boolean {
  return url.length <= videoLimits.urlLength && new RegExp(videoAddress, "u").test(url);
}

/** Whether a class may name this file as its video. */
export function isVideoFile(fileName: string, sizeBytes: number): boolean {
  const isNamed =
    fileName.length <= videoLimits.fileNameLength && new RegExp(videoFileName, "u").test(fileName);
  return isNamed && sizeBytes > 0 && sizeBytes <= videoLimits.fileBytes;
}

/** Whether a file that somebody has is the one that the class means. */
export function isFileOf(video: ClassVideo, file: { readonly name: string; readonly size: number }): boolean {
  return "fileName" in video && video.fileName === file.name && video.sizeBytes === file.size;
}

/** The host that a video is loaded from; null for a file. */
export function videoHost(video: ClassVideo): string | null {
  return "url" in video ? (/^https:\/\/([^/:]+)/.exec(video.url)?.[1] ?? null) : null;
}
