import type { Command } from "commander";

type Register = (program: Command) => void;

const commands: readonly Register[] = [];

export function registerCommands(program: Command): void {
  for (const register of commands) register(program);
}
