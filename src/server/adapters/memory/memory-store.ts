/** The store's twin in memory: the same behaviour without a disk, for tests and for planning without a data folder. */
import type { Store } from "#server/ports/store.ts";
import { StoreError } from "#server/ports/store.ts";
import { memoryAudit } from "./memory-audit.ts";
import { memoryConsents } from "./memory-consents.ts";
import { memoryDataKeys } from "./memory-data-keys.ts";
import { memoryOauth } from "./memory-oauth.ts";
import { memoryEmbeddings } from "./memory-embeddings.ts";
import { memoryGrids } from "./memory-grids.ts";
import { memoryOwnClasses } from "./memory-own-classes.ts";
import { memoryPasskeys } from "./memory-passkeys.ts";
import { memoryPeople } from "./memory-people.ts";
import { memoryRetention } from "./memory-retention.ts";
import { memoryTaste } from "./memory-taste.ts";
import { memoryUsage } from "./memory-usage.ts";
import { memoryWebhooks } from "./memory-webhooks.ts";
import { memorySounds } from "./memory-sounds.ts";
import { emptyShelf, memoryTracks } from "./memory-tracks.ts";
import { memoryWorkouts } from "./memory-workouts.ts";

export function memoryStore(): Store {
  const shelf = emptyShelf();
  const settings = new Map<string, string>();
  const athletes = new Map<string, Uint8Array>();
  const people = memoryPeople();
  const passkeys = memoryPasskeys();
  const workouts = memoryWorkouts();
  const taste = memoryTaste();
  const ownClasses = memoryOwnClasses();
  const consents = memoryConsents();
  const dataKeys = memoryDataKeys();
  const oauth = memoryOauth();
  const usage = memoryUsage();
  const webhooks = memoryWebhooks();
  const retention = memoryRetention();
  const audit = memoryAudit();
  return {
    tracks: memoryTracks(shelf),
    grids: memoryGrids(shelf),
    sounds: memorySounds(shelf),
    people,
    passkeys,
    workouts,
    oauth,
    usage,
    webhooks,
    taste,
    ownClasses,
    retention,
    embeddings: memoryEmbeddings(),
    settings: {
      async getSetting(name) {
        const text = settings.get(name);
        return text === undefined ? null : (JSON.parse(text) as unknown);
      },
      async putSetting(name, value) {
        settings.set(name, JSON.stringify(value));
      },
    },
    athletes: {
      getAthlete: async (personId) => athletes.get(personId) ?? null,
      async putAthlete(personId, sealed) {
        athletes.set(personId, sealed.slice());
      },
    },
    consents,
    dataKeys,
    audit,
    erasure: {
      async eraseRowsOf(personId) {
        athletes.delete(personId);
        await people.removeSessionsOf(personId);
        const sealed = [workouts, taste, ownClasses, dataKeys];
        const others = [passkeys, consents, audit, oauth, usage, webhooks, retention];
        for (const part of [...sealed, ...others]) part.forget(personId);
      },
    },
    backup: () => Promise.reject(new StoreError("other", "A store in memory has no backup.")),
    close: () => Promise.resolve(),
  };
}
