import { Coach } from "#web/device/speech.ts";

/** A text stays on the screen at least so long, and longer the longer it takes to read. */
const shortestCueMs = 4_000;
const readingMsPerCharacter = 70;
/** A count-in that is not counted on (a skip, a pause) disappears after this. */
const countInMs = 1_600;
/** Spoken numbers at the end of a count-in; the ones before are only shown. */
const spokenCount = 3;

export interface CountIn {
  readonly secondsLeft: number;
  readonly nextLabel: string;
}

/** What the coach says now: shown for as long as it takes to read, and spoken. */
export class CoachDesk {
  readonly #coach: Coach;
  #cue: { readonly text: string; readonly untilMs: number } | null = null;
  #countIn: { readonly value: CountIn; readonly untilMs: number } | null = null;

  constructor(onSpeaking: (speaking: boolean) => void) {
    this.#coach = new Coach(onSpeaking);
  }

  cue(text: string, nowMs: number): void {
    this.#cue = { text, untilMs: nowMs + Math.max(shortestCueMs, text.length * readingMsPerCharacter) };
    this.#coach.say(text);
  }

  countIn(value: CountIn, nowMs: number): void {
    if (this.#countIn === null && value.secondsLeft > spokenCount)
      this.#coach.say(`Next: ${value.nextLabel}.`);
    else if (value.secondsLeft <= spokenCount) this.#coach.say(String(value.secondsLeft));
    this.#countIn = { value, untilMs: nowMs + countInMs };
  }

  /** A new block has begun. */
  block(): void {
    this.#countIn = null;
  }

  silence(): void {
    this.#cue = null;
    this.#countIn = null;
    this.#coach.silence();
  }

  shownAt(nowMs: number): { readonly cue: string | null; readonly countIn: CountIn | null } {
    if (this.#cue !== null && nowMs > this.#cue.untilMs) this.#cue = null;
    if (this.#countIn !== null && nowMs > this.#countIn.untilMs) this.#countIn = null;
    return { cue: this.#cue?.text ?? null, countIn: this.#countIn?.value ?? null };
  }
}
