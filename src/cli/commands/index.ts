import type { Command } from "commander";
import { registerServe } from "./serve.ts";

type Register = (program: Command) => void;

const commands: readonly Register[] = [registerServe];

export function registerCommands(program: Command): void {
  for (const register of commands) register(program);
}
