/** What an app may be given, category by category, and the plain words a person reads before they give it. */

export const scopes = [
  "classes:read",
  "tracks:read",
  "soundtracks:read",
  "workouts:read",
  "series:read",
  "recommendations:read",
  "taste:read",
  "taste:write",
  "consents:read",
  "webhooks:manage",
] as const;
export type Scope = (typeof scopes)[number];

/**
 * How a call is counted and limited. "joined" calls bring music and workout data together: what is intimate about both
 * at once, so they have a measure of their own.
 */
export const accessCategories = ["catalogue", "music", "body", "joined", "account"] as const;
export type AccessCategory = (typeof accessCategories)[number];

export interface ScopeWords {
  readonly category: AccessCategory;
  /** What the app gets, as a sentence that follows "It may". */
  readonly may: string;
  /** Whether what bodies told is among it. */
  readonly biometric: boolean;
  /** Whether it is about one person; a service account, which acts for nobody, has only the others. */
  readonly personal: boolean;
}

export const scopeWords: Readonly<Record<Scope, ScopeWords>> = {
  "classes:read": {
    category: "catalogue",
    may: "read the classes of this server",
    biometric: false,
    personal: false,
  },
  "tracks:read": {
    category: "music",
    may: "list the tracks of this server with their tempo, key and beats, and play them",
    biometric: false,
    personal: false,
  },
  "soundtracks:read": {
    category: "music",
    may: "plan soundtracks for classes from these tracks",
    biometric: false,
    personal: false,
  },
  "workouts:read": {
    category: "body",
    may: "read the summary of each of your workouts: when, how long, average heart rate and power",
    biometric: true,
    personal: true,
  },
  "series:read": {
    category: "body",
    may: "read your heart rate, power, cadence and speed, second by second",
    biometric: true,
    personal: true,
  },
  "recommendations:read": {
    category: "joined",
    may: "read what Upbeat suggests to you, which draws on both your music and your workouts",
    biometric: true,
    personal: true,
  },
  "taste:read": { category: "music", may: "read which music you like", biometric: false, personal: true },
  "taste:write": { category: "music", may: "change which music you like", biometric: false, personal: true },
  "consents:read": {
    category: "account",
    may: "read what you have allowed, and when",
    biometric: false,
    personal: true,
  },
  "webhooks:manage": {
    category: "account",
    may: "be told, at an address of its own, when you finish a workout or change a consent",
    biometric: false,
    personal: true,
  },
};

export function isScope(text: string): text is Scope {
  return scopes.some((scope) => scope === text);
}

/** The known scopes of a space-separated list; others are left out. */
export function parseScopes(text: string): readonly Scope[] {
  return text.split(" ").filter(isScope);
}
