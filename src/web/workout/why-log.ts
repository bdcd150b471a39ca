import type { Sport } from "#domain/class-plan.ts";
import { beatsPerMovement } from "#domain/soundtrack/why.ts";
import type { EngineCommand } from "#engine/contract.ts";
import { trustedFrom } from "#engine/plausibility.ts";
import { capital, clock } from "../ui/format.ts";
import type { WhyLine } from "./screen/contract.ts";

/** More than fits on a phone, few enough to read between two intervals. */
const shownLines = 8;

type Decided = Extract<EngineCommand, { kind: "decision" | "trust" }>;
type Words = Pick<WhyLine, "what" | "of">;

export interface WhyNames {
  readonly sport: Sport;
  readonly titleOf: (trackId: string) => string;
  readonly sensorNameOf: (sensor: string) => string;
}

const settled: Readonly<Record<string, Words>> = {
  "lock: locked": { what: "Locked", of: "both" },
  "lock: searching": { what: "Listening for you", of: "body" },
  "lock: tempo": { what: "On your tempo", of: "body" },
  "lock: class": { what: "Follows the class", of: "music" },
  "mode: follow": { what: "Follows you", of: "body" },
  "mode: lead": { what: "Leads you", of: "music" },
  "mode: steady": { what: "Holds the class", of: "music" },
  "asks for taps": { what: "Asks for your taps", of: "body" },
  "knows your push": { what: "Knows when you push", of: "body" },
  "lets go": { what: "Lets your cadence go", of: "music" },
};

/** By how the engine's value begins; what follows is a track's id or a number. */
const named: readonly (readonly [
  start: string,
  of: Words["of"],
  say: (rest: string, n: WhyNames) => string,
])[] = [
  ["track: ", "music", (id, { titleOf }) => `${titleOf(id)} leads`],
  ["next: ", "music", (id, { titleOf }) => `Changes to ${titleOf(id)}`],
  ["leaves out ", "music", (id, { titleOf }) => `Leaves out ${titleOf(id)}`],
  ["leaves ", "music", (id, { titleOf }) => `Leaves ${titleOf(id)}`],
  ["ratio: ", "music", (ratio, { sport }) => capital(beatsPerMovement(Number(ratio), sport))],
  ["skips to ", "none", (time) => `Skips to ${clock(Number.parseFloat(time))} of the class`],
];

function wordsFor(command: Decided, names: WhyNames): Words {
  if (command.kind === "trust") {
    const word = command.value < trustedFrom ? "not trusted" : "trusted again";
    return { what: `${names.sensorNameOf(command.sensor)} ${word}`, of: "body" };
  }
  const { value } = command;
  const known = settled[value];
  if (known !== undefined) return known;
  for (const [start, of, say] of named) {
    if (value.startsWith(start)) return { what: say(value.slice(start.length), names), of };
  }
  return { what: capital(value), of: "none" };
}

function sentence(text: string): string {
  return text === "" || text.endsWith(".") ? capital(text) : `${capital(text)}.`;
}

/** The latest decisions of the engine with their reasons, newest first, for who asks why. */
export class WhyLog {
  readonly #names: WhyNames;
  #count = 0;
  lines: readonly WhyLine[] = [];

  constructor(names: WhyNames) {
    this.#names = names;
  }

  /** `elapsedS` is the time the screen shows, pauses excluded. */
  note(command: Decided, elapsedS: number): void {
    const line = {
      id: ++this.#count,
      elapsedS,
      ...wordsFor(command, this.#names),
      why: sentence(command.reason),
    };
    this.lines = [line, ...this.lines].slice(0, shownLines);
  }
}
