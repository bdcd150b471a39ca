import type { ReadNetworks } from "#server/ports/networks.ts";
import type { SettingsStore } from "#server/ports/store.ts";
import { Refusal } from "./refusal.ts";

const settingName = "pairing-forbidden";

/** Where browsers may not pair sensors: the owner's word for networks such as the one at work. */
export interface ForbidPairing {
  isForbidden(address: string): boolean;
  networks(): readonly string[];
  /** Replaces the list. Rejects with `Refusal` "invalid" when an entry is not a network such as 10.1.0.0/16. */
  replace(networks: readonly string[]): Promise<void>;
}

export async function createForbidPairing(
  settings: SettingsStore,
  read: ReadNetworks,
): Promise<ForbidPairing> {
  const kept = await settings.getSetting(settingName);
  let networks: readonly string[] = Array.isArray(kept) ? kept.map(String) : [];
  let contains = read(networks) ?? (() => false);
  return {
    isForbidden: (address) => contains(address),
    networks: () => networks,
    async replace(wanted) {
      const next = [...new Set(wanted)];
      const found = read(next);
      if (found === null)
        throw new Refusal("invalid", "A network is written as 10.1.0.0/16 or 2001:db8::/32.");
      await settings.putSetting(settingName, next);
      networks = next;
      contains = found;
    },
  };
}
