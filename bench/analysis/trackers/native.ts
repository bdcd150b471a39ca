/** Trackers of the system, when it has them: Debian's aubio-tools, and QM's through libqm-dsp-dev and a C++ compiler. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Estimate } from "../track.ts";
import { decodeMono } from "../material/wav.ts";
import { cacheFolder } from "../cache-folder.ts";
import { beatsOnly, type Tracker } from "./tracker.ts";

const run = promisify(execFile);
const outputBytes = 64 * 1024 * 1024;

/** Runs a program under bash's clock. Its arguments must not need quoting. */
async function timedProgram(command: readonly string[]): Promise<{ stdout: string; cpuS: number }> {
  const script = `TIMEFORMAT="%U %S"; time ${command.map((word) => `'${word}'`).join(" ")}`;
  const { stdout, stderr } = await run("bash", ["-c", script], { maxBuffer: outputBytes });
  const [user, system] = stderr.trim().split("\n").at(-1)?.split(" ").map(Number) ?? [];
  return { stdout, cpuS: (user ?? NaN) + (system ?? NaN) };
}

/** Reads the WAV itself, which costs it next to nothing. */
export const aubio: Tracker = {
  async prepare() {
    return run("aubio", ["-h"]).then(
      () => null,
      () => ({ missing: "needs Debian's aubio-tools" }),
    );
  },
  async track(path): Promise<Estimate> {
    const { stdout, cpuS } = await timedProgram(["aubio", "beat", "-i", path]);
    return {
      ...beatsOnly(
        stdout
          .split("\n")
          .filter((line) => line !== "")
          .map(Number),
      ),
      cpuS,
    };
  },
};

function qmProgram(): string {
  return join(cacheFolder(), "qm-beats");
}

export const qm: Tracker = {
  async prepare() {
    await mkdir(cacheFolder(), { recursive: true });
    const source = fileURLToPath(new URL("./qm-beats.cpp", import.meta.url));
    const include = "-I/usr/include/qm-dsp";
    return run("g++", ["-O2", include, "-o", qmProgram(), source, "-lqm-dsp"]).then(
      () => null,
      () => ({ missing: "needs g++ and Debian's libqm-dsp-dev" }),
    );
  },
  async track(path): Promise<Estimate> {
    const folder = await mkdtemp(join(tmpdir(), "upbeat-qm-"));
    try {
      const raw = join(folder, "mono.f32");
      await writeFile(raw, new Uint8Array((await decodeMono(path)).buffer));
      const { stdout, cpuS } = await timedProgram([qmProgram(), raw]);
      const rows = stdout.split("\n").filter((line) => line !== "");
      const times = (kind: string) =>
        rows.filter((row) => row.startsWith(kind)).map((row) => Number(row.slice(kind.length)));
      return { ...beatsOnly(times("beat ")), downbeatsS: times("downbeat "), cpuS };
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};
