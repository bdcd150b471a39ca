import { lstat } from "node:fs/promises";
import { join } from "node:path";

/**
 * Whether the built web app has a file at a path relative to `root`, with "/" between the parts, now: a build may replace them under a
 * running server. Nothing outside `root`, and nothing hidden, is there.
 */
export function webFilesIn(root: string): (path: string) => Promise<boolean> {
  return async (path) => {
    if (path.includes("\\") || path.split("/").some((part) => part === "" || part.startsWith(".")))
      return false;
    try {
      return (await lstat(join(root, path))).isFile();
    } catch {
      return false;
    }
  };
}
