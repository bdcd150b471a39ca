import { defaultAthlete, type AthleteProfile } from "#domain/athlete.ts";
import type { SealContext, Sealer } from "#server/ports/sealer.ts";
import type { AthleteStore } from "#server/ports/store.ts";

export interface KeepAthlete {
  get(personId: string): Promise<AthleteProfile>;
  put(personId: string, profile: AthleteProfile): Promise<AthleteProfile>;
}

function contextOf(personId: string): SealContext {
  return { personId, category: "athlete", rowId: personId };
}

/** The athlete's profile, sealed; the stated defaults for somebody who has told us nothing. */
export function createKeepAthlete(store: AthleteStore, sealer: Sealer): KeepAthlete {
  return {
    async get(personId) {
      const sealed = await store.getAthlete(personId);
      if (sealed === null) return defaultAthlete;
      const plain = await sealer.open(contextOf(personId), sealed);
      return JSON.parse(new TextDecoder().decode(plain)) as AthleteProfile;
    },
    async put(personId, profile) {
      const plain = new TextEncoder().encode(JSON.stringify(profile));
      await store.putAthlete(personId, await sealer.seal(contextOf(personId), plain));
      return profile;
    },
  };
}
