/** Tiers while they are edited: what is typed, and what of it would be saved. */
import type { AppTiers } from "#protocol/api/usage.ts";

type Tier = AppTiers["tiers"][number];
export type Category = keyof Tier["callsPerHour"];

export interface TierDraft {
  /** The name it has on the server; null for a new one. */
  readonly was: string | null;
  readonly name: string;
  readonly callsPerHour: Readonly<Record<Category, string>>;
}

const mostCalls = 1_000_000;

export function draftOf({ name, callsPerHour }: Tier): TierDraft {
  const { catalogue, music, body, joined, account } = callsPerHour;
  return {
    was: name,
    name,
    callsPerHour: {
      catalogue: String(catalogue),
      music: String(music),
      body: String(body),
      joined: String(joined),
      account: String(account),
    },
  };
}

/** A copy of a tier under a name that is not taken yet. */
export function anotherTier(drafts: readonly TierDraft[]): TierDraft {
  const names = new Set(drafts.map(({ name }) => name));
  let number = drafts.length + 1;
  while (names.has(`tier ${number}`)) number += 1;
  const [first] = drafts;
  const none = { catalogue: "0", music: "0", body: "0", joined: "0", account: "0" };
  return { was: null, name: `tier ${number}`, callsPerHour: first?.callsPerHour ?? none };
}

function callsOf(text: string): number | null {
  const calls = /^\d{1,7}$/.test(text.trim()) ? Number(text) : null;
  return calls !== null && calls <= mostCalls ? calls : null;
}

/** What is wrong with a draft, in one sentence; null when nothing is. */
export function troubleWith(draft: TierDraft, drafts: readonly TierDraft[]): string | null {
  const name = draft.name.trim();
  if (name === "") return "A tier needs a name.";
  if (name.length > 60) return "A name has at most 60 characters.";
  if (drafts.filter((other) => other.name.trim() === name).length > 1) return "Two tiers have this name.";
  const isWhole = Object.values(draft.callsPerHour).every((text) => callsOf(text) !== null);
  return isWhole ? null : "Calls an hour are whole numbers from 0 to 1,000,000.";
}

/** What to send: renamed tiers keep their apps, apps of removed ones fall back to the first. Null while something is wrong. */
export function settingsOf(drafts: readonly TierDraft[], tierOf: AppTiers["tierOf"]): AppTiers | null {
  if (drafts.length === 0 || drafts.some((draft) => troubleWith(draft, drafts) !== null)) return null;
  const nameNow = new Map(drafts.map(({ was, name }) => [was, name.trim()]));
  const tiers = drafts.map(({ name, callsPerHour }) => {
    const calls = (category: Category) => callsOf(callsPerHour[category]) ?? 0;
    return {
      name: name.trim(),
      callsPerHour: {
        catalogue: calls("catalogue"),
        music: calls("music"),
        body: calls("body"),
        joined: calls("joined"),
        account: calls("account"),
      },
    };
  });
  const kept = Object.entries(tierOf).flatMap(([appId, was]) => {
    const name = nameNow.get(was);
    return name === undefined ? [] : [[appId, name] as const];
  });
  return { tiers, tierOf: Object.fromEntries(kept) };
}
