/** Puts together what is a person's own, and keeps what was promised about it. */
import type { FastifyBaseLogger } from "fastify";
import { zipArchive } from "./adapters/archive/zip-archive.ts";
import { auditHash } from "./adapters/audit-hash.ts";
import { aesSealer } from "./adapters/keys/aes-sealer.ts";
import { openKeystore } from "./adapters/keys/open-keystore.ts";
import { systemClock } from "./adapters/system.ts";
import type { Store } from "./ports/store.ts";
import { createAuditTrail } from "./use-cases/audit.ts";
import type { CountedTracks } from "./use-cases/counted-tracks.ts";
import { createPersonal, type Personal } from "./use-cases/personal.ts";

/** Graces last days: an hour more or less changes nothing. */
const eraseEveryMs = 3_600_000;
/** Kept for whole months: a day more or less changes little. */
const deleteOldEveryMs = 86_400_000;

/** What is a person's own: sealed, read for a purpose, noted, taken along, erased. */
export async function peoplesOwn(store: Store, keysDir: string, library: CountedTracks) {
  const sealer = aesSealer(await openKeystore(keysDir), store.dataKeys);
  const audit = createAuditTrail(store.audit, systemClock, auditHash);
  const personal = createPersonal({ store, sealer, audit, library, clock: systemClock });
  return {
    ...personal,
    audit,
    writeArchive: zipArchive,
    clock: systemClock,
  };
}

/**
 * Finishes what the end of an earlier process cut off; erases whose grace is over, now and every hour, and what people
 * no longer keep, now and every day. Answers how to stop.
 */
export async function keepPromises(own: Personal, log: FastifyBaseLogger): Promise<() => void> {
  const { consents, rotateKeys, erasures } = own;
  const { retention } = own.biometrics;
  const deleteOld = () =>
    retention.applyDue().catch((error: unknown) => log.error({ err: error }, "Old workouts could not go"));
  await consents.resume();
  await rotateKeys.finish();
  await erasures.eraseDue();
  await deleteOld();
  const daily = setInterval(() => void deleteOld(), deleteOldEveryMs);
  const timer = setInterval(() => {
    erasures.eraseDue().catch((error: unknown) => log.error({ err: error }, "An erasure failed"));
  }, eraseEveryMs);
  return () => [timer, daily].forEach((one) => clearInterval(one));
}
