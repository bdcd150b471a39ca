import { createHash } from "node:crypto";
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { CamelotKey, Track, TrackSource } from "#domain/track.ts";
import type { Cover, LibraryFile } from "#server/ports/store.ts";
import { withKeptGrid } from "#domain/beat-grid/kept.ts";
import { fromCursor, toCursor, trackSortKey } from "../cursor.ts";
import { packTimes, toKeptGrid, unpackTimes } from "./packed-times.ts";
import type { SynchronousParts } from "./methods.ts";

type Row = Record<string, SQLOutputValue>;

/** Tracks with the grids kept for them. */
const readable = `SELECT track.*, kept_grid.origin AS kept_origin, kept_grid.beats AS kept_beats,
  kept_grid.downbeats AS kept_downbeats FROM track LEFT JOIN kept_grid ON kept_grid.track_id = track.id`;
/** Whether a track's grid is sure; one kept by a person is, when it has beats. */
const isConfident = "CASE WHEN kept_grid.origin IS NULL THEN confident ELSE length(kept_grid.beats) > 8 END";

const columns = `id, sort_key, source, title, artist, album, genre, year, has_cover, tempo_bpm,
  tempo_confidence, confident, music_key, key_confidence, loudness_lufs, true_peak_dbtp, energy, duration_s,
  beats, downbeats`;

function toTrack(row: Row): Track {
  return withKeptGrid(analysedTrack(row), toKeptGrid(row.kept_origin, row.kept_beats, row.kept_downbeats));
}

function analysedTrack(row: Row): Track {
  return {
    id: row.id as string,
    source: row.source as TrackSource,
    title: row.title as string,
    artist: row.artist as string,
    album: row.album as string | null,
    genre: row.genre as string | null,
    year: row.year as number | null,
    hasCover: row.has_cover === 1,
    profile: {
      tempoBpm: row.tempo_bpm as number,
      tempoConfidence: row.tempo_confidence as number,
      confident: row.confident === 1,
      key: row.music_key as CamelotKey | null,
      keyConfidence: row.key_confidence as number,
      loudnessLufs: row.loudness_lufs as number,
      truePeakDbtp: row.true_peak_dbtp as number,
      energy: row.energy as number,
      durationS: row.duration_s as number,
      beatsS: unpackTimes(row.beats as Uint8Array),
      downbeatsS: unpackTimes(row.downbeats as Uint8Array),
    },
  };
}

function toFile(row: Row): LibraryFile {
  return {
    path: row.path as string,
    sizeBytes: row.size_bytes as number,
    modifiedMs: row.modified_ms as number,
    outcome: row.track_id === null ? { reason: row.reason as string } : { trackId: row.track_id as string },
  };
}

/** Keeps a track's row and cover, apart from its file. */
function trackWriter(db: DatabaseSync): (track: Track, cover: Cover | null) => void {
  const putCover = db.prepare(
    "INSERT INTO cover (hash, mime_type, bytes) VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING",
  );
  const put = db.prepare(
    `INSERT INTO track (${columns}, cover_hash) VALUES (${Array.from({ length: 21 }, () => "?").join(", ")})
     ON CONFLICT (id) DO UPDATE SET ${columns
       .split(",")
       .map((column) => column.trim())
       .filter((column) => column !== "id")
       .map((column) => `${column} = excluded.${column}`)
       .join(", ")}, cover_hash = excluded.cover_hash`,
  );
  return (track, cover) => {
    const hash = cover === null ? null : createHash("sha256").update(cover.bytes).digest("hex");
    if (cover !== null) putCover.run(hash, cover.mimeType, cover.bytes);
    const { profile } = track;
    put.run(
      track.id,
      trackSortKey(track),
      track.source,
      track.title,
      track.artist,
      track.album,
      track.genre,
      track.year,
      cover === null ? 0 : 1,
      profile.tempoBpm,
      profile.tempoConfidence,
      profile.confident ? 1 : 0,
      profile.key,
      profile.keyConfidence,
      profile.loudnessLufs,
      profile.truePeakDbtp,
      profile.energy,
      profile.durationS,
      packTimes(profile.beatsS),
      packTimes(profile.downbeatsS),
      hash,
    );
  };
}

/** Keeps a file's row; returns the track it belonged to before. */
function fileWriter(db: DatabaseSync): (file: LibraryFile) => string | null {
  const before = db.prepare("SELECT track_id FROM library_file WHERE path = ?");
  const put = db.prepare(
    `INSERT INTO library_file (path, size_bytes, modified_ms, track_id, reason) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (path) DO UPDATE SET size_bytes = excluded.size_bytes, modified_ms = excluded.modified_ms,
       track_id = excluded.track_id, reason = excluded.reason`,
  );
  return ({ path, sizeBytes, modifiedMs, outcome }) => {
    const trackId = (before.get(path)?.track_id ?? null) as string | null;
    const isTrack = "trackId" in outcome;
    put.run(path, sizeBytes, modifiedMs, isTrack ? outcome.trackId : null, isTrack ? null : outcome.reason);
    return trackId;
  };
}

/** Removes a track that has no file any more, and its cover when nobody else shows it. */
function orphanRemover(db: DatabaseSync): (trackId: string | null) => void {
  const remove = db.prepare(
    `DELETE FROM track WHERE id = ? AND NOT EXISTS (SELECT 1 FROM library_file WHERE track_id = track.id)
     RETURNING cover_hash`,
  );
  const removeCover = db.prepare(
    "DELETE FROM cover WHERE hash = ? AND NOT EXISTS (SELECT 1 FROM track WHERE cover_hash = cover.hash)",
  );
  return (trackId) => {
    if (trackId === null) return;
    const coverHash = remove.get(trackId)?.cover_hash ?? null;
    if (coverHash !== null) removeCover.run(coverHash);
  };
}

export function sqliteTracks(db: DatabaseSync): SynchronousParts["tracks"] {
  const writeTrack = trackWriter(db);
  const writeFile = fileWriter(db);
  const removeOrphan = orphanRemover(db);
  const byId = db.prepare(`${readable} WHERE id = ?`);
  const path = db.prepare("SELECT min(path) AS path FROM library_file WHERE track_id = ?");
  const cover = db.prepare(
    "SELECT mime_type, bytes FROM cover JOIN track ON track.cover_hash = cover.hash WHERE track.id = ?",
  );
  const page = db.prepare(
    `${readable} WHERE sort_key > ? AND coalesce(${isConfident} = ?, true) ORDER BY sort_key LIMIT ?`,
  );
  const all = db.prepare(`${readable} ORDER BY sort_key`);
  const names = db.prepare("SELECT id, title, artist, tempo_bpm FROM track ORDER BY sort_key");
  const counts = db.prepare("SELECT source, count(*) AS tracks FROM track GROUP BY source");
  const file = db.prepare("SELECT * FROM library_file WHERE path = ?");
  const files = db.prepare("SELECT * FROM library_file");
  const failed = db.prepare("SELECT * FROM library_file WHERE track_id IS NULL ORDER BY path");
  const removeFile = db.prepare("DELETE FROM library_file WHERE path = ? RETURNING track_id");
  return {
    putTrack(track, libraryFile, picture = null) {
      writeTrack(track, picture);
      const before = writeFile(libraryFile);
      if (before !== track.id) removeOrphan(before);
    },
    putFailure(libraryFile) {
      removeOrphan(writeFile(libraryFile));
    },
    getTrack(id) {
      const row = byId.get(id);
      return row === undefined ? null : toTrack(row);
    },
    audioPath: (id) => (path.get(id)?.path ?? null) as string | null,
    getCover(id) {
      const row = cover.get(id);
      return row === undefined ? null : { mimeType: row.mime_type as string, bytes: row.bytes as Uint8Array };
    },
    listTracks({ limit, cursor, confident }) {
      const wanted = confident === undefined ? null : Number(confident);
      const rows = page.all(cursor === null ? "" : fromCursor(cursor), wanted, limit + 1);
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return {
        items: rows.slice(0, limit).map(toTrack),
        nextCursor: last === undefined ? null : toCursor(last.sort_key as string),
      };
    },
    allTracks: () => all.all().map(toTrack),
    trackNames: () =>
      names.all().map((row) => ({
        id: row.id as string,
        title: row.title as string,
        artist: row.artist as string,
        tempoBpm: row.tempo_bpm as number,
      })),
    countTracks() {
      const rows = counts.all() as { source: TrackSource; tracks: number }[];
      return { demo: 0, library: 0, ...Object.fromEntries(rows.map((row) => [row.source, row.tracks])) };
    },
    getFile(filePath) {
      const row = file.get(filePath);
      return row === undefined ? null : toFile(row);
    },
    allFiles: () => files.all().map(toFile),
    failures: () => failed.all().map(toFile),
    removeFile(filePath) {
      removeOrphan((removeFile.get(filePath)?.track_id ?? null) as string | null);
    },
  };
}
