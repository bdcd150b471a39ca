import { Command, CommanderError } from "commander";
import { registerCommands } from "./commands/index.ts";
import { UserError } from "./output.ts";

const exitFailure = 1;
const exitUsage = 2;

/** Runs one command line and answers the exit code: 0 success, 1 a failure with one line on stderr, 2 wrong usage. */
export async function run(args: readonly string[]): Promise<number> {
  const program = new Command("upbeat").description("Work out to your own music.").exitOverride();
  registerCommands(program);
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync([...args], { from: "user" });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitUsage;
    if (error instanceof UserError) {
      process.stderr.write(`upbeat: ${error.message}\n`);
      return exitFailure;
    }
    throw error;
  }
}
