import { Option, type Command } from "commander";
import type { Block, ClassPlan, Ramp } from "#domain/class-plan.ts";
import { exportFormats, fileOfPlan, type ExportFormat } from "#protocol/class-export.ts";
import { defaultDataDir } from "#server/open-data-folder.ts";
import { chosenClass } from "../class-choice.ts";
import { printJson, printLine } from "../output.ts";

function clock(totalS: number): string {
  return `${Math.floor(totalS / 60)}:${String(Math.round(totalS % 60)).padStart(2, "0")}`;
}

function range(ramp: Ramp, scale: number, unit: string): string {
  const [from, to] = [Math.round(ramp.from * scale), Math.round(ramp.to * scale)];
  return from === to ? `${to} ${unit}` : `${from}-${to} ${unit}`;
}

/** Twenty columns for the hardest block of a class: the bar of this one. */
const barWidth = 20;
const hardestExertion = 10;

function bar(block: Block): string {
  const share = (block.rpe ?? block.energy.to * hardestExertion) / hardestExertion;
  return "█".repeat(Math.max(1, Math.round(share * barWidth)));
}

function printClass(plan: ClassPlan): void {
  const unit = plan.sport === "cycling" ? "rpm" : "spm";
  printLine(`${plan.title} (${plan.sport}, ${clock(plan.durationS)}, ${plan.intensity}, ${plan.level})`);
  printLine(plan.description);
  if (plan.equipment.length > 0) printLine(`Needs: ${plan.equipment.join(", ")}`);
  if (plan.citation !== null) printLine(`After: ${plan.citation}`);
  printLine("");
  const labelWidth = Math.max(...plan.blocks.map((block) => block.label.length));
  for (const block of plan.blocks) {
    const targets = [
      block.cadence === null ? "" : range(block.cadence, 1, unit),
      block.power === null ? "" : range(block.power, 100, "% FTP"),
    ];
    const text = `${targets[0]?.padEnd(12)}${targets[1]?.padEnd(14)}${bar(block)}`;
    printLine(
      `${clock(block.startS).padStart(6)}  ${clock(block.durationS).padStart(5)}  ${block.label.padEnd(labelWidth)}  ${text}`,
    );
  }
}

interface Options {
  readonly file?: string;
  readonly data: string;
  readonly keys?: string;
  readonly as?: ExportFormat;
  readonly json?: true;
}

/** The class as a file on stdout; what the format cannot say goes to stderr. */
function printFile(plan: ClassPlan, format: ExportFormat): void {
  const { text, losses } = fileOfPlan(plan, format);
  for (const loss of losses) process.stderr.write(`${loss}\n`);
  process.stdout.write(text);
}

export function registerClass(program: Command): void {
  program
    .command("class")
    .description("one class with all its blocks and cues")
    .argument("[id]", "as listed by `classes`")
    .option("--file <path>", "a ZWO, ERG, MRC, FIT or JSON file in place of an id")
    .addOption(new Option("--as <format>", "print it as a file").choices(exportFormats))
    .option("--data <folder>", "data folder with classes of your own", defaultDataDir())
    .option("--json", "print one JSON document")
    .action(async (id: string | undefined, options: Options, command: Command) => {
      const plan = await chosenClass(command, { ...options, class: id });
      if (options.as !== undefined) printFile(plan, options.as);
      else if (options.json) printJson(plan);
      else printClass(plan);
    });
}
