import type { Command } from "commander";
import { registerClass } from "./class.ts";
import { registerClasses } from "./classes.ts";
import { registerServe } from "./serve.ts";
import { registerWorkout } from "./workout.ts";

type Register = (program: Command) => void;

const commands: readonly Register[] = [registerClasses, registerClass, registerServe, registerWorkout];

export function registerCommands(program: Command): void {
  for (const register of commands) register(program);
}
