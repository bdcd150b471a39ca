/** Before `npm test`: what the tests need from the system is installed (as root) or asked for (otherwise). */
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Debian's package for each programme the tests start. */
const packageOf = { chromium: "chromium", "dbus-daemon": "dbus-daemon" } as const;

function isInstalled(programme: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, programme), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function run(command: string, args: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"], env }).status === 0;
}

const missing = Object.entries(packageOf)
  .filter(([programme]) => !isInstalled(programme))
  .map(([, name]) => name);

if (missing.length > 0) {
  const install = ["install", "--yes", "--no-install-recommends", ...missing];
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !isInstalled("apt-get")) {
    process.stderr.write(
      `The tests need ${missing.join(" and ")}. Install with:\n  sudo apt-get ${install.join(" ")}\n`,
    );
    process.exit(1);
  }
  process.stderr.write(`Installing ${missing.join(" and ")} for the tests ...\n`);
  const isDone = run("apt-get", install) || (run("apt-get", ["update"]) && run("apt-get", install));
  if (!isDone) {
    process.stderr.write(`That failed. Try: apt-get update && apt-get ${install.join(" ")}\n`);
    process.exit(1);
  }
}
