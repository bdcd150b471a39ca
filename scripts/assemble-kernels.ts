/** Assembles the kernels written as *.wat into modules beside them; needs Debian's `wabt`. The result is committed: nobody else needs it. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("../src/", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "upbeat-kernels-"));
for (const path of [
  "analysis/bar-pointer",
  "analysis/beat-network",
  "analysis/loudness",
  "analysis/mel",
  "analysis/resample",
  "analysis/spectrum",
  "domain/search/nearness",
  "domain/soundtrack/passes",
  "web/worklet/varispeed",
]) {
  const name = basename(path);
  const wasm = join(scratch, `${name}.wasm`);
  execFileSync("wat2wasm", [join(source, `${path}.wat`), "-o", wasm], { stdio: "inherit" });
  const base64 = readFileSync(wasm).toString("base64");
  const constant = `${name.replaceAll(/-./gu, (dash) => dash.slice(1).toUpperCase())}Kernel`;
  writeFileSync(
    join(source, `${path}-kernel.ts`),
    `/** Made by scripts/assemble-kernels.ts from ${name}.wat: WebAssembly, base64. */\nexport const ${constant} =\n  "${base64}";\n`,
  );
}
rmSync(scratch, { recursive: true });
