import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import { catalogue } from "#domain/catalogue/index.ts";
import { parseQuery } from "#domain/search/parse.ts";
import { searchClasses, type SearchResult } from "#domain/search/rank.ts";
import { defaultDataDir } from "#server/open-data-folder.ts";
import { printJson, printLine } from "../output.ts";
import { ownClasses } from "../own-classes.ts";

interface Options {
  readonly query?: string;
  readonly limit?: number;
  readonly data: string;
  readonly keys?: string;
  readonly json?: true;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text) || Number(text) === 0)
    throw new InvalidArgumentError("Expected a whole number from 1.");
  return Number(text);
}

/** All classes, one's own first and then in catalogue order, or the answers to a query, best first. */
async function results(options: Options): Promise<readonly SearchResult[]> {
  const plans = [...(await ownClasses(options)), ...catalogue()];
  const limit = options.limit ?? plans.length;
  if (options.query === undefined || options.query.trim() === "")
    return plans.slice(0, limit).map((plan) => ({ plan, score: 0, why: [] }));
  return searchClasses(plans, parseQuery(options.query), { limit });
}

function row({ plan, score, why }: SearchResult): object {
  const { id, title, sport, durationS, intensity, equipment } = plan;
  return { id, title, sport, durationS, intensity, equipment, score, why };
}

function printTable(found: readonly SearchResult[]): void {
  const widths = { id: Math.max(2, ...found.map(({ plan }) => plan.id.length)) };
  printLine(`${"id".padEnd(widths.id)}   min  intensity  title`);
  for (const { plan } of found) {
    const minutes = String(Math.round(plan.durationS / 60)).padStart(4);
    printLine(`${plan.id.padEnd(widths.id)}  ${minutes}  ${plan.intensity.padEnd(9)}  ${plan.title}`);
  }
}

export function registerClasses(program: Command): void {
  program
    .command("classes")
    .description("list the classes, or search them")
    .option("--query <text>", 'what you would like, e.g. "30 min low-impact ride, tired legs, no sprints"')
    .option("--limit <n>", "at most this many", wholeNumber)
    .option("--data <folder>", "data folder with classes of your own", defaultDataDir())
    .option("--json", "print one JSON document")
    .action(async (options: Options) => {
      const found = await results(options);
      if (options.json) {
        printJson(found.map(row));
        return;
      }
      const chips = parseQuery(options.query ?? "").chips.map((chip) => chip.label);
      if (chips.length > 0) process.stderr.write(`Understood: ${chips.join(" · ")}\n`);
      if (found.length === 0) printLine("No class fulfils all of that. Leave something out and try again.");
      else printTable(found);
    });
}
