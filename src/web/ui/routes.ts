/** Addresses of the pages, in one place. */
import type { Mode, Swap } from "#domain/soundtrack.ts";
import type { WorkoutHead } from "#domain/workout.ts";
import { putSwaps } from "./swaps-in-address.ts";

export type Source = WorkoutHead["source"];
export const sources = [
  "sensors",
  "tapping",
  "motion",
  "simulated",
  "replay",
  "none",
] as const satisfies readonly Source[];

/** What a workout shall leave: all that was measured, one line of history, or nothing (a private session). */
export const leavings = ["all", "line", "nothing"] as const;
export type Leaves = (typeof leavings)[number];

export interface StartChoice {
  readonly mode: Mode;
  readonly source: Source;
  readonly leaves: Leaves;
  /** Tracks the person has swapped in. */
  readonly swaps: readonly Swap[];
}

const id = encodeURIComponent;

function withChoice(path: string, choice: Partial<StartChoice> | undefined): string {
  const query = new URLSearchParams();
  if (choice?.mode !== undefined) query.set("mode", choice.mode);
  if (choice?.source !== undefined) query.set("source", choice.source);
  if (choice?.leaves !== undefined && choice.leaves !== "all") query.set("leaves", choice.leaves);
  putSwaps(query, choice?.swaps ?? []);
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}

export const routes = {
  today: "/",
  /** Today, as hard as chosen. */
  todayAs: (hardness: string) => `/?hard=${id(hardness)}`,
  classes: (search = "") => (search === "" ? "/classes" : `/classes?${search}`),
  class: (classId: string, choice?: Partial<StartChoice>) => withChoice(`/classes/${id(classId)}`, choice),
  /** A class of one's own, from nothing or from a copy. */
  newClass: (copyOf?: string) => (copyOf === undefined ? "/classes/new" : `/classes/new?copy=${id(copyOf)}`),
  editClass: (classId: string) => `/classes/${id(classId)}/edit`,
  workout: (classId: string, choice?: Partial<StartChoice>) => withChoice(`/workout/${id(classId)}`, choice),
  continueWorkout: (classId: string, workoutId: string) =>
    `/workout/${id(classId)}?continue=${id(workoutId)}`,
  programmes: "/programmes",
  programme: (programmeId: string) => `/programmes/${id(programmeId)}`,
  history: "/history",
  summary: (workoutId: string) => `/history/${id(workoutId)}`,
  music: "/music",
  /** The library, searched. */
  foundMusic: (query: string) => (query === "" ? "/music" : `/music?query=${id(query)}`),
  track: (trackId: string) => `/music/${id(trackId)}`,
  you: "/you",
  calibrate: "/you/calibrate",
  crankAngle: "/you/crank-angle",
  consent: "/you/consent",
  taste: "/you/taste",
  apps: "/you/apps",
  appReport: (appId: string) => `/you/apps/${id(appId)}`,
  /** All apps of the server, and their tiers: the owner's page. */
  serverApps: "/you/server-apps",
  serverAppReport: (appId: string) => `/you/server-apps/${id(appId)}`,
  networks: "/you/networks",
  /** Messages to webhooks, of one state. */
  messages: (show?: string) => (show === undefined ? "/you/messages" : `/you/messages?show=${id(show)}`),
  audit: "/you/who-read",
  security: "/you/signing-in",
  people: "/you/people",
  phone: "/you/phone",
  /** The API, to read and to try. */
  developers: "/developers",
} as const;
