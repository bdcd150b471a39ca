#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { join } from "node:path";

// Compiled code is kept between runs, for this process and the ones it starts; without write access it simply is not.
const cache = join(import.meta.dirname, "..", "..", ".cache", "compile");
enableCompileCache(cache);
process.env.NODE_COMPILE_CACHE ??= cache;

const { run } = await import("./run.ts");
process.exitCode = await run(process.argv.slice(2));
