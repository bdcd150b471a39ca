import type { DatabaseSync } from "node:sqlite";
import type { SynchronousParts } from "./methods.ts";

export function sqliteSounds(db: DatabaseSync): SynchronousParts["sounds"] {
  const put = db.prepare(
    `INSERT INTO sound (track_id, audio_hash, fingerprint) VALUES (?, ?, ?)
     ON CONFLICT (track_id) DO UPDATE SET audio_hash = excluded.audio_hash, fingerprint = excluded.fingerprint`,
  );
  const get = db.prepare("SELECT audio_hash, fingerprint FROM sound WHERE track_id = ?");
  const byAudio = db.prepare("SELECT min(track_id) AS track_id FROM sound WHERE audio_hash = ?");
  const without = db.prepare(
    "SELECT id FROM track WHERE source = 'library' AND NOT EXISTS (SELECT 1 FROM sound WHERE track_id = track.id)",
  );
  const lasting = db.prepare(
    `SELECT track_id, duration_s, fingerprint FROM sound JOIN track ON track.id = track_id
     WHERE duration_s BETWEEN ? AND ? ORDER BY track_id`,
  );
  return {
    putSound(trackId, { audioHash, fingerprint }) {
      put.run(trackId, audioHash, fingerprint);
    },
    getSound(trackId) {
      const row = get.get(trackId);
      if (row === undefined) return null;
      return { audioHash: row.audio_hash as string, fingerprint: row.fingerprint as Uint8Array };
    },
    trackWithAudio: (audioHash) => (byAudio.get(audioHash)?.track_id ?? null) as string | null,
    tracksWithoutSound: () => without.all().map((row) => row.id as string),
    soundsLasting: (fromS, toS) =>
      lasting.all(fromS, toS).map((row) => ({
        trackId: row.track_id as string,
        durationS: row.duration_s as number,
        fingerprint: row.fingerprint as Uint8Array,
      })),
  };
}
