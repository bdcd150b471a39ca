/** Counts what apps read, holds them to their quota, and slows one that suddenly reads far more than it ever did. */
import { accessCategories, type AccessCategory } from "#domain/access.ts";
import {
  callsLeft,
  hourMs,
  ordinaryBytes,
  slowedCallsPerHour,
  standardTier,
  takeCall,
  type Bucket,
  type Quota,
  type Tier,
} from "#domain/fair-use.ts";
import type { Clock } from "#server/ports/environment.ts";
import type { SettingsStore } from "#server/ports/store.ts";
import type { Usage, UsageStore } from "#server/ports/usage.ts";
import { Refusal } from "./refusal.ts";

const dayMs = 24 * hourMs;
/** What an app's ordinary is learned from. */
const learnedMs = 14 * dayMs;
/** How long counts are kept. */
const keptMs = 90 * dayMs;
const settingName = "app-tiers";
/** Categories in which a drain would hurt. */
const guarded: ReadonlySet<AccessCategory> = new Set(["body", "joined"]);

/** Who asks: an app, for a person or, as a service account, for nobody (""). */
export interface Caller {
  readonly personId: string;
  readonly appId: string;
}

export interface TierSettings {
  readonly tiers: readonly Tier[];
  /** Apps that have another tier than the first. */
  readonly tierOf: Readonly<Record<string, string>>;
}

export interface Admission extends Quota {
  /** Calls an hour. */
  readonly limit: number;
  /** The call is refused because the app reads out of its ordinary, not because of its quota. */
  readonly slowed: boolean;
}

/** What an app may still ask for in a category. */
export interface CallsLeft extends Pick<Quota, "remaining" | "resetS"> {
  readonly category: AccessCategory;
  /** Calls an hour; fewer than its tier gives while it is slowed. */
  readonly callsPerHour: number;
  /** It reads out of its ordinary. */
  readonly isSlowed: boolean;
}

export interface MeterApps {
  admit(caller: Caller, category: AccessCategory): Promise<Admission>;
  /** What is left in each category. Asking takes nothing. */
  left(caller: Caller): Promise<readonly CallsLeft[]>;
  /** Notes an answered call, and how much it was answered with. */
  note(caller: Caller, category: AccessCategory, answered: { rows: number; bytes: number }): void;
  /** What a person's apps did from a time on, hour by hour, what is not written yet included. */
  usageOf(personId: string, fromMs: number): Promise<readonly Usage[]>;
  tiers(): Promise<TierSettings>;
  /** The tier an app has. */
  tierOf(appId: string): Promise<Tier>;
  setTiers(settings: TierSettings): Promise<void>;
  /** Writes what was counted. */
  flush(): Promise<void>;
}

interface Parts {
  readonly usage: UsageStore;
  readonly settings: SettingsStore;
  readonly clock: Clock;
}

/** What one app has read for one person in the running hour, and how much would be ordinary. */
interface Watch {
  readonly hourMs: number;
  readonly ordinaryBytes: number;
  bytes: number;
  reported: boolean;
}

function bucketKey(caller: Caller, name: AccessCategory | "slowed"): string {
  return JSON.stringify([caller, name]);
}

function hourlyBytes(usage: readonly Usage[], appId: string): number[] {
  const hours = new Map<number, number>();
  for (const row of usage) {
    if (row.appId !== appId || !guarded.has(row.category)) continue;
    hours.set(row.hourMs, (hours.get(row.hourMs) ?? 0) + row.bytes);
  }
  return [...hours.values()];
}

class Meter implements MeterApps {
  readonly #parts: Parts;
  readonly #buckets = new Map<string, Bucket>();
  readonly #watches = new Map<string, Watch>();
  #pending = new Map<string, Usage>();
  #tiers: TierSettings | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async admit(caller: Caller, category: AccessCategory): Promise<Admission> {
    const nowMs = this.#parts.clock.nowMs();
    const limit = (await this.tierOf(caller.appId)).callsPerHour[category];
    const quota = this.#take(bucketKey(caller, category), limit, nowMs);
    if (!quota.allowed || !guarded.has(category)) return { ...quota, limit, slowed: false };
    const watch = await this.#watch(caller, nowMs);
    if (watch.bytes <= watch.ordinaryBytes) return { ...quota, limit, slowed: false };
    await this.#report(caller, watch, nowMs);
    const slow = this.#take(bucketKey(caller, "slowed"), slowedCallsPerHour, nowMs);
    return { ...slow, limit: slowedCallsPerHour, slowed: !slow.allowed };
  }

  async left(caller: Caller): Promise<readonly CallsLeft[]> {
    const nowMs = this.#parts.clock.nowMs();
    const { callsPerHour } = await this.tierOf(caller.appId);
    const watch = await this.#watch(caller, nowMs);
    const leftOf = (name: AccessCategory | "slowed", limit: number) =>
      callsLeft(this.#buckets.get(bucketKey(caller, name)) ?? null, limit, nowMs);
    return accessCategories.map((category) => {
      const limit = callsPerHour[category];
      const left = leftOf(category, limit);
      const isSlowed = guarded.has(category) && watch.bytes > watch.ordinaryBytes;
      if (!isSlowed) return { category, callsPerHour: limit, ...left, isSlowed };
      // A call then takes from both.
      const slow = leftOf("slowed", slowedCallsPerHour);
      return {
        category,
        callsPerHour: Math.min(limit, slowedCallsPerHour),
        remaining: Math.min(left.remaining, slow.remaining),
        resetS: Math.max(left.resetS, slow.resetS),
        isSlowed,
      };
    });
  }

  note(caller: Caller, category: AccessCategory, { rows, bytes }: { rows: number; bytes: number }): void {
    const hour = Math.floor(this.#parts.clock.nowMs() / hourMs) * hourMs;
    const key = JSON.stringify([caller, category, hour]);
    const before = this.#pending.get(key) ?? { calls: 0, rows: 0, bytes: 0 };
    const { personId, appId } = caller;
    this.#pending.set(key, {
      personId,
      appId,
      category,
      hourMs: hour,
      calls: before.calls + 1,
      rows: before.rows + rows,
      bytes: before.bytes + bytes,
    });
    const watch = this.#watches.get(JSON.stringify(caller));
    if (guarded.has(category) && watch?.hourMs === hour) watch.bytes += bytes;
  }

  async usageOf(personId: string, fromMs: number): Promise<readonly Usage[]> {
    await this.flush();
    return this.#parts.usage.usageOf(personId, fromMs);
  }

  async flush(): Promise<void> {
    const counted = [...this.#pending.values()];
    if (counted.length === 0) return;
    this.#pending = new Map();
    await this.#parts.usage.addUsage(counted);
    await this.#parts.usage.removeUsageBefore(this.#parts.clock.nowMs() - keptMs);
  }

  async tiers(): Promise<TierSettings> {
    const kept = (await this.#parts.settings.getSetting(settingName)) as TierSettings | null;
    this.#tiers ??= kept ?? { tiers: [standardTier], tierOf: {} };
    return this.#tiers;
  }

  async setTiers(settings: TierSettings): Promise<void> {
    const names = new Set(settings.tiers.map(({ name }) => name));
    if (names.size === 0 || names.size < settings.tiers.length) {
      throw new Refusal("invalid", "There is at least one tier, and each has its own name.");
    }
    const unknown = Object.values(settings.tierOf).find((name) => !names.has(name));
    if (unknown !== undefined) throw new Refusal("invalid", `There is no tier "${unknown}".`);
    await this.#parts.settings.putSetting(settingName, settings);
    this.#tiers = settings;
  }

  async tierOf(appId: string): Promise<Tier> {
    const { tiers, tierOf } = await this.tiers();
    return tiers.find(({ name }) => name === tierOf[appId]) ?? tiers[0] ?? standardTier;
  }

  #take(key: string, limit: number, nowMs: number): Quota {
    const quota = takeCall(this.#buckets.get(key) ?? null, limit, nowMs);
    this.#buckets.set(key, quota.bucket);
    return quota;
  }

  /** The watch over the running hour; a new hour learns anew from what is kept. */
  async #watch(caller: Caller, nowMs: number): Promise<Watch> {
    const hour = Math.floor(nowMs / hourMs) * hourMs;
    const key = JSON.stringify(caller);
    const known = this.#watches.get(key);
    if (known?.hourMs === hour) return known;
    const usage = await this.usageOf(caller.personId, hour - learnedMs);
    const before = usage.filter((row) => row.hourMs < hour);
    const already =
      hourlyBytes(
        usage.filter((row) => row.hourMs === hour),
        caller.appId,
      )[0] ?? 0;
    const watch = {
      hourMs: hour,
      ordinaryBytes: ordinaryBytes(hourlyBytes(before, caller.appId)),
      bytes: already,
      reported: false,
    };
    this.#watches.set(key, watch);
    return watch;
  }

  async #report(caller: Caller, watch: Watch, nowMs: number): Promise<void> {
    if (watch.reported) return;
    watch.reported = true;
    await this.#parts.usage.putAnomaly({
      ...caller,
      atMs: nowMs,
      bytes: watch.bytes,
      ordinaryBytes: watch.ordinaryBytes,
    });
  }
}

export function createMeterApps(parts: Parts): MeterApps {
  return new Meter(parts);
}
