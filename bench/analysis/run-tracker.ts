/** One tracker in a process of its own, so that its memory is its own: `run-tracker.ts NAME FILE...`, an answer a line. */
import type { Estimate } from "./track.ts";
import { trackers } from "./trackers/trackers.ts";

/** Line n answers for file n; the last line tells the process's memory. Or one line alone says what is missing. */
export type TrackerLine =
  | { readonly missing: string }
  | { readonly estimate: Estimate }
  | { readonly peakMb: number };

function say(line: TrackerLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const [name, ...paths] = process.argv.slice(2);
const tracker = trackers[name ?? ""]?.();
if (tracker === undefined) throw new Error(`There is no tracker ${name ?? ""}.`);
const lack = await tracker.prepare();
if (lack === null) {
  for (const path of paths) say({ estimate: await tracker.track(path) });
  say({ peakMb: process.resourceUsage().maxRSS / 1024 });
} else {
  say(lack);
}
