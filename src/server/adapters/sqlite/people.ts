import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { Person } from "#server/ports/store.ts";
import type { SynchronousParts } from "./methods.ts";

function toPerson(row: Record<string, SQLOutputValue> | undefined): Person | null {
  if (row === undefined) return null;
  return {
    id: row.id as string,
    name: row.name as string,
    role: row.role as Person["role"],
    passwordHash: row.password_hash as string | null,
  };
}

export function sqlitePeople(db: DatabaseSync): SynchronousParts["people"] {
  const putPerson = db.prepare(
    `INSERT INTO person (id, name, role, password_hash) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role,
       password_hash = excluded.password_hash`,
  );
  const byId = db.prepare("SELECT * FROM person WHERE id = ?");
  const owner = db.prepare("SELECT * FROM person WHERE role = 'owner' ORDER BY id LIMIT 1");
  const putSession = db.prepare(
    `INSERT INTO session (token_hash, person_id, expires_at_ms) VALUES (?, ?, ?)
     ON CONFLICT (token_hash) DO UPDATE SET expires_at_ms = excluded.expires_at_ms`,
  );
  const session = db.prepare("SELECT * FROM session WHERE token_hash = ?");
  const removeSession = db.prepare("DELETE FROM session WHERE token_hash = ?");
  const removeSessionsOf = db.prepare("DELETE FROM session WHERE person_id = ?");
  const removeExpired = db.prepare("DELETE FROM session WHERE expires_at_ms <= ?");
  const removePerson = db.prepare("DELETE FROM person WHERE id = ?");
  return {
    putPerson({ id, name, role, passwordHash }) {
      putPerson.run(id, name, role, passwordHash);
    },
    getPerson: (id) => toPerson(byId.get(id)),
    removeMember(id) {
      if (toPerson(byId.get(id))?.role !== "member") return;
      removeSessionsOf.run(id);
      removePerson.run(id);
    },
    owner: () => toPerson(owner.get()),
    putSession({ tokenHash, personId, expiresAtMs }) {
      putSession.run(tokenHash, personId, expiresAtMs);
    },
    getSession(tokenHash) {
      const row = session.get(tokenHash);
      if (row === undefined) return null;
      return { tokenHash, personId: row.person_id as string, expiresAtMs: row.expires_at_ms as number };
    },
    removeSession(tokenHash) {
      removeSession.run(tokenHash);
    },
    removeSessionsOf(personId) {
      removeSessionsOf.run(personId);
    },
    removeExpiredSessions(nowMs) {
      removeExpired.run(nowMs);
    },
  };
}
