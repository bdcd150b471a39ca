import type { Milliseconds } from "../units.ts";
import { addListens } from "./evidence.ts";
import type { ImportedRecording } from "./matching.ts";
import { artistKey, titleKey } from "./names.ts";

/** What weighs least is left out: a sealed import stays of a few megabytes, and rarely heard music says little. */
export const maxRecordings = 20_000;

/**
 * Listens as recordings, spellings of one recording together, the weightiest first.
 * @param nowMs when a listen without a time (a favourite) counts as heard
 */
export function sumListens(
  listens: readonly { readonly artist: string; readonly title: string; readonly atMs: Milliseconds | null }[],
  nowMs: Milliseconds,
): readonly ImportedRecording[] {
  const sums = new Map<string, ImportedRecording>();
  // Names repeat far more often than they differ.
  const keys = new Map<string, string>();
  const keyOf = (name: string, of: (name: string) => string): string => {
    const known = keys.get(name) ?? of(name);
    keys.set(name, known);
    return known;
  };
  for (const { artist, title, atMs } of listens) {
    const key = `${keyOf(`a${artist}`, () => artistKey(artist))}\u001f${keyOf(`t${title}`, () => titleKey(title))}`;
    const known = sums.get(key);
    const sum = addListens(known, { plays: 1, lastAtMs: atMs ?? nowMs, weight: 1 });
    sums.set(key, { artist: known?.artist ?? artist, title: known?.title ?? title, ...sum });
  }
  return [...sums.values()]
    .toSorted((a, b) => b.weight - a.weight || b.lastAtMs - a.lastAtMs)
    .slice(0, maxRecordings);
}
