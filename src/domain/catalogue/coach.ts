import type { Cue, Ramp, Sport } from "../class-plan.ts";
import type { Seconds } from "../units.ts";
import { spokenDuration, type Step } from "./draft.ts";

/** Speech synthesis at its usual rate; a number, or "rpm", takes about two words' time. */
const wordsPerS = 2.5;
export const pauseBetweenCuesS = 1;
/** A block shorter than this is announced by its label alone, or by one word. */
const shortBlockS = 45;
const oneWordBlockS = 20;

const space = 32;
const digitZero = 48;
const digitNine = 57;
const letterR = 114;

/** How long a cue takes to say, in seconds. */
export function spokenS(text: string): Seconds {
  let weight = 0;
  let inWord = false;
  let isSlow = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= space) {
      inWord = false;
      continue;
    }
    if (!inWord) {
      inWord = true;
      isSlow = false;
      weight += 1;
    }
    const slow = (code >= digitZero && code <= digitNine) || (code === letterR && text.startsWith("rpm", at));
    if (slow && !isSlow) weight += 1;
    isSlow ||= slow;
  }
  return weight / wordsPerS;
}

const techniqueTips: Readonly<Record<Sport, readonly string[]>> = {
  cycling: [
    "Soften your grip and drop your shoulders.",
    "Push over the top of the stroke and scrape back at the bottom.",
    "Keep your hips quiet on the saddle.",
    "Let the beat carry your feet round.",
    "Elbows loose, chest open.",
    "Take a sip if you have a bottle.",
  ],
  running: [
    "Short quick steps, feet under your hips.",
    "Run tall, as if a string pulled you up.",
    "Shake out your hands.",
    "Land softly and listen to your feet.",
    "Swing your arms back, not across.",
    "Let your steps fall on the beat.",
  ],
  walking: [
    "Look ahead, not down.",
    "Roll from heel to toe.",
    "Bend your elbows and let your arms drive.",
    "Shorter, quicker steps rather than longer ones.",
    "Shoulders down, neck long.",
    "Step on the beat.",
  ],
  rowing: [
    "Legs, then back, then arms.",
    "Slow on the way forward, quick on the drive.",
    "Sit tall at the catch.",
    "Hold the handle loosely, like a hook.",
    "Push the footplate away and hang on the handle.",
    "One long stroke to four beats.",
  ],
  strength: [
    "Breathe out as you push.",
    "Slow on the way down.",
    "Brace as if somebody were to poke your belly.",
    "Stop one repetition before your form goes.",
  ],
  mobility: [
    "Breathe out a little longer than you breathe in.",
    "Move only as far as it stays comfortable.",
    "Soften your jaw.",
    "Let your weight do the work.",
  ],
};

/** Advice by how hard it is, from easiest; each list serves up to its border of effort. */
const effortTips: readonly { readonly upTo: number; readonly tips: readonly string[] }[] = [
  { upTo: 0.56, tips: ["Easy means easy. Let it feel slow.", "Breathe through your nose if you can."] },
  {
    upTo: 0.76,
    tips: [
      "You should be able to talk in whole sentences.",
      "Settle in and stay even.",
      "If your breath grows short, ease a little.",
    ],
  },
  {
    upTo: 0.94,
    tips: [
      "Steady pressure, no surges.",
      "Comfortably hard. Short sentences only.",
      "Check your breath, then your shoulders.",
    ],
  },
  {
    upTo: 1.06,
    tips: ["Hard but even. A few words at a time.", "Hold this. It should feel just sustainable."],
  },
  { upTo: 9, tips: ["Deep breaths, keep the rhythm.", "Stay smooth while it burns."] },
];

/** Technique and effort in turn, for every sport and tier of effort. */
const mixedTips: Readonly<Record<Sport, readonly (readonly string[])[]>> = {
  cycling: mixed("cycling"),
  running: mixed("running"),
  walking: mixed("walking"),
  rowing: mixed("rowing"),
  strength: effortTips.map(() => techniqueTips.strength),
  mobility: effortTips.map(() => techniqueTips.mobility),
};

function mixed(sport: Sport): readonly (readonly string[])[] {
  return effortTips.map(({ tips }) =>
    techniqueTips[sport].flatMap((tip, index) => [tip, tips[index % tips.length] ?? tip]),
  );
}

/** What is said on the way through a step. */
function tipsFor(sport: Sport, step: Step): readonly string[] {
  if (step.tips !== undefined) return step.tips;
  const effort = Math.max(step.effort.from, step.effort.to);
  const tier = effortTips.findIndex((entry) => effort <= entry.upTo);
  return mixedTips[sport][tier] ?? techniqueTips[sport];
}

function cadenceWords(sport: Sport, cadence: Ramp | null): string {
  if (cadence === null) return "";
  const unit = sport === "cycling" ? "rpm" : sport === "rowing" ? "strokes a minute" : "steps a minute";
  return cadence.from === cadence.to
    ? ` at ${cadence.to} ${unit}`
    : `, from ${cadence.from} to ${cadence.to} ${unit}`;
}

/** What is said as a step begins. */
function opening(sport: Sport, step: Step, cadence: Ramp | null): string {
  if (step.say !== undefined) return step.say;
  const rest = step.kind === "recovery";
  if (step.durationS < oneWordBlockS) return rest ? "Ease." : "Go.";
  if (step.durationS < shortBlockS) return `${step.label}.`;
  return `${step.label}: ${spokenDuration(step.durationS)}${cadenceWords(sport, cadence)}.`;
}

/** Effort changes smaller than this need no warning. */
const noticeableChange = 0.06;
const warningLeadS = 10;

function warning(step: Step, next: Step | undefined): string | null {
  if (step.durationS < shortBlockS || next === undefined) return null;
  const change = next.effort.from - step.effort.to;
  if (change < -noticeableChange) return "Ten seconds, then ease.";
  return change > noticeableChange ? "Ten seconds, then up." : null;
}

/** Advice comes about this often in a long step. */
const tipEveryS = 150;

/** Adds to `cues` those candidates that can be said to the end before the step ends, without talking over one another. */
function placeCues(cues: Cue[], candidates: readonly Cue[], endS: Seconds): void {
  const first = cues.length;
  for (const cue of candidates) {
    const saidS = cue.atS + spokenS(cue.text);
    let fits = saidS <= endS;
    for (let at = first; fits && at < cues.length; at++) {
      const other = cues[at];
      if (other === undefined) break;
      const apart =
        cue.atS >= other.atS + spokenS(other.text) + pauseBetweenCuesS ||
        other.atS >= saidS + pauseBetweenCuesS;
      fits = apart;
    }
    if (fits) cues.push(cue);
  }
  if (cues.length > first + 1) cues.push(...cues.splice(first).sort((one, other) => one.atS - other.atS));
}

/**
 * Adds the cues of one step to `cues`: what begins, advice on the way, a warning ten seconds before a change. What does not fit is left out.
 * @param turn where in the list of advice to begin, so that classes and blocks do not all say the same
 */
export function addCuesOfStep(
  cues: Cue[],
  sport: Sport,
  step: Step,
  cadence: Ramp | null,
  startS: Seconds,
  next: Step | undefined,
  turn: number,
): void {
  const endS = startS + step.durationS;
  const candidates: Cue[] = [{ atS: startS, text: opening(sport, step, cadence) }];
  const ahead = warning(step, next);
  if (ahead !== null) candidates.push({ atS: endS - warningLeadS, text: ahead });
  if (next === undefined && step.durationS >= shortBlockS)
    candidates.push({ atS: endS - warningLeadS, text: "Ten seconds, and that is the class." });
  const count = step.tips?.length ?? Math.floor(step.durationS / tipEveryS);
  const tips = count === 0 ? [] : tipsFor(sport, step);
  for (let index = 0; index < count; index++) {
    const text = tips[(turn + index) % tips.length];
    if (text !== undefined)
      candidates.push({ atS: startS + Math.round((step.durationS * (index + 1)) / (count + 1)), text });
  }
  placeCues(cues, candidates, endS);
}
