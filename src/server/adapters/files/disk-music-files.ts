import { opendir, stat } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import type { FoundFile, MusicFiles } from "#server/ports/music-files.ts";

/** Names that may be audio; what a file is, its content tells. */
const audioExtensions: ReadonlySet<string> = new Set([
  ".mp3",
  ".flac",
  ".ogg",
  ".oga",
  ".opus",
  ".m4a",
  ".m4b",
  ".mp4",
  ".aac",
  ".wav",
  ".wave",
]);
/** Deeper than any collection; ends a walk through a folder mounted into itself. */
const maxDepth = 64;

function why(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EACCES" || code === "EPERM") return "it may not be read by this user";
  return code === "ENOENT" ? "it is not there" : `it cannot be read (${code ?? String(error)})`;
}

async function* walkFolder(folder: string, seen: Set<string>, depth: number): AsyncGenerator<FoundFile> {
  const names: string[] = [];
  try {
    const { dev, ino } = await stat(folder);
    const identity = `${dev}:${ino}`;
    if (seen.has(identity) || depth > maxDepth) return;
    seen.add(identity);
    // Hidden files are other programs' (and macOS's "._" companions of real ones).
    for await (const entry of await opendir(folder)) if (!entry.name.startsWith(".")) names.push(entry.name);
  } catch (error) {
    yield { path: folder, reason: why(error) };
    return;
  }
  for (const name of names.toSorted()) {
    const path = join(folder, name);
    const isAudio = audioExtensions.has(extname(name).toLowerCase());
    try {
      const found = await stat(path);
      if (found.isDirectory()) yield* walkFolder(path, seen, depth + 1);
      else if (isAudio && found.isFile()) {
        yield { path, sizeBytes: found.size, modifiedMs: Math.floor(found.mtimeMs) };
      }
    } catch (error) {
      if (isAudio) yield { path, reason: why(error) };
    }
  }
}

export const diskMusicFiles: MusicFiles = {
  walk: (folder) => walkFolder(folder, new Set(), 0),
  isUnder: (path, folder) => path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep),
};
