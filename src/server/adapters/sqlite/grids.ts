import type { DatabaseSync } from "node:sqlite";
import type { SynchronousParts } from "./methods.ts";
import { packTimes, toKeptGrid, unpackTimes } from "./packed-times.ts";

export function sqliteGrids(db: DatabaseSync): SynchronousParts["grids"] {
  const put = db.prepare(
    `INSERT INTO kept_grid (track_id, origin, beats, downbeats) VALUES (?, ?, ?, ?)
     ON CONFLICT (track_id) DO UPDATE SET origin = excluded.origin, beats = excluded.beats, downbeats = excluded.downbeats`,
  );
  const remove = db.prepare("DELETE FROM kept_grid WHERE track_id = ?");
  const both = db.prepare(
    `SELECT track.beats, track.downbeats, kept_grid.origin, kept_grid.beats AS kept_beats, kept_grid.downbeats AS kept_downbeats
     FROM track LEFT JOIN kept_grid ON kept_grid.track_id = track.id WHERE track.id = ?`,
  );
  return {
    putGrid(trackId, { origin, beatsS, downbeatsS }) {
      put.run(trackId, origin, packTimes(beatsS), packTimes(downbeatsS));
    },
    removeGrid(trackId) {
      remove.run(trackId);
    },
    gridsOf(trackId) {
      const row = both.get(trackId);
      if (row === undefined) return null;
      const [beats, downbeats] = [row.beats as Uint8Array, row.downbeats as Uint8Array];
      return {
        analysed: { beatsS: unpackTimes(beats), downbeatsS: unpackTimes(downbeats) },
        kept: toKeptGrid(row.origin, row.kept_beats, row.kept_downbeats),
      };
    },
  };
}
