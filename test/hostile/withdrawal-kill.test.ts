/** A withdrawal that the end of the server cuts off goes on at the next start, and reaches what it had not reached. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { wordingOf, type Purpose } from "#domain/consent.ts";
import { auditHash } from "#server/adapters/audit-hash.ts";
import { aesSealer } from "#server/adapters/keys/aes-sealer.ts";
import { memoryKeystore } from "#server/adapters/memory/memory-keystore.ts";
import { memoryStore } from "#server/adapters/memory/memory-store.ts";
import type { Store } from "#server/ports/store.ts";
import { createAuditTrail } from "#server/use-cases/audit.ts";
import { countChanges } from "#server/use-cases/counted-tracks.ts";
import { createPersonal } from "#server/use-cases/personal.ts";

const personId = "p";
const clock = { nowMs: () => 1_790_000_000_000 };
const ids = [1, 2, 3, 4, 5].map((number) => `0199b3a0-0000-7000-8000-00000000000${number}`);
const row = {
  tS: 0,
  cadence: 90,
  powerW: 212,
  heartRateBpm: 141,
  speedMps: null,
  tempoBpm: 180,
  phaseErrorMs: 3,
};

/** The server, started over a store. */
function start(store: Store, keystore: ReturnType<typeof memoryKeystore>) {
  return createPersonal({
    store,
    sealer: aesSealer(keystore, store.dataKeys),
    audit: createAuditTrail(store.audit, clock, auditHash),
    library: countChanges(store),
    clock,
  });
}

/** The same store, but the power goes before `left` + 1 series have gone: nothing is answered any more. */
function losingPower(store: Store, left: number): { store: Store; lost: Promise<void> } {
  const power = Promise.withResolvers<void>();
  let more = left;
  const removeChunks: Store["workouts"]["removeChunks"] = (person, id) => {
    more -= 1;
    if (more >= 0) return store.workouts.removeChunks(person, id);
    power.resolve();
    return new Promise(() => {});
  };
  return { store: { ...store, workouts: { ...store.workouts, removeChunks } }, lost: power.promise };
}

test("a withdrawal cut off in the middle is finished at the next start, once, and reaches what was derived", async () => {
  const kept = memoryStore();
  const keystore = memoryKeystore();
  const { store, lost } = losingPower(kept, 2);
  const { consents, biometrics } = start(store, keystore);
  const decide = (purpose: Purpose, granted: boolean) =>
    consents.decide(personId, purpose, granted, wordingOf(purpose).version);
  await decide("keep-biometrics", true);
  for (const id of ids) {
    const head = {
      id,
      classId: "c",
      classTitle: "C",
      sport: "cycling",
      startedAtMs: 1,
      mode: "lead",
      source: "sensors",
    };
    await biometrics.workouts.begin(
      personId,
      head as Parameters<typeof biometrics.workouts.begin>[1],
      "full",
    );
    await biometrics.workouts.keepChunk(personId, id, 0, [row]);
  }
  void decide("keep-biometrics", false);
  await lost;
  const seriesLeft = async () =>
    (await Promise.all(ids.map((id) => kept.workouts.chunks(personId, id)))).flat().length;
  assert.equal(await seriesLeft(), 3, "the power went in the middle");

  const again = start(kept, keystore);
  const derived: string[] = [];
  again.consents.onChange(async ({ entry }) => {
    derived.push(`${entry.purpose} ${entry.granted}`);
  });
  await again.consents.resume();
  assert.equal(await seriesLeft(), 0);
  const own = await again.biometrics.reader.open("own", personId);
  const { items } = await own.workouts({ limit: 10, cursor: null });
  assert.deepEqual(
    items.map(({ detail, facts }) => [detail, facts]),
    ids.map(() => ["line", null]),
  );
  assert.deepEqual(derived, ["keep-biometrics false"]);
  await again.consents.resume();
  assert.deepEqual(derived, ["keep-biometrics false"], "what is done is not done again");
});
