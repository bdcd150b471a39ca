import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryStore } from "#server/adapters/memory/memory-store.ts";
import type { Session } from "#server/ports/store.ts";
import { rememberPeople } from "#server/use-cases/remember-people.ts";

const person = { id: "p", name: "P", role: "owner", passwordHash: null, asksPasskey: false } as const;
const session: Session = {
  tokenHash: "h",
  personId: "p",
  device: "",
  createdAtMs: 1,
  lastUsedAtMs: 1,
  expiresAtMs: 100,
};

test("the same session and person are read once", async () => {
  const { people } = memoryStore();
  let reads = 0;
  const counted = { ...people, getSession: (hash: string) => (reads++, people.getSession(hash)) };
  const remembered = rememberPeople(counted);
  await remembered.putSession(session);
  for (let time = 0; time < 5; time += 1) assert.deepEqual(await remembered.getSession("h"), session);
  assert.equal(reads, 1);
});

test("each way in which a session or person ends is seen by the next request", async () => {
  const ends: Readonly<Record<string, (store: ReturnType<typeof rememberPeople>) => Promise<void>>> = {
    "signed out": (store) => store.removeSession("h"),
    "signed out everywhere": (store) => store.removeSessionsOf("p"),
    expired: (store) => store.removeExpiredSessions(200),
  };
  for (const [name, end] of Object.entries(ends)) {
    const store = rememberPeople(memoryStore().people);
    await store.putPerson(person);
    await store.putSession(session);
    assert.notEqual(await store.getSession("h"), null);
    await end(store);
    assert.equal(await store.getSession("h"), null, name);
  }
  const store = rememberPeople(memoryStore().people);
  await store.putPerson({ ...person, role: "member" });
  assert.equal((await store.getPerson("p"))?.role, "member");
  await store.removeMember("p");
  assert.equal(await store.getPerson("p"), null);
});

test("a read that began before a sign-out is not what is remembered after it", async () => {
  const { people } = memoryStore();
  await people.putSession(session);
  const waiting: (() => void)[] = [];
  const slow = {
    ...people,
    async getSession(hash: string) {
      const found = await people.getSession(hash);
      if (waiting.length === 0) await new Promise<void>((go) => waiting.push(go));
      return found;
    },
  };
  const store = rememberPeople(slow);
  const early = store.getSession("h");
  while (waiting.length === 0) await Promise.resolve();
  await store.removeSession("h");
  waiting[0]?.();
  assert.notEqual(await early, null, "it was asked before");
  assert.equal(await store.getSession("h"), null);
});
