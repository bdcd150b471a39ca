/**
 * What a person allows with what their body told, purpose by purpose. Nothing is allowed until they say yes; a yes holds
 * for the words it was given to; the last entry of the ledger decides.
 */
import type { Milliseconds } from "./units.ts";

/** Purposes that Upbeat itself may ask for. */
export const generalPurposes = ["keep-biometrics", "recommend", "write-text", "federate", "train"] as const;
export type GeneralPurpose = (typeof generalPurposes)[number];
/** "share:<app>": one connected app may read what its scopes name. */
export type Purpose = GeneralPurpose | `share:${string}`;
/**
 * Why biometrics are read. "own": the person looks at, exports or deletes what is theirs. That is a right, not a
 * purpose somebody else has, so it needs no consent.
 */
export type ReadPurpose = Purpose | "own";

/** One line of a person's ledger. It only ever grows. */
export interface ConsentEntry {
  readonly sequence: number;
  readonly purpose: Purpose;
  readonly granted: boolean;
  readonly atMs: Milliseconds;
  /** The version of the words that were shown. */
  readonly wordingVersion: number;
}

export type ConsentState = "granted" | "refused" | "undecided";

/** What a person reads before they decide. A change of meaning is a new version: the old yes no longer holds. */
export interface Wording {
  readonly version: number;
  readonly title: string;
  readonly sentence: string;
  /** What happens at once when it is taken back. */
  readonly withdrawal: string;
}

const wordings: Readonly<Record<GeneralPurpose | "share", Wording>> = {
  "keep-biometrics": {
    version: 1,
    title: "Keep my workouts",
    sentence:
      "Heart rate, power, cadence and speed are kept on this server, sealed with a key of your own, for you alone.",
    withdrawal: "What was measured is deleted. That a workout took place stays in your history as one line.",
  },
  recommend: {
    version: 1,
    title: "Suggest by how hard I trained",
    sentence: "What your workouts measured decides, on this server, which classes and music are suggested.",
    withdrawal: "Suggestions forget your workouts and go by your music and the clock alone.",
  },
  "write-text": {
    version: 1,
    title: "Let a language model word my summaries",
    sentence:
      "The figures of a workout, never its series or your name, go to the language model that the owner of this server has set up.",
    withdrawal: "No figure goes to the model any more. Texts it has written are deleted.",
  },
  federate: {
    version: 1,
    title: "Publish workouts I pick",
    sentence: "Workouts you publish, one by one, go to the people who follow you on other servers.",
    withdrawal: "Nothing more is sent, and other servers are asked to delete what they have.",
  },
  train: {
    version: 1,
    title: "Improve Upbeat with my recordings",
    sentence: "Your recordings may tune how this server's Upbeat follows and plans. They never leave it.",
    withdrawal: "Your recordings are no longer used, and what was tuned with them is thrown away.",
  },
  share: {
    version: 1,
    title: "Share with an app",
    sentence: "The app reads the categories you saw when you connected it, and nothing else.",
    withdrawal: "The app is cut off at once. What it has copied is with the app.",
  },
};

export function wordingOf(purpose: Purpose): Wording {
  const kind = generalPurposes.find((known) => known === purpose) ?? "share";
  return wordings[kind];
}

/** An app's id: what may stand after "share:". */
const sharePattern = /^share:[A-Za-z0-9._~-]{1,128}$/;

export function isPurpose(text: string): text is Purpose {
  return generalPurposes.some((purpose) => purpose === text) || sharePattern.test(text);
}

/** The newest entry for a purpose; null while nothing was decided. */
export function lastEntry(ledger: readonly ConsentEntry[], purpose: Purpose): ConsentEntry | null {
  return ledger.findLast((entry) => entry.purpose === purpose) ?? null;
}

/** How a purpose stands. A yes to other words than today's counts as undecided: it is asked again. */
export function consentState(ledger: readonly ConsentEntry[], purpose: Purpose): ConsentState {
  const entry = lastEntry(ledger, purpose);
  if (entry === null) return "undecided";
  if (!entry.granted) return "refused";
  return entry.wordingVersion === wordingOf(purpose).version ? "granted" : "undecided";
}

/** Whether biometrics may be read for a purpose. Where keeping them is not allowed, nothing else is either. */
export function mayRead(ledger: readonly ConsentEntry[], purpose: ReadPurpose): boolean {
  if (purpose === "own") return true;
  return consentState(ledger, "keep-biometrics") === "granted" && consentState(ledger, purpose) === "granted";
}
