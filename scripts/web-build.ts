import { createHash } from "node:crypto";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

const root = join(import.meta.dirname, "..");
const stampPath = join(root, "dist", "web.hash");
/** All that the web app is made of. */
const sources = [
  "src/{web,domain,protocol,analysis,composer,engine}/**/*",
  "vite.config.ts",
  "scripts/service-worker-plugin.ts",
  "package-lock.json",
] as const;

/** A digest of every source file of the web app: names and contents. */
function sourceDigest(): string {
  const digest = createHash("sha256");
  const files = globSync(sources, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  for (const file of files) digest.update(file.slice(root.length)).update("\0").update(readFileSync(file));
  return digest.digest("hex");
}

function builtDigest(): string | null {
  try {
    return readFileSync(stampPath, "utf8");
  } catch {
    return null;
  }
}

/** Builds dist/web unless it was built from exactly these sources. */
export async function buildWebIfStale(): Promise<void> {
  const digest = sourceDigest();
  if (builtDigest() === digest) return;
  process.stderr.write("Building the web app, once ...\n");
  await build({ configFile: join(root, "vite.config.ts"), logLevel: "error" });
  writeFileSync(stampPath, digest);
}
