/**
 * Makes a folder of the typed client that `npm pack` and `npm publish` take as it is: `npm run build:client [-- FOLDER]`, by default
 * dist/client.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { build } from "vite";

const root = join(import.meta.dirname, "..");

interface Manifest {
  readonly version: string;
  readonly license: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Where the compiler put the declarations of a module, such as "#protocol/api/schemas.ts", and where they go. */
function declarationsOf(module: string): { from: string; to: string } {
  const [, layer = "", path = ""] = /^#(\w+)\/(.+)\.ts$/.exec(module) ?? [];
  return {
    from: join(root, ".cache/tsc", layer, "src", layer, `${path}.d.ts`),
    to: `types/${layer}/${path}.d.ts`,
  };
}

/** Copies declarations and all they speak of, with addresses that hold inside the package. */
function copyTypes(module: string, folder: string, done = new Set<string>()): void {
  if (done.has(module)) return;
  done.add(module);
  const { from, to } = declarationsOf(module);
  const text = readFileSync(from, "utf8").replaceAll(
    /(from |import\()"((?:#|\.)[^"]+\.ts)"/g,
    (_, before: string, target: string) => {
      const named = target.startsWith("#") ? target : `#${join(dirname(module.slice(1)), target)}`;
      copyTypes(named, folder, done);
      const path = relative(dirname(to), declarationsOf(named).to).replace(/\.d\.ts$/, ".js");
      return `${before}"${path.startsWith(".") ? path : `./${path}`}"`;
    },
  );
  mkdirSync(dirname(join(folder, to)), { recursive: true });
  writeFileSync(join(folder, to), text);
}

async function packClient(folder: string): Promise<void> {
  const compiled = spawnSync(
    process.execPath,
    [join(root, "node_modules/typescript/bin/tsc"), "-b", "src/client"],
    {
      cwd: root,
      stdio: "inherit",
    },
  );
  if (compiled.status !== 0) throw new Error("The client does not compile.");
  await build({
    root,
    configFile: false,
    logLevel: "warn",
    build: {
      lib: { entry: "src/client/index.ts", formats: ["es"], fileName: "index" },
      outDir: folder,
      emptyOutDir: true,
      minify: false,
    },
  });
  copyTypes("#client/index.ts", folder);
  const { version, license, dependencies } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  ) as Manifest;
  const manifest = {
    name: "upbeat-client",
    version,
    description: "Typed client of an Upbeat server's API: workouts, classes, soundtracks, beat grids.",
    license,
    type: "module",
    exports: { ".": { types: "./types/client/index.d.ts", default: "./index.js" } },
    files: ["index.js", "types"],
    engines: { node: ">=20" },
    // The types are those of the schemas.
    dependencies: { typebox: dependencies.typebox },
  };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  cpSync(join(root, "src/client/README.md"), join(folder, "README.md"));
  cpSync(join(root, "LICENSE"), join(folder, "LICENSE"));
}

const folder = resolve(process.argv[2] ?? join(root, "dist/client"));
await packClient(folder);
console.log(`The client lies in ${folder}. Go there for npm pack or npm publish.`);
