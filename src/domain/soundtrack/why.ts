import type { Sport } from "../class-plan.ts";
import type { Placed } from "./align.ts";
import { camelotDistance, utmostStretch } from "./objective.ts";

interface MovementWords {
  readonly one: string;
  readonly many: string;
  readonly unit: string;
}

export function movementWords(sport: Sport): MovementWords {
  if (sport === "cycling") return { one: "turn", many: "turns", unit: "rpm" };
  if (sport === "rowing") return { one: "stroke", many: "strokes", unit: "spm" };
  return { one: "step", many: "steps", unit: "spm" };
}

/** "two beats per turn", "one beat every 2 steps"; 0 is "no beats per turn". */
export function beatsPerMovement(tempoRatio: number, sport: Sport): string {
  const words = movementWords(sport);
  if (tempoRatio > 0 && tempoRatio < 1) return `one beat every ${Math.round(1 / tempoRatio)} ${words.many}`;
  const counts: Record<number, string> = { 0: "no", 1: "one", 2: "two", 4: "four", 8: "eight" };
  const count = counts[tempoRatio] ?? String(tempoRatio);
  return `${count} beat${tempoRatio === 1 ? "" : "s"} per ${words.one}`;
}

function short(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}

/** How two playback rates, the lower first, compare with the recording. */
function asPlayed(low: number, high: number): string {
  const pct = (rate: number) => short(Math.abs(100 * (rate - 1)), 1);
  const word = (rate: number) => (rate < 1 ? "slower" : "faster");
  const [from, to] = [pct(low), pct(high)];
  if (from === "0" && to === "0") return "as recorded";
  if (from === to && word(low) === word(high)) return `${to} % ${word(high)} than recorded`;
  if (from === "0") return `up to ${to} % faster than recorded`;
  if (to === "0") return `up to ${from} % slower than recorded`;
  if (word(low) === word(high)) return `${from} to ${to} % ${word(high)} than recorded`;
  return `from ${from} % slower to ${to} % faster than recorded`;
}

function tempoReason({ track, played }: Placed, tempoRatio: number, sport: Sport): string {
  const cadenced = played.filter(({ cadence }) => cadence !== null);
  if (cadenced.length === 0) return "No cadence to keep here: it plays as recorded.";
  if (!(track.tempoBpm > 0)) return "Its tempo is not known: it plays as recorded.";
  const words = movementWords(sport);
  const fitting = cadenced.filter(
    ({ fit }) => fit?.tempoRatio === tempoRatio && Math.abs(fit.stretch - 1) <= utmostStretch,
  );
  const tempo = `${short(track.tempoBpm, 1)} BPM`;
  const sorted = fitting.toSorted((a, b) => (a.cadence ?? 0) - (b.cadence ?? 0));
  const [low, high] = [sorted[0], sorted.at(-1)];
  if (low === undefined || high === undefined) {
    const cadence = short(cadenced[0]?.cadence ?? 0, 0);
    return `${tempo} does not fit ${cadence} ${words.unit}: it plays as recorded.`;
  }
  const from = short(low.cadence ?? 0, 0);
  const to = short(high.cadence ?? 0, 0);
  const beats = beatsPerMovement(tempoRatio, sport);
  return from === to
    ? `${tempo} is ${beats} at ${from} ${words.unit}, ${asPlayed(low.rate, high.rate)}.`
    : `${tempo} is ${beats} from ${from} to ${to} ${words.unit}, ${asPlayed(low.rate, high.rate)}.`;
}

function energyReason({ track, played, startS, endS }: Placed): string {
  const wanted =
    played.reduce((sum, piece) => sum + piece.energy * (piece.endS - piece.startS), 0) / (endS - startS);
  return `Energy ${short(track.energy, 2)} where the class asks for ${short(wanted, 2)}.`;
}

function keyReason(before: Placed, { track }: Placed): string | null {
  const [from, to] = [before.track.key, track.key];
  if (from === null || to === null) return null;
  const distance = camelotDistance(from, to);
  if (distance === 0) return `Key ${to} stays.`;
  if (distance === 1) return `Key ${to} follows ${from}: neighbours.`;
  return `Key ${to} follows ${from}: ${distance} steps apart.`;
}

/** How much worse a soundtrack gets that costs `extraPct` percent more, as somebody who listens would say it. */
export function worseWords(extraPct: number): string {
  if (extraPct < -0.1) return "better";
  if (extraPct < 0.1) return "as good";
  if (extraPct < 1) return "hardly worse";
  if (extraPct < 3) return "a little worse";
  return extraPct < 8 ? "worse" : "much worse";
}

/** Why this track here: plain sentences, every number true of the plan. */
export function reasonsFor(
  placed: readonly Placed[],
  index: number,
  tempoRatio: number,
  sport: Sport,
): string[] {
  const now = placed[index];
  if (now === undefined) return [];
  const before = index > 0 ? placed[index - 1] : undefined;
  const key = before === undefined ? null : keyReason(before, now);
  const reasons = [tempoReason(now, tempoRatio, sport), energyReason(now)];
  if (key !== null) reasons.push(key);
  if (now.track.taste >= 0.75) reasons.push("You like it.");
  if (now.track.confident === false) reasons.push("Its beat grid is unsure.");
  const earlier = placed.slice(0, index).findLast(({ track }) => track.id === now.track.id);
  if (earlier !== undefined) {
    const minutes = Math.round((now.startS - earlier.endS) / 60);
    reasons.push(
      minutes > 0
        ? `It comes back after ${minutes} min: the library is too short for this class.`
        : "It comes back at once: the library is too short for this class.",
    );
  }
  return reasons;
}
