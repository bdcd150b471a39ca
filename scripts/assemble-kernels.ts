/** Assembles src/analysis/*.wat into modules beside them; needs Debian's `wabt`. The result is committed: nobody else needs it. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../src/analysis/", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "upbeat-kernels-"));
for (const name of ["bar-pointer", "spectrum"]) {
  const wasm = join(scratch, `${name}.wasm`);
  execFileSync("wat2wasm", [join(folder, `${name}.wat`), "-o", wasm], { stdio: "inherit" });
  const base64 = readFileSync(wasm).toString("base64");
  const constant = `${name.replaceAll(/-./gu, (dash) => dash.slice(1).toUpperCase())}Kernel`;
  writeFileSync(
    join(folder, `${name}-kernel.ts`),
    `/** Made by scripts/assemble-kernels.ts from ${name}.wat: WebAssembly, base64. */\nexport const ${constant} =\n  "${base64}";\n`,
  );
}
rmSync(scratch, { recursive: true });
