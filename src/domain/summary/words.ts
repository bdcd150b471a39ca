/** A workout in words, without a model: every number is a fact, rounded the way a person says it. */
import type { AthleteProfile } from "../athlete.ts";
import type { WorkoutHead } from "../workout.ts";
import type { SummaryFacts } from "./facts.ts";

/** 245 -> "4:05"; 3725 -> "1:02:05". */
export function formatClock(seconds: number): string {
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [, minutes, rest] = parts.map((part) => String(part).padStart(2, "0"));
  return parts[0] === 0 ? `${parts[1]}:${rest}` : `${parts[0]}:${minutes}:${rest}`;
}

const metresPerMile = 1609.344;

export function formatDistance(metres: number, units: AthleteProfile["units"]): string {
  if (units === "imperial") return `${(metres / metresPerMile).toFixed(1)} mi`;
  return metres < 1000 ? `${Math.round(metres)} m` : `${(metres / 1000).toFixed(1)} km`;
}

const activityNames: Readonly<Record<string, string>> = {
  cycling: "ride",
  running: "run",
  walking: "walk",
  rowing: "row",
  strength: "strength class",
  mobility: "mobility class",
};

const cadenceUnit = (sport: string): string => (sport === "cycling" ? "rpm" : "spm");

function opening(head: WorkoutHead, facts: SummaryFacts, units: AthleteProfile["units"]): string {
  const activity = activityNames[head.sport] ?? "workout";
  const distance =
    facts.distanceM !== null && facts.distanceM > 0 ? `, ${formatDistance(facts.distanceM, units)}` : "";
  return `${head.classTitle}: a ${activity} of ${formatClock(facts.durationS)}${distance}.`;
}

function powerSentence(facts: SummaryFacts): string | null {
  if (facts.averagePowerW === null) return null;
  const best = facts.bestPower60sW;
  const bestText =
    best === null
      ? ""
      : `; your best minute was ${Math.round(best.value)} W, from ${formatClock(best.startS)}`;
  return `You averaged ${Math.round(facts.averagePowerW)} W${bestText}.`;
}

function cadenceSentence(facts: SummaryFacts, sport: string): string | null {
  if (facts.averageCadence === null) return null;
  const best = facts.bestCadence;
  const unit = cadenceUnit(sport);
  const bestText = best === null ? "" : `, ${Math.round(best.value)} ${unit} over your fastest half minute`;
  return `Cadence averaged ${Math.round(facts.averageCadence)} ${unit}${bestText}.`;
}

function heartSentence(facts: SummaryFacts): string | null {
  if (facts.averageHeartRateBpm === null || facts.maxHeartRateBpm === null) return null;
  return `Your heart rate averaged ${Math.round(facts.averageHeartRateBpm)} bpm and peaked at ${Math.round(facts.maxHeartRateBpm)}.`;
}

function musicSentence(facts: SummaryFacts): string | null {
  if (facts.tempoAdherencePct === null) return null;
  return `The music was within 5 % of your tempo for ${Math.round(facts.tempoAdherencePct)} % of the time you were moving.`;
}

/** Below this a track's effect is noise, not a lift. */
const noticeableLiftPct = 1;

function liftSentence(facts: SummaryFacts): string | null {
  const best = facts.trackEffort.find((track) => !track.skipped && track.effortPct !== null);
  if (best?.effortPct === undefined || best.effortPct === null || best.effortPct < noticeableLiftPct)
    return null;
  return `“${best.title}” lifted you most: ${best.effortPct.toFixed(1)} % above your effort over the whole class.`;
}

function trustSentence(facts: SummaryFacts): string | null {
  if (facts.distrustS < 1) return null;
  return `For ${formatClock(facts.distrustS)} a sensor was not believable, and the music followed the class instead.`;
}

/** Two to seven short sentences; a fact that was not measured is not mentioned. */
export function describe(facts: SummaryFacts, head: WorkoutHead, units: AthleteProfile["units"]): string {
  const sentences = [
    opening(head, facts, units),
    powerSentence(facts),
    cadenceSentence(facts, head.sport),
    heartSentence(facts),
    musicSentence(facts),
    liftSentence(facts),
    trustSentence(facts),
  ];
  return sentences.filter((sentence) => sentence !== null).join(" ");
}
