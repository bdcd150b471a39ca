import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { Passkey } from "#server/ports/passkeys.ts";
import type { SynchronousParts } from "./methods.ts";

function toPasskey(row: Record<string, SQLOutputValue>): Passkey {
  return {
    id: row.id as string,
    personId: row.person_id as string,
    credentialId: row.credential_id as string,
    hostName: row.host_name as string,
    name: row.name as string,
    publicKey: row.public_key as Uint8Array,
    counter: row.counter as number,
    transports: JSON.parse(row.transports as string) as string[],
    createdAtMs: row.created_at_ms as number,
    lastUsedAtMs: row.last_used_at_ms as number,
  };
}

export function sqlitePasskeys(db: DatabaseSync): SynchronousParts["passkeys"] {
  const put = db.prepare(
    `INSERT INTO passkey (id, person_id, credential_id, host_name, name, public_key, counter, transports,
       created_at_ms, last_used_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, counter = excluded.counter,
       last_used_at_ms = excluded.last_used_at_ms`,
  );
  const ofCredential = db.prepare("SELECT * FROM passkey WHERE credential_id = ?");
  const ofPerson = db.prepare("SELECT * FROM passkey WHERE person_id = ? ORDER BY id");
  const remove = db.prepare("DELETE FROM passkey WHERE person_id = ? AND id = ?");
  return {
    putPasskey(passkey) {
      const { id, personId, credentialId, hostName, name, publicKey, counter, transports } = passkey;
      put.run(
        id,
        personId,
        credentialId,
        hostName,
        name,
        publicKey,
        counter,
        JSON.stringify(transports),
        passkey.createdAtMs,
        passkey.lastUsedAtMs,
      );
    },
    passkeyOfCredential(credentialId) {
      const row = ofCredential.get(credentialId);
      return row === undefined ? null : toPasskey(row);
    },
    passkeysOf: (personId) => ofPerson.all(personId).map(toPasskey),
    removePasskey(personId, id) {
      remove.run(personId, id);
    },
  };
}
