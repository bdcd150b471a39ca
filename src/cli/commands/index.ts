import type { Command } from "commander";

type Register = (program: Command) => void;

/** The code of a command is loaded when it is asked for: all of them take half a second. */
const commands: ReadonlyMap<string, () => Promise<Register>> = new Map([
  ["analyze", async () => (await import("./analyze.ts")).registerAnalyze],
  ["classes", async () => (await import("./classes.ts")).registerClasses],
  ["class", async () => (await import("./class.ts")).registerClass],
  ["plan", async () => (await import("./plan.ts")).registerPlan],
  ["scan", async () => (await import("./scan.ts")).registerScan],
  ["serve", async () => (await import("./serve.ts")).registerServe],
  ["audit", async () => (await import("./audit.ts")).registerAudit],
  ["backup", async () => (await import("./backup.ts")).registerBackup],
  ["ca", async () => (await import("./ca.ts")).registerCa],
  ["grid", async () => (await import("./grid.ts")).registerGrid],
  ["keys", async () => (await import("./keys.ts")).registerKeys],
  ["mix", async () => (await import("./mix.ts")).registerMix],
  ["password", async () => (await import("./password.ts")).registerPassword],
  ["workout", async () => (await import("./workout.ts")).registerWorkout],
]);

/** The command called `asked`; all of them when the table has none of that name, for help and hints. */
export async function registerCommands(program: Command, asked: string | undefined): Promise<void> {
  const one = commands.get(asked ?? "");
  for (const load of one === undefined ? commands.values() : [one]) (await load())(program);
}
