import type { Command } from "commander";
import { Option } from "commander";
import { defaultAthlete } from "#domain/athlete.ts";
import type { ClassPlan } from "#domain/class-plan.ts";
import { type Mode, modes, type Swap } from "#domain/soundtrack.ts";
import { computeFacts, type SummaryFacts } from "#domain/summary/facts.ts";
import { describe } from "#domain/summary/words.ts";
import { chosenClass } from "../class-choice.ts";
import { printJson, printLine } from "../output.ts";
import { swapOption } from "../swap-option.ts";
import { trackList } from "../track-list.ts";
import type { EventSource } from "../workout/event-source.ts";
import { type HeadlessResult, runHeadless, startMs } from "../workout/headless.ts";
import { eventsSource, replaySource, simulatedSource } from "../workout/sources.ts";
import { openTrace } from "../workout/trace.ts";

interface Options {
  readonly replay?: string;
  readonly events?: string;
  readonly simulate?: number;
  readonly class?: string;
  readonly file?: string;
  readonly mode: Mode;
  readonly library?: string;
  readonly trace?: string;
  readonly swap: readonly Swap[];
  readonly json?: true;
}

interface WorkoutReport {
  readonly durationS: number;
  readonly strokes: number;
  readonly phaseErrorMs: { readonly p50: number; readonly p95: number } | null;
  readonly tempoErrorPct: { readonly p50: number; readonly p95: number };
  readonly trackChanges: number;
  readonly distrustS: number;
  readonly summary: { readonly facts: SummaryFacts; readonly text: string };
}

/** Figures are rounded so that they say no more than they know. */
const decimals = 3;

function sourceOf(command: Command, options: Options, plan: ClassPlan): EventSource {
  const named = [options.replay, options.events, options.simulate].filter((value) => value !== undefined);
  if (named.length !== 1) {
    command.error("error: name one source, with --replay X.fit, --events X.jsonl or --simulate SEED");
  }
  if (options.replay !== undefined) return replaySource(options.replay, plan, startMs);
  if (options.events === undefined) return simulatedSource(options.simulate ?? 0, plan, defaultAthlete);
  return eventsSource(options.events, startMs, (ignored) => {
    if (ignored > 0) process.stderr.write(`${ignored} lines without a usable notification were ignored\n`);
  });
}

function report(result: HeadlessResult, plan: ClassPlan, options: Options): WorkoutReport {
  const { ended, rows, strokes, tempo } = result;
  const { durationS, reason, trackPlays, blockPasses, distrustS } = ended;
  const end = { durationS, reason, trackPlays, blockPasses, distrustS };
  const facts = computeFacts({ end, rows, plan, athlete: defaultAthlete });
  const head = {
    id: "headless",
    classId: plan.id,
    classTitle: plan.title,
    sport: plan.sport,
    startedAtMs: 0,
    mode: options.mode,
    source: options.simulate === undefined ? "replay" : "simulated",
  } as const;
  return {
    durationS,
    strokes: strokes.strokes,
    phaseErrorMs: strokes.phaseErrorMs,
    tempoErrorPct: tempo.errorPct,
    trackChanges: Math.max(0, trackPlays.length - 1),
    distrustS,
    summary: { facts, text: describe(facts, head, defaultAthlete.units) },
  };
}

function rounded(value: unknown): unknown {
  if (typeof value === "number") return Number(value.toFixed(decimals));
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, rounded(inner)]));
}

function printReport(workout: WorkoutReport): void {
  const { phaseErrorMs: phase, tempoErrorPct: tempo } = workout;
  printLine(workout.summary.text);
  printLine("");
  printLine(`Strokes        ${workout.strokes}`);
  printLine(
    phase === null
      ? "Beat to stroke not followed"
      : `Beat to stroke half within ${phase.p50.toFixed(0)} ms, 95 % within ${phase.p95.toFixed(0)} ms (to the graph's output)`,
  );
  printLine(
    `Tempo          half within ${tempo.p50.toFixed(1)} %, 95 % within ${tempo.p95.toFixed(1)} % of cadence`,
  );
  printLine(`Track changes  ${workout.trackChanges}`);
  if (workout.distrustS > 0) printLine(`Not trusted    ${workout.distrustS.toFixed(0)} s`);
}

function wholeNumber(text: string): number {
  const seed = Number(text);
  return Number.isSafeInteger(seed) ? seed : Number.NaN;
}

/** `upbeat workout`: a class through the engine, headless. */
export function registerWorkout(program: Command): void {
  const command = program
    .command("workout")
    .description("run a class through the engine, without sound, faster than real time")
    .option("--replay <file>", "a FIT activity; its cadence becomes strokes")
    .option(
      "--events <file>",
      "raw sensor notifications, one JSON line each: {tMs, sensor, characteristic, hex}",
    )
    .addOption(new Option("--simulate <seed>", "a simulated athlete").argParser(wholeNumber))
    .option("--class <id>", "a class of the catalogue")
    .option("--file <file>", "a class file (ZWO, ERG, MRC)")
    .addOption(new Option("--mode <mode>", "how the music moves").choices([...modes]).default("auto"))
    .option("--library <file>", "a tracks.json; the composed demo library without it")
    .option("--swap <at=track>", "a track that shall sound at a class time; may be repeated", swapOption, [])
    .option("--trace <file>", "write strokes, beats, tempo and decisions as JSON lines")
    .option("--json", "print one JSON document");
  command.action(async (options: Options) => {
    if (Number.isNaN(options.simulate)) command.error("error: --simulate needs a whole number");
    const plan = await chosenClass(command, options);
    const source = sourceOf(command, options, plan);
    const tracks = trackList(options.library);
    const trace = options.trace === undefined ? null : openTrace(options.trace);
    const { mode, swap: swaps } = options;
    const result = runHeadless({
      plan,
      tracks,
      swaps,
      athlete: defaultAthlete,
      mode,
      source,
      trace: (line) => trace?.write(line),
    });
    trace?.close();
    const workout = report(result, plan, options);
    if (options.json) printJson(rounded(workout));
    else printReport(workout);
  });
}
