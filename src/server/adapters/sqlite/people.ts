import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { Invitation, Person, Session } from "#server/ports/store.ts";
import type { SynchronousParts } from "./methods.ts";

function toPerson(row: Record<string, SQLOutputValue> | undefined): Person | null {
  if (row === undefined) return null;
  return {
    id: row.id as string,
    name: row.name as string,
    role: row.role as Person["role"],
    passwordHash: row.password_hash as string | null,
    asksPasskey: row.asks_passkey === 1,
  };
}

function toSession(row: Record<string, SQLOutputValue>): Session {
  return {
    tokenHash: row.token_hash as string,
    personId: row.person_id as string,
    device: row.device as string,
    createdAtMs: row.created_at_ms as number,
    lastUsedAtMs: row.last_used_at_ms as number,
    expiresAtMs: row.expires_at_ms as number,
  };
}

type People = SynchronousParts["people"];
type Sessions = Pick<
  People,
  | "putSession"
  | "getSession"
  | "sessionsOf"
  | "removeSession"
  | "removeSessionsOf"
  | "removeExpiredSessions"
  | "putDevice"
  | "isDeviceOf"
>;

function sqliteSessions(db: DatabaseSync): Sessions {
  const put = db.prepare(
    `INSERT INTO session (token_hash, person_id, expires_at_ms, created_at_ms, last_used_at_ms, device)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (token_hash) DO UPDATE SET expires_at_ms = excluded.expires_at_ms,
       last_used_at_ms = excluded.last_used_at_ms`,
  );
  const get = db.prepare("SELECT * FROM session WHERE token_hash = ?");
  const ofPerson = db.prepare("SELECT * FROM session WHERE person_id = ?");
  const remove = db.prepare("DELETE FROM session WHERE token_hash = ?");
  const removeOf = db.prepare("DELETE FROM session WHERE person_id = ?");
  const removeExpired = db.prepare("DELETE FROM session WHERE expires_at_ms <= ?");
  const putDevice = db.prepare(
    "INSERT INTO device (person_id, token_hash) VALUES (?, ?) ON CONFLICT (person_id, token_hash) DO NOTHING",
  );
  const device = db.prepare("SELECT 1 FROM device WHERE person_id = ? AND token_hash = ?");
  return {
    putSession(session) {
      const { tokenHash, personId, expiresAtMs, createdAtMs, lastUsedAtMs } = session;
      put.run(tokenHash, personId, expiresAtMs, createdAtMs, lastUsedAtMs, session.device);
    },
    getSession(tokenHash) {
      const row = get.get(tokenHash);
      return row === undefined ? null : toSession(row);
    },
    sessionsOf: (personId) => ofPerson.all(personId).map(toSession),
    removeSession(tokenHash) {
      remove.run(tokenHash);
    },
    removeSessionsOf(personId) {
      removeOf.run(personId);
    },
    removeExpiredSessions(nowMs) {
      removeExpired.run(nowMs);
    },
    putDevice(personId, tokenHash) {
      putDevice.run(personId, tokenHash);
    },
    isDeviceOf: (personId, tokenHash) => device.get(personId, tokenHash) !== undefined,
  };
}

function toInvitation(row: Record<string, SQLOutputValue>): Invitation {
  return {
    id: row.id as string,
    tokenHash: row.token_hash as string,
    name: row.name as string,
    expiresAtMs: row.expires_at_ms as number,
  };
}

function sqliteInvitations(
  db: DatabaseSync,
): Pick<People, "putInvitation" | "invitations" | "takeInvitation"> {
  const put = db.prepare("INSERT INTO invitation (id, token_hash, name, expires_at_ms) VALUES (?, ?, ?, ?)");
  const all = db.prepare("SELECT * FROM invitation ORDER BY id");
  const take = db.prepare("DELETE FROM invitation WHERE token_hash = ? RETURNING *");
  return {
    putInvitation({ id, tokenHash, name, expiresAtMs }) {
      put.run(id, tokenHash, name, expiresAtMs);
    },
    invitations: () => all.all().map(toInvitation),
    takeInvitation(tokenHash) {
      const row = take.get(tokenHash);
      return row === undefined ? null : toInvitation(row);
    },
  };
}

export function sqlitePeople(db: DatabaseSync): People {
  const putPerson = db.prepare(
    `INSERT INTO person (id, name, role, password_hash, asks_passkey) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role,
       password_hash = excluded.password_hash, asks_passkey = excluded.asks_passkey`,
  );
  const byId = db.prepare("SELECT * FROM person WHERE id = ?");
  const owner = db.prepare("SELECT * FROM person WHERE role = 'owner' ORDER BY id LIMIT 1");
  const everybody = db.prepare("SELECT * FROM person ORDER BY id");
  const sessions = sqliteSessions(db);
  const removePerson = db.prepare("DELETE FROM person WHERE id = ?");
  return {
    ...sessions,
    ...sqliteInvitations(db),
    putPerson({ id, name, role, passwordHash, asksPasskey }) {
      putPerson.run(id, name, role, passwordHash, asksPasskey ? 1 : 0);
    },
    getPerson: (id) => toPerson(byId.get(id)),
    removeMember(id) {
      if (toPerson(byId.get(id))?.role !== "member") return;
      sessions.removeSessionsOf(id);
      removePerson.run(id);
    },
    owner: () => toPerson(owner.get()),
    everybody: () => everybody.all().flatMap((row) => toPerson(row) ?? []),
  };
}
