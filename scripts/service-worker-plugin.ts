import { createHash } from "node:crypto";
import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Plugin, ResolvedConfig } from "vite";

const scriptName = "service-worker.js";
const placeholder = "UPBEAT_SHELL";

/** Builds the service worker under its fixed name and tells it all built files: the app shell that works offline. */
export function serviceWorker(source: string): Plugin {
  let config: ResolvedConfig;
  return {
    name: "upbeat-service-worker",
    apply: "build",
    config: () => ({
      build: {
        rollupOptions: {
          input: { index: path.resolve("src/web/index.html"), "service-worker": path.resolve(source) },
          output: {
            entryFileNames: ({ name }) =>
              name === "service-worker" ? scriptName : "assets/[name]-[hash].js",
          },
        },
      },
    }),
    configResolved(resolved) {
      config = resolved;
    },
    async closeBundle() {
      const folder = path.resolve(config.root, config.build.outDir);
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const names = entries
        .filter((entry) => entry.isFile())
        .map((entry) =>
          path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"),
        )
        .filter((name) => name !== scriptName)
        .toSorted();
      const hash = createHash("sha256");
      for (const name of names) hash.update(name).update(await readFile(path.join(folder, name)));
      const files = names.map((name) => (name === "index.html" ? "/" : `/${name}`));
      const shell = JSON.stringify({ version: hash.digest("hex").slice(0, 16), files });
      const script = path.join(folder, scriptName);
      const text = await readFile(script, "utf8");
      await writeFile(script, text.replaceAll(placeholder, shell));
    },
  };
}
