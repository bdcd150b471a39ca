import type { AllowedOrigins } from "#server/ports/outbound.ts";
import type { SettingsStore } from "#server/ports/store.ts";
import { Refusal } from "./refusal.ts";

const settingName = "outbound-allowed";

export interface AllowOrigins extends AllowedOrigins {
  list(): readonly string[];
  /** Replaces the list. Rejects with `Refusal` "invalid" when an entry is not an origin such as http://192.168.1.20:4533. */
  replace(origins: readonly string[]): Promise<void>;
}

function originOf(text: string): string {
  const url = URL.parse(text);
  const isOrigin = url !== null && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href;
  if (isOrigin) return url.origin;
  throw new Refusal("invalid", `"${text}" is not an origin such as http://192.168.1.20:4533.`);
}

/** The owner's word on which machines of the local network the server may talk to; nobody's, until they say so. */
export async function createAllowOrigins(settings: SettingsStore): Promise<AllowOrigins> {
  const kept = await settings.getSetting(settingName);
  let origins: ReadonlySet<string> = new Set(Array.isArray(kept) ? kept.map(String) : []);
  return {
    has: (origin) => origins.has(origin),
    list: () => [...origins],
    async replace(wanted) {
      const next = new Set(wanted.map(originOf));
      await settings.putSetting(settingName, [...next]);
      origins = next;
    },
  };
}
