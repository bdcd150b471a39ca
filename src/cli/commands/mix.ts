import { existsSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import type { Command } from "commander";
import { demoPlannerTracks } from "#composer/demo-tracks.ts";
import type { ClassPlan } from "#domain/class-plan.ts";
import { NoTracksError, planSoundtrack } from "#domain/soundtrack/planner.ts";
import type { Soundtrack, Swap } from "#domain/soundtrack.ts";
import type { PlannerTrack } from "#domain/track.ts";
import { AudioDecodeError } from "#protocol/audio/decode.ts";
import { mixFormats, type MixFormat } from "#server/adapters/mix/encoders.ts";
import { composedSound, soundOfFile, soundOfServer } from "#server/adapters/mix/track-sound.ts";
import { writeMix } from "#server/adapters/mix/write-mix.ts";
import { databaseName, defaultDataDir } from "#server/open-data-folder.ts";
import type { OpenTrack } from "#server/use-cases/mix/render-mix.ts";
import { tracksToPlanWith } from "#server/use-cases/plan-soundtrack.ts";
import { chosenClass } from "../class-choice.ts";
import { withDataFolder } from "../data-folder.ts";
import { tracksOfServer } from "../library-choice.ts";
import { printJson, printLine, UserError } from "../output.ts";
import { swapOption } from "../swap-option.ts";
import { wholeNumber } from "../whole-number.ts";

interface Options {
  readonly class?: string;
  readonly file?: string;
  readonly data: string;
  readonly output: string;
  readonly seed: number;
  readonly swap: readonly Swap[];
  readonly json?: true;
}

interface Mixed {
  readonly durationS: number;
  readonly path: string;
  readonly cuePath: string;
  readonly slots: Soundtrack["slots"];
}

function formatOf(path: string): MixFormat {
  const ending = extname(path).slice(1).toLowerCase();
  const format = mixFormats.find((one) => one === ending);
  if (format === undefined) {
    throw new UserError(`${path} does not end in ${mixFormats.map((one) => `.${one}`).join(", ")}.`);
  }
  return format;
}

/** Progress on stderr, a line for every tenth. */
function tellProgress(totalS: number): (doneS: number) => void {
  let told = 0;
  return (doneS) => {
    const tenth = Math.floor((10 * doneS) / totalS);
    if (tenth <= told) return;
    told = tenth;
    process.stderr.write(`${tenth * 10} %\n`);
  };
}

async function mixWith(
  plan: ClassPlan,
  tracks: readonly PlannerTrack[],
  openTrack: OpenTrack,
  { output, seed, swap: swaps }: Options,
): Promise<Mixed> {
  const path = resolve(output);
  try {
    const soundtrack = planSoundtrack({ plan, tracks, seed, swaps });
    const byId = new Map(tracks.map((track) => [track.id, track]));
    const order = { plan, soundtrack, tracks: byId, openTrack };
    const written = await writeMix(order, path, formatOf(path), tellProgress(plan.durationS));
    return { ...written, path, slots: soundtrack.slots };
  } catch (error) {
    if (error instanceof NoTracksError) throw new UserError(error.message);
    if (error instanceof AudioDecodeError)
      throw new UserError(`A track cannot be decoded: ${error.message}.`);
    if (error instanceof Error && "syscall" in error) {
      throw new UserError(`${path} cannot be written: ${error.message}`);
    }
    throw error;
  }
}

function mix(plan: ClassPlan, options: Options): Promise<Mixed> {
  const composed: OpenTrack = ({ id }) => composedSound(id);
  if (!existsSync(join(options.data, databaseName))) {
    return mixWith(plan, demoPlannerTracks(), composed, options);
  }
  return withDataFolder(options.data, {
    throughServer: async (server) =>
      mixWith(plan, await tracksOfServer(server), ({ id }) => soundOfServer(server, id), options),
    directly: async ({ store }) => {
      const tracks = tracksToPlanWith(await store.tracks.allTracks());
      if (tracks.length === 0) return mixWith(plan, demoPlannerTracks(), composed, options);
      const paths = new Map<string, string | null>();
      for (const { id } of tracks) paths.set(id, await store.tracks.audioPath(id));
      return mixWith(plan, tracks, ({ id }) => soundOfFile(paths.get(id) ?? null), options);
    },
  });
}

/** `upbeat mix`: a class's soundtrack as one file, at the class's target cadence. */
export function registerMix(program: Command): void {
  const command = program
    .command("mix")
    .description("render a class's soundtrack at its target cadence into one file")
    .option("--class <id>", "a class of the catalogue, or of your own")
    .option("--file <file>", "a class file (ZWO, ERG, MRC)")
    .option("--data <folder>", "data folder with the music", defaultDataDir())
    .option("--seed <number>", "decides ties", wholeNumber, 0)
    .option("--swap <at=track>", "a track that shall sound at a class time; may be repeated", swapOption, [])
    .requiredOption("-o, --output <file>", "where to, ending in .flac, .wav, .opus or .ogg")
    .option("--json", "print one JSON document");
  command.action(async (options: Options) => {
    if (Number.isNaN(options.seed)) command.error("error: --seed needs a whole number");
    formatOf(options.output);
    const mixed = await mix(await chosenClass(command, options), options);
    if (options.json) printJson(mixed);
    else printLine(`${mixed.path}: ${mixed.slots.length} tracks, ${(mixed.durationS / 60).toFixed(1)} min`);
  });
}
