import { Command, CommanderError } from "commander";
import { registerCommands } from "./commands/index.ts";
import { UserError } from "./output.ts";

const exitFailure = 1;
const exitUsage = 2;

/** Where `--data` is taken `--keys` is too, so that one pair of options serves every command on a data folder. */
function takeKeysBesideData(command: Command): void {
  const takes = (flag: string): boolean => command.options.some((option) => option.long === flag);
  if (takes("--data") && !takes("--keys")) command.option("--keys <folder>", "keystore of that data folder");
}

/** Runs one command line and answers the exit code: 0 success, 1 a failure with one line on stderr, 2 wrong usage. */
export async function run(args: readonly string[]): Promise<number> {
  const program = new Command("upbeat").description("Work out to your own music.").exitOverride();
  await registerCommands(program, args[0]);
  for (const command of program.commands) {
    command.exitOverride();
    takeKeysBesideData(command);
  }
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
