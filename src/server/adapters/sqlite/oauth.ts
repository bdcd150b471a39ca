import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { OauthRecord } from "#server/ports/oauth.ts";
import type { SynchronousParts } from "./methods.ts";

function toRecord(row: Record<string, SQLOutputValue> | undefined): OauthRecord | null {
  if (row === undefined) return null;
  return {
    model: row.model as string,
    idHash: row.id_hash as string,
    grantHash: row.grant_hash as string | null,
    uidHash: row.uid_hash as string | null,
    userCodeHash: row.user_code_hash as string | null,
    clientId: row.client_id as string | null,
    personId: row.person_id as string | null,
    expiresAtMs: row.expires_at_ms as number | null,
    consumedAtMs: row.consumed_at_ms as number | null,
    sealed: row.sealed as Uint8Array,
  };
}

export function sqliteOauth(db: DatabaseSync): SynchronousParts["oauth"] {
  const put = db.prepare(
    `INSERT INTO oauth_record (model, id_hash, grant_hash, uid_hash, user_code_hash, client_id, person_id,
       expires_at_ms, consumed_at_ms, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (model, id_hash) DO UPDATE SET grant_hash = excluded.grant_hash, uid_hash = excluded.uid_hash,
       user_code_hash = excluded.user_code_hash, client_id = excluded.client_id, person_id = excluded.person_id,
       expires_at_ms = excluded.expires_at_ms, consumed_at_ms = excluded.consumed_at_ms, sealed = excluded.sealed`,
  );
  const get = db.prepare("SELECT * FROM oauth_record WHERE model = ? AND id_hash = ?");
  const byUid = db.prepare("SELECT * FROM oauth_record WHERE model = ? AND uid_hash = ?");
  const byUserCode = db.prepare("SELECT * FROM oauth_record WHERE model = ? AND user_code_hash = ?");
  const all = db.prepare("SELECT * FROM oauth_record WHERE model = ?");
  const ofPerson = db.prepare("SELECT * FROM oauth_record WHERE model = ? AND person_id = ?");
  const consume = db.prepare("UPDATE oauth_record SET consumed_at_ms = ? WHERE model = ? AND id_hash = ?");
  const remove = db.prepare("DELETE FROM oauth_record WHERE model = ? AND id_hash = ?");
  const removeGrant = db.prepare("DELETE FROM oauth_record WHERE grant_hash = ?");
  const removeExpired = db.prepare("DELETE FROM oauth_record WHERE expires_at_ms <= ?");
  return {
    putRecord(record) {
      const { model, idHash, grantHash, uidHash, userCodeHash, clientId, personId } = record;
      const keys = [model, idHash, grantHash, uidHash, userCodeHash, clientId, personId];
      put.run(...keys, record.expiresAtMs, record.consumedAtMs, record.sealed);
    },
    getRecord: (model, idHash) => toRecord(get.get(model, idHash)),
    recordByUid: (model, uidHash) => toRecord(byUid.get(model, uidHash)),
    recordByUserCode: (model, userCodeHash) => toRecord(byUserCode.get(model, userCodeHash)),
    listRecords(model, personId) {
      const rows = personId === null ? all.all(model) : ofPerson.all(model, personId);
      return rows.map(toRecord).filter((record) => record !== null);
    },
    consumeRecord(model, idHash, atMs) {
      consume.run(atMs, model, idHash);
    },
    removeRecord(model, idHash) {
      remove.run(model, idHash);
    },
    removeGrant(grantHash) {
      removeGrant.run(grantHash);
    },
    removeExpiredRecords(nowMs) {
      removeExpired.run(nowMs);
    },
  };
}
