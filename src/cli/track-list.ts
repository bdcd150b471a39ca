import { Type } from "typebox";
import { Value } from "typebox/value";
import { demoPlannerTracks } from "#composer/demo-tracks.ts";
import type { PlannerTrack } from "#domain/track.ts";
import { readNamedFile } from "./class-choice.ts";
import { UserError } from "./output.ts";

/** A library larger than this is a mistake, and planning over it would take minutes. */
const tracksAtMost = 200_000;
const TrackEntry = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 500 }),
  title: Type.String({ maxLength: 2000 }),
  artist: Type.String({ maxLength: 2000 }),
  durationS: Type.Number({ exclusiveMinimum: 0, maximum: 86_400 }),
  tempoBpm: Type.Number({ minimum: 0, maximum: 1000 }),
  key: Type.Union([Type.Null(), Type.String({ pattern: "^(1[0-2]|[1-9])[AB]$" })]),
  energy: Type.Number({ minimum: 0, maximum: 1 }),
  taste: Type.Number({ minimum: 0, maximum: 1 }),
});

/** The tracks of a `tracks.json`, or the composed demo library without one. Throws UserError with the first mistake. */
export function trackList(path: string | undefined): readonly PlannerTrack[] {
  if (path === undefined) return demoPlannerTracks();
  const entries = parse(path);
  if (!Array.isArray(entries)) throw new UserError(`${path} is not a list of tracks.`);
  if (entries.length === 0) throw new UserError(`${path} has no tracks.`);
  if (entries.length > tracksAtMost) throw new UserError(`${path} has more than ${tracksAtMost} tracks.`);
  const seen = new Set<string>();
  return entries.map((entry: unknown, index) => {
    if (!Value.Check(TrackEntry, entry)) {
      const [mistake] = Value.Errors(TrackEntry, entry);
      const where =
        mistake === undefined ? "" : `${mistake.instancePath.slice(1) || "entry"} ${mistake.message}`;
      throw new UserError(`${path}, track ${index + 1}: ${where}.`);
    }
    if (seen.has(entry.id)) throw new UserError(`${path}, track ${index + 1}: id ${entry.id} appears twice.`);
    seen.add(entry.id);
    return entry as PlannerTrack;
  });
}

function parse(path: string): unknown {
  const text = new TextDecoder().decode(readNamedFile(path));
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UserError(`${path} is not JSON.`);
  }
}
