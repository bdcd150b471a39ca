import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** Every file of the built web app, relative to `root` with "/" between the parts; empty when it is not built. */
export function listWebFiles(root: string): ReadonlySet<string> {
  try {
    const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const paths = entries.map((entry) => relative(root, join(entry.parentPath, entry.name)));
    return new Set(paths.map((path) => path.split(sep).join("/")));
  } catch {
    return new Set();
  }
}
