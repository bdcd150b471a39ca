/** Erasure: a person's key is destroyed, so that nothing sealed for them opens again, here or in any backup; then their rows go. */
import type { Clock } from "#server/ports/environment.ts";
import type { Sealer } from "#server/ports/sealer.ts";
import type { ErasureStore, PeopleStore, SettingsStore } from "#server/ports/store.ts";

/** A week to think again, since afterwards nobody can bring it back. */
export const graceMs = 7 * 86_400_000;
const settingName = "erasures";

type Requests = Readonly<Record<string, number>>;

export interface Erasures {
  /** When the person will be erased; null when they have not asked for it. */
  dueAtMs(personId: string): Promise<number | null>;
  /** Asks for it after the grace; the same again does not prolong it. */
  request(personId: string): Promise<number>;
  cancel(personId: string): Promise<void>;
  /** Without grace. An owner stays, signed out and with nothing; a member is gone. */
  eraseNow(personId: string): Promise<void>;
  /** Erases whoever's grace has passed. */
  eraseDue(): Promise<void>;
}

interface ErasureParts {
  readonly store: {
    readonly erasure: ErasureStore;
    readonly people: PeopleStore;
    readonly settings: SettingsStore;
  };
  readonly sealer: Sealer;
  readonly clock: Clock;
}

export function createErasures({ store, sealer, clock }: ErasureParts): Erasures {
  const { settings } = store;
  const requests = async (): Promise<Requests> =>
    ((await settings.getSetting(settingName)) ?? {}) as Requests;
  const put = async (personId: string, dueAtMs: number | null): Promise<void> => {
    const rest = Object.entries(await requests()).filter(([id]) => id !== personId);
    const own = dueAtMs === null ? [] : [[personId, dueAtMs] as const];
    await settings.putSetting(settingName, Object.fromEntries([...rest, ...own]));
  };
  const eraseNow = async (personId: string): Promise<void> => {
    await store.people.removeSessionsOf(personId);
    await sealer.destroy(personId);
    await store.erasure.eraseRowsOf(personId);
    // A write that was under way may have made a new key and a row for it.
    await sealer.destroy(personId);
    await store.people.removeMember(personId);
    await put(personId, null);
  };
  return {
    dueAtMs: async (personId) => (await requests())[personId] ?? null,
    async request(personId) {
      const known = (await requests())[personId];
      const dueAtMs = known ?? clock.nowMs() + graceMs;
      await put(personId, dueAtMs);
      return dueAtMs;
    },
    cancel: (personId) => put(personId, null),
    eraseNow,
    async eraseDue() {
      for (const [personId, dueAtMs] of Object.entries(await requests())) {
        if (dueAtMs <= clock.nowMs()) await eraseNow(personId);
      }
    },
  };
}
