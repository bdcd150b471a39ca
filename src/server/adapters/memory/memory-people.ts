import type { Invitation, PeopleStore, Person, Session } from "#server/ports/store.ts";

export function memoryPeople(): PeopleStore {
  const people = new Map<string, Person>();
  const sessions = new Map<string, Session>();
  const devices = new Set<string>();
  const invitations = new Map<string, Invitation>();
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
    everybody: async () => [...people.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    sessionsOf: async (personId) => [...sessions.values()].filter((one) => one.personId === personId),
    async putDevice(personId, tokenHash) {
      devices.add(JSON.stringify([personId, tokenHash]));
    },
    isDeviceOf: async (personId, tokenHash) => devices.has(JSON.stringify([personId, tokenHash])),
    async putInvitation(invitation) {
      invitations.set(invitation.tokenHash, invitation);
    },
    invitations: async () => [...invitations.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    async takeInvitation(tokenHash) {
      const invitation = invitations.get(tokenHash) ?? null;
      invitations.delete(tokenHash);
      return invitation;
    },
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
