import { resolve } from "node:path";
import type { Command } from "commander";
import { moodOf, moodWords } from "#domain/mood.ts";
import type { TrackProfile } from "#domain/track.ts";
import { workerAnalyser } from "#server/adapters/analysis/worker-analyser.ts";
import { UnusableFileError } from "#server/ports/analyser.ts";
import { UserError, printJson, printLine } from "../output.ts";

function describe(profile: TrackProfile): string[] {
  const { tempoBpm, tempoConfidence, confident, beatsS, downbeatsS, key, loudnessLufs, truePeakDbtp } =
    profile;
  const mood = moodOf(profile);
  const tempo =
    beatsS.length === 0
      ? "no steady beat found"
      : `${tempoBpm.toFixed(2)} BPM, ${confident ? "sure" : "unsure"} (${tempoConfidence.toFixed(2)})`;
  return [
    `Tempo     ${tempo}`,
    `Beats     ${beatsS.length}, ${downbeatsS.length} of them downbeats`,
    `Key       ${key ?? "none found"}`,
    `Loudness  ${loudnessLufs.toFixed(1)} LUFS, true peak ${truePeakDbtp.toFixed(1)} dBTP`,
    `Energy    ${profile.energy.toFixed(2)}`,
    `Mood      ${moodWords(mood).join(", ")} (an estimate: valence ${mood.valence.toFixed(2)}, arousal ${mood.arousal.toFixed(2)})`,
    `Duration  ${profile.durationS.toFixed(1)} s`,
  ];
}

async function analyze(file: string, { json }: { readonly json?: boolean }): Promise<void> {
  const analyser = workerAnalyser({ lanes: 1 });
  try {
    const { profile } = await analyser.analyse(resolve(file));
    if (json === true) printJson({ ...profile, mood: moodOf(profile) });
    else for (const line of describe(profile)) printLine(line);
  } catch (error) {
    if (error instanceof UnusableFileError) throw new UserError(`${file} cannot be used: ${error.message}.`);
    throw error;
  } finally {
    await analyser.close();
  }
}

export function registerAnalyze(program: Command): void {
  program
    .command("analyze")
    .description("Analyse one audio file: tempo, beats, key, loudness, energy, mood")
    .argument("<file>")
    .option("--json", "print the track profile as JSON")
    .action(analyze);
}
