import { InvalidArgumentError } from "commander";
import type { Swap } from "#domain/soundtrack.ts";

/** One more `--swap AT=TRACK`: AT is class time, "12:30" or seconds. */
export function swapOption(text: string, before: readonly Swap[]): Swap[] {
  const [, minutes, seconds, trackId] = /^(?:(\d+):)?(\d+(?:\.\d+)?)=(.+)$/.exec(text) ?? [];
  if (seconds === undefined || trackId === undefined)
    throw new InvalidArgumentError("It takes a class time and a track, such as 12:30=TRACK.");
  return [...before, { atS: 60 * Number(minutes ?? 0) + Number(seconds), trackId }];
}
