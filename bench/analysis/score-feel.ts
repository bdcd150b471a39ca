/** Figures on key and mood. */
import type { Figures, Scored } from "./score.ts";
import { decodeMono } from "./material/wav.ts";
import { keyScore, tonalityOf, type Tonality } from "./metrics/key.ts";
import { rankCorrelation } from "./metrics/rank-correlation.ts";
import type { TestTrack } from "./track.ts";
import { keyFinders } from "./trackers/key-finders.ts";

interface Answer {
  readonly track: TestTrack;
  readonly found: Tonality | null;
}

function keyFigures(answers: readonly Answer[]): Figures {
  const figures: Figures = {};
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  for (const [group, of] of [
    ["", () => true],
    [" rendered MIDI", (set: string) => set !== "composed"],
  ] as const) {
    const scores = answers.flatMap(({ track, found }) =>
      track.tonality === null || !of(track.set) ? [] : [keyScore(track.tonality, found)],
    );
    if (scores.length === 0) continue;
    figures[`key accuracy${group}`] = mean(scores.map((score) => Number(score === 1)));
    figures[`key, MIREX score${group}`] = mean(scores);
    figures[`key, tracks${group}`] = scores.length;
  }
  return figures;
}

/** Of one tracker; nothing when it says neither key nor mood. */
export function feelFigures(scored: readonly Scored[]): Figures {
  const keyed = scored.flatMap(({ track, estimate: { key } }) =>
    key === undefined ? [] : [{ track, found: key === null ? null : tonalityOf(key) }],
  );
  const driven = scored.flatMap(({ track: { drive }, estimate: { arousal } }) =>
    drive === null || arousal === undefined ? [] : [[drive, arousal] as const],
  );
  return {
    ...keyFigures(keyed),
    ...(driven.length < 3 ? {} : { "arousal, rank correlation": rankCorrelation(driven) }),
  };
}

/** The same figures for the ways to a key in `keyFinders`, by name. */
export async function keyPeers(tracks: readonly TestTrack[]): Promise<Record<string, Figures>> {
  const known = tracks.filter(({ tonality }) => tonality !== null);
  const answers = Object.entries(keyFinders).map(([name, make]) => ({
    name,
    find: make(),
    heard: [] as Answer[],
  }));
  for (const track of known) {
    const mono = await decodeMono(track.path);
    for (const { find, heard } of answers) heard.push({ track, found: find(mono) });
  }
  return Object.fromEntries(answers.map(({ name, heard }) => [name, keyFigures(heard)]));
}
