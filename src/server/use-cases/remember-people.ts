import type { PeopleStore } from "#server/ports/store.ts";

/** Sessions and people that are remembered; a household needs a few dozen, a stranger's guesses must not fill memory. */
const maxRemembered = 500;

function remembered<T>(read: (key: string) => Promise<T>) {
  const known = new Map<string, Promise<T>>();
  return {
    forget: () => known.clear(),
    get(key: string): Promise<T> {
      const there = known.get(key);
      if (there !== undefined) return there;
      if (known.size >= maxRemembered) known.clear();
      const found = read(key);
      known.set(key, found);
      found.catch(() => known.delete(key));
      return found;
    },
  };
}

/**
 * People and sessions are asked for with each request and change rarely, so they are read once. Whatever is written
 * forgets all of them, before and after: no answer that began before a change is given after it.
 */
export function rememberPeople(store: PeopleStore): PeopleStore {
  const sessions = remembered((hash) => store.getSession(hash));
  const persons = remembered((id) => store.getPerson(id));
  const forget = (): void => {
    sessions.forget();
    persons.forget();
  };
  const changing = async <T>(write: () => Promise<T>): Promise<T> => {
    forget();
    try {
      return await write();
    } finally {
      forget();
    }
  };
  return {
    ...store,
    getSession: (hash) => sessions.get(hash),
    getPerson: (id) => persons.get(id),
    putPerson: (person) => changing(() => store.putPerson(person)),
    removeMember: (id) => changing(() => store.removeMember(id)),
    putSession: (session) => changing(() => store.putSession(session)),
    removeSession: (hash) => changing(() => store.removeSession(hash)),
    removeSessionsOf: (id) => changing(() => store.removeSessionsOf(id)),
    removeExpiredSessions: (nowMs) => changing(() => store.removeExpiredSessions(nowMs)),
  };
}
