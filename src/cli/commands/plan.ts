import type { Command } from "commander";
import type { ClassPlan } from "#domain/class-plan.ts";
import { alternativeTracks, NoTracksError, planSoundtrack } from "#domain/soundtrack/planner.ts";
import type { Alternative, Slot, Soundtrack, Swap } from "#domain/soundtrack.ts";
import type { PlannerTrack } from "#domain/track.ts";
import { defaultDataDir } from "#server/open-data-folder.ts";
import { chosenClass } from "../class-choice.ts";
import { chosenLibrary } from "../library-choice.ts";
import { printJson, printLine, UserError } from "../output.ts";
import { swapOption } from "../swap-option.ts";
import { wholeNumber } from "../whole-number.ts";

interface Options {
  readonly class?: string;
  readonly file?: string;
  readonly library?: string;
  readonly data: string;
  readonly seed: number;
  readonly swap: readonly Swap[];
  readonly alternatives?: number;
  readonly json?: true;
}

interface Planned {
  readonly soundtrack: Soundtrack;
  /** Other tracks for the slot that was asked for. */
  readonly alternatives: readonly Alternative[] | null;
  readonly ms: number;
}

function clock(totalS: number): string {
  const whole = Math.round(totalS);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function plan(
  classPlan: ClassPlan,
  tracks: readonly PlannerTrack[],
  { seed, swap: swaps, alternatives: atS }: Options,
): Planned {
  const startedMs = performance.now();
  try {
    const input = { plan: classPlan, tracks, seed, swaps };
    const soundtrack = planSoundtrack(input);
    const ms = Math.round(performance.now() - startedMs);
    return { soundtrack, alternatives: atS === undefined ? null : alternativeTracks(input, atS), ms };
  } catch (error) {
    throw error instanceof NoTracksError ? new UserError(error.message) : error;
  }
}

function slotLines(slot: Slot, track: PlannerTrack | undefined): string[] {
  const name = track === undefined ? slot.trackId : `${track.artist} - ${track.title}`;
  const facts = [
    track === undefined || !(track.tempoBpm > 0) ? "- BPM" : `${track.tempoBpm.toFixed(1)} BPM`,
    slot.tempoRatio > 0 ? `x${slot.tempoRatio}` : "",
    slot.stretch.toFixed(3),
    track?.key ?? "-",
  ];
  const head = `${clock(slot.startS).padStart(6)}  ${name.slice(0, 44).padEnd(44)}  ${facts[0]?.padStart(9)}  ${facts[1]?.padEnd(4)}  ${facts[2]}  ${facts[3]}`;
  return [head, `        ${slot.why.join(" ")}`];
}

function printPlan(classPlan: ClassPlan, tracks: readonly PlannerTrack[], planned: Planned): void {
  const { soundtrack, alternatives, ms } = planned;
  const { slots, metrics, missing, gapPct } = soundtrack;
  const byId = new Map(tracks.map((track) => [track.id, track]));
  printLine(`${classPlan.title} (${clock(classPlan.durationS)}), ${slots.length} tracks of ${tracks.length}`);
  printLine("");
  for (const slot of slots) for (const line of slotLines(slot, byId.get(slot.trackId))) printLine(line);
  printLine("");
  const asksCadence = classPlan.blocks.some(({ cadence }) => cadence !== null);
  if (asksCadence) {
    printLine(
      `Within 4 % of recorded tempo ${metrics.timeWithin4Pct.toFixed(1)} % of the time, within 8 % ${metrics.timeWithin8Pct.toFixed(1)} %`,
    );
  }
  printLine(
    `Changes between neighbouring keys ${metrics.keyCompatiblePct.toFixed(0)} %; repeats ${metrics.repeats}`,
  );
  for (const sentence of missing) printLine(sentence);
  if (alternatives !== null)
    printLine(alternatives.length > 0 ? "Instead:" : "No other track for that time.");
  for (const { slot, extraPct, words, swaps } of alternatives ?? []) {
    const { atS } = swaps.at(-1) ?? { atS: 0 };
    printLine(
      `${words}, cost ${extraPct < 0 ? "" : "+"}${extraPct.toFixed(1)} %: --swap ${atS}=${slot.trackId}`,
    );
    for (const line of slotLines(slot, byId.get(slot.trackId))) printLine(line);
  }
  printLine(
    `At most ${gapPct.toFixed(1)} % from the best this library allows (cost ${soundtrack.cost.toFixed(1)}, proven bound ${soundtrack.lowerBound.toFixed(1)}); ${ms} ms`,
  );
}

/** `upbeat plan`: a soundtrack for a class. */
export function registerPlan(program: Command): void {
  const command = program
    .command("plan")
    .description("plan a soundtrack for a class from your library")
    .option("--class <id>", "a class of the catalogue, or of your own")
    .option("--file <file>", "a class file (ZWO, ERG, MRC)")
    .option("--library <file>", "a tracks.json instead of the data folder's tracks")
    .option("--data <folder>", "data folder", defaultDataDir())
    .option("--seed <number>", "decides ties", wholeNumber, 0)
    .option("--swap <at=track>", "a track that shall sound at a class time; may be repeated", swapOption, [])
    .option("--alternatives <seconds>", "other tracks for the slot at this class time", wholeNumber)
    .option("--json", "print one JSON document");
  command.action(async (options: Options) => {
    if (Number.isNaN(options.seed)) command.error("error: --seed needs a whole number");
    if (Number.isNaN(options.alternatives)) command.error("error: --alternatives needs whole seconds");
    const classPlan = await chosenClass(command, options);
    const tracks = await chosenLibrary(options);
    const planned = plan(classPlan, tracks, options);
    const { soundtrack, alternatives, ms } = planned;
    if (options.json) printJson({ ...soundtrack, ...(alternatives === null ? {} : { alternatives }), ms });
    else printPlan(classPlan, tracks, planned);
  });
}
