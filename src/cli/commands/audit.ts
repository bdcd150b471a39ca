import type { Command } from "commander";
import { defaultDataDir } from "#server/open-data-folder.ts";
import { checkAudits, type AuditOfPerson } from "#server/check-audits.ts";
import { withDataFolder } from "../data-folder.ts";
import { UserError, printLine } from "../output.ts";

async function verify({ data }: { readonly data: string }): Promise<void> {
  const trails = await withDataFolder(data, {
    throughServer: async (server) => {
      const answer = await server.request("GET", "/v1/control/audits");
      return (await answer.json()) as readonly AuditOfPerson[];
    },
    directly: ({ store }) => checkAudits(store),
  });
  for (const { name, entries, brokenAt } of trails) {
    const state = brokenAt === null ? "as written" : `broken at line ${brokenAt + 1}`;
    printLine(`${name}: ${entries} lines, ${state}`);
  }
  const broken = trails.filter(({ brokenAt }) => brokenAt !== null);
  if (broken.length > 0) {
    throw new UserError(
      `Changed since it was written: the trail of ${broken.map(({ name }) => name).join(", ")}.`,
    );
  }
}

export function registerAudit(program: Command): void {
  program
    .command("audit")
    .description("The record of who read whose data")
    .command("verify")
    .description("Check every person's chain of hashes")
    .option("--data <folder>", "data folder", defaultDataDir())
    .action(verify);
}
