import { homedir } from "node:os";
import { join } from "node:path";

/** Where test material is kept between runs. */
export function cacheFolder(): string {
  return join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "upbeat", "bench-analysis");
}
