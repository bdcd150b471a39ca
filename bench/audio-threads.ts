import { readdirSync, readFileSync } from "node:fs";

/** Processor seconds of all audio worklet threads on this machine so far; Linux only, elsewhere NaN. */
export function audioThreadsCpuS(): number {
  let nanoseconds = 0;
  try {
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      try {
        for (const thread of readdirSync(`/proc/${pid}/task`)) {
          const folder = `/proc/${pid}/task/${thread}`;
          if (!/audio ?w/i.test(readFileSync(`${folder}/comm`, "utf8"))) continue;
          nanoseconds += Number(readFileSync(`${folder}/schedstat`, "utf8").split(" ")[0]);
        }
      } catch {
        // The process ended meanwhile.
      }
    }
  } catch {
    return Number.NaN;
  }
  return nanoseconds / 1e9;
}
