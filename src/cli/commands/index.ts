import type { Command } from "commander";
import { registerBackup } from "./backup.ts";
import { registerAudit } from "./audit.ts";
import { registerAnalyze } from "./analyze.ts";
import { registerCa } from "./ca.ts";
import { registerClass } from "./class.ts";
import { registerClasses } from "./classes.ts";
import { registerGrid } from "./grid.ts";
import { registerKeys } from "./keys.ts";
import { registerMix } from "./mix.ts";
import { registerPassword } from "./password.ts";
import { registerPlan } from "./plan.ts";
import { registerScan } from "./scan.ts";
import { registerServe } from "./serve.ts";
import { registerWorkout } from "./workout.ts";

type Register = (program: Command) => void;

const commands: readonly Register[] = [
  registerAnalyze,
  registerClasses,
  registerClass,
  registerPlan,
  registerScan,
  registerServe,
  registerAudit,
  registerBackup,
  registerCa,
  registerGrid,
  registerKeys,
  registerMix,
  registerPassword,
  registerWorkout,
];

export function registerCommands(program: Command): void {
  for (const register of commands) register(program);
}
