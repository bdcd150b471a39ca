import type { PeopleStore, Person, Session } from "#server/ports/store.ts";

export function memoryPeople(): PeopleStore {
  const people = new Map<string, Person>();
  const sessions = new Map<string, Session>();
  return {
    async putPerson(person) {
      people.set(person.id, person);
    },
    getPerson: async (id) => people.get(id) ?? null,
    async removeMember(id) {
      if (people.get(id)?.role !== "member") return;
      for (const [hash, session] of sessions) if (session.personId === id) sessions.delete(hash);
      people.delete(id);
    },
    owner: async () => [...people.values()].find((person) => person.role === "owner") ?? null,
    async putSession(session) {
      sessions.set(session.tokenHash, session);
    },
    getSession: async (tokenHash) => sessions.get(tokenHash) ?? null,
    async removeSession(tokenHash) {
      sessions.delete(tokenHash);
    },
    async removeSessionsOf(personId) {
      for (const [hash, session] of sessions) if (session.personId === personId) sessions.delete(hash);
    },
    async removeExpiredSessions(nowMs) {
      for (const [hash, session] of sessions) if (session.expiresAtMs <= nowMs) sessions.delete(hash);
    },
  };
}
