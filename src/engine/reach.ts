import { shortestSlotS, utmostStretch } from "#domain/soundtrack/objective.ts";
import { beatsPerMovement } from "#domain/soundtrack/why.ts";
import type { Sport, Targets } from "#domain/class-plan.ts";
import type { Cadence, Milliseconds } from "#domain/units.ts";
import type { BoothView } from "./booth-view.ts";
import type { Conductor } from "./conductor.ts";
import type { Deck } from "./deck.ts";
import { heldMs, type RecentCadence } from "./recent-cadence.ts";
import { allowedStretch, bestFit, stretchAmount } from "./track-fit.ts";
import type { Transitions } from "./transitions.ts";

/** A tempo out of reach for so long is meant; shorter ones are a hill, a bottle, a look back. */
const patienceMs = 8000;
/** After letting go, or changing, the music does not try again before this. */
const restMs = 30_000;
/** A person whom the track cannot follow even at the utmost stretch is not kept waiting. */
const lostPatienceMs = 1000;
/** While their cadence still moves they wait a little: what is chosen meanwhile is out of reach again when it sounds. */
const movingPatienceMs = 4000;
/** Nor one whom the class has just led out of its reach: that is known to last. */
const jumpPatienceMs = 500;
const jumpFreshMs = 10_000;
const hurriedRestMs = 8000;
/** What was chosen while a cadence moved need not be borne with once it holds. */
const heldRestMs = 3000;
/** What a change should serve is the cadence of so much time: a second without a stroke is no cadence. */
const meantMs = 4000;
/** With so little of a slot left its own end is the change. */
const slotLeftS = 20;
const lostSlotLeftS = 6;

const plannedShare = 0.03;

export interface ReachChange {
  readonly value: string;
  readonly reason: string;
}

/** When the tempo asked for leaves what a track can be stretched to: another ratio, else another track, else let go. */
export class ReachKeeper {
  private changedMs: Milliseconds = -Infinity;
  letGo = false;

  /** A new track leads: it gets its time. */
  newTrack(nowMs: Milliseconds): void {
    this.letGo = false;
    this.changedMs = nowMs;
  }

  step(
    conductor: Conductor,
    recent: RecentCadence,
    transitions: Transitions,
    deck: Deck | null,
    view: BoothView,
    sport: Sport,
    targets: Targets | null,
  ): ReachChange | null {
    const since = conductor.beyondReachSinceMs;
    if (since === null) this.letGo = false;
    if (since === null || deck === null || transitions.fading) return null;
    const lostSince = conductor.beyondUtmostSinceMs;
    const lostForMs = lostSince === null ? -Infinity : view.nowMs - lostSince;
    const holds = recent.holds(view.nowMs);
    const lost = lostForMs >= (holds ? lostPatienceMs : movingPatienceMs);
    const targetCadence = targets?.cadence ?? null;
    // Shorter blocks are a set that one track serves, as the planner has it.
    const lasting = (targets?.block.durationS ?? 0) >= shortestSlotS;
    const jumped = lasting && view.nowMs - conductor.jumpedMs < jumpFreshMs;
    if (!lost && view.nowMs - since < (jumped ? jumpPatienceMs : patienceMs)) return null;
    const now = conductor.wanted * 60;
    // What the person did before a jump says nothing of what comes.
    const cadence = jumped ? now : (recent.at(view.nowMs, lost && holds ? heldMs : meantMs)?.cadence ?? now);
    const asked = `${Math.round(cadence)} a minute is out of the track's reach`;
    const ratio = changeRatio(conductor, deck, view, sport, cadence, allowedStretch);
    if (ratio !== null) return { value: ratio.value, reason: `${asked} ${ratio.reason}` };
    // What the class itself asks for was known when the track was planned over it.
    const atTarget = targetCadence !== null && Math.abs(cadence / targetCadence - 1) < plannedShare;
    const slot = transitions.course.current;
    const planned = atTarget && slot?.tempoRatio === deck.tempoRatio && !lost && !jumped;
    const usualRestMs = lost || jumped ? hurriedRestMs : restMs;
    if (planned || view.nowMs < this.changedMs + (lost && holds ? heldRestMs : usualRestMs)) return null;
    const leftS = (transitions.course.current?.endS ?? Infinity) - view.classTimeS;
    if (leftS < (lost ? lostSlotLeftS : slotLeftS)) return null;
    const track =
      transitions.changeTrack(view, cadence) ?? (lost ? transitions.changeTrack(view, now) : null);
    if (track !== null || !lost) this.changedMs = view.nowMs;
    if (track !== null) {
      recent.restart(view.nowMs, cadence, targetCadence);
      return { value: `next: ${track.id}`, reason: asked };
    }
    const last = lost ? changeRatio(conductor, deck, view, sport, cadence, utmostStretch) : null;
    if (last !== null) return { value: last.value, reason: `${asked} ${last.reason}` };
    if (this.letGo) return null;
    this.letGo = true;
    return { value: "lets go", reason: `${asked}, and no other track serves it` };
  }
}

/** Takes the track's best ratio for a cadence, when that is another one and serves it within a stretch. */
function changeRatio(
  conductor: Conductor,
  deck: Deck,
  view: BoothView,
  sport: Sport,
  cadence: Cadence,
  within: number,
): ReachChange | null {
  const fit = bestFit(deck.track, cadence, sport);
  const before = deck.tempoRatio;
  if (fit === null || fit.tempoRatio === before || stretchAmount(fit.stretch) > within) return null;
  deck.tempoRatio = fit.tempoRatio;
  if (before > 0) conductor.restart((conductor.base * before) / fit.tempoRatio);
  else conductor.restart(deck.line.rateAt(view.atMs) / deck.rateFor(1, deck.line.valueAt(view.atMs)));
  deck.anchorAt(view.pulse.valueAt(view.atMs), deck.beatAt(view.atMs));
  return { value: `ratio: ${fit.tempoRatio}`, reason: `at ${beatsPerMovement(before, sport)}` };
}
