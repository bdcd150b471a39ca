import { utmostStretch } from "#domain/soundtrack/objective.ts";
import type { BlockKind } from "#domain/class-plan.ts";
import { clamp, type Milliseconds } from "#domain/units.ts";
import type { LockState } from "./contract.ts";
import type { Deck } from "./deck.ts";
import type { SetMode } from "./mode-choice.ts";
import type { MotionLine } from "./motion-line.ts";
import type { Movement } from "./movement.ts";
import { allowedStretch, stretchAmount } from "./track-fit.ts";

/** Base tempo slew the conductor chooses by itself, per second. Ours; listeners notice about 4 %. */
const chosenSlew = 0.01;
/** Slew while it follows a person, and while the person is probably changing cadence or is far off. */
const followSlew = 0.02;
const chaseSlew = 0.05;
const chaseMismatch = 0.01;
/** Phase is pulled with this time constant and never by more than this share of the tempo. */
const pullS = 0.3;
const utmostPull = 0.06;
const hopelessShare = 0.08;
/** A pull beyond the first stretch takes this time, while the person's own cadence is within the second: it would be heard. */
const easyStretch = 0.077;
const roomyStretch = 0.07;
const easyPullS = 2;
/** Beats that are so much faster or slower than strokes cross one within seconds: a stroke's own unevenness is less. */
const unmetShare = 0.03;
/** While a person is followed the base tempo may stretch a track so far, until another one takes over. */
const followStretch = 0.13;
/** Leads: upward at most 2.5 %; slow-downs cost liking and power more, so they are led less (Waterhouse et al. 2010). */
const leadUp = 0.025;
const leadDown = 0.015;
/** A lost cadence is held this long before the music goes back to the class. */
export const holdMs = 10_000;
/** After the class's target has jumped the music goes to it at once and gives the person this long to come along. */
const settleMs = 10_000;
const settledWithin = 0.04;
const targetJump = 0.03;
/** Locked while strokes are predicted this well and beats are this near; left again when twice as far. */
const lockMs = 60;
/** In a cool-down music goes down with a person who has slowed by more than this. */
const coolDownSlack = 0.03;

/** What a lock state means, for the log. */
export const lockReasons: Readonly<Record<LockState, string>> = {
  class: "the music keeps the class's tempo",
  tempo: "the music follows your cadence",
  searching: "strokes are known; beats move onto them",
  locked: "beats land on strokes",
};

export interface ConductorView {
  readonly nowMs: Milliseconds;
  /** When a command given now sounds at the graph's output. */
  readonly atMs: Milliseconds;
  /** When that is heard: the graph's output plus the output device. */
  readonly heardMs: Milliseconds;
  readonly pulse: MotionLine;
  readonly movement: Movement | null;
  readonly mode: SetMode;
  /** Class target in units per second; null when the class sets none. */
  readonly targetUnitsPerS: number | null;
  /** The class's bounds in units per second. */
  readonly envelope: { readonly low: number; readonly high: number };
  readonly blockKind: BlockKind | null;
  readonly mayLeadUp: boolean;
  readonly deck: Deck | null;
  /** Stretch the plan gave the track of `deck`. */
  readonly plannedStretch: number;
  /** Distance after which beats meet strokes again, in units. */
  readonly lockPeriod: number;
}

export interface Conducted {
  /** Rate of the pulse from `atMs` on, units per second. */
  readonly unitsPerS: number;
  readonly lock: LockState;
}

/** Decides the tempo: a base tempo that moves slowly, and apart from it a pull that brings beats onto strokes. */
export class Conductor {
  /** Base tempo, units per second. */
  base: number;
  /** Predicted distance stroke minus beat at the last look; null while strokes are not followed. */
  errorMs: number | null = null;
  /** Since when the wanted tempo has been out of the track's reach; null while it is within. */
  beyondReachSinceMs: Milliseconds | null = null;
  /** The same for the utmost stretch: beats cannot be put onto strokes any more. */
  beyondUtmostSinceMs: Milliseconds | null = null;
  /** The tempo it would play if the track could, units per second. */
  wanted: number;
  /** When the class's target last jumped. */
  jumpedMs: Milliseconds = -Infinity;
  private lastMs: Milliseconds | null = null;
  private lastMovementMs = -Infinity;
  private lastTarget: number | null = null;
  private lock: LockState = "class";

  constructor(unitsPerS: number) {
    this.base = unitsPerS;
    this.wanted = unitsPerS;
  }

  /** The class has jumped or a new track sets its own tempo: the base tempo starts anew at `unitsPerS`. */
  restart(unitsPerS: number): void {
    if (unitsPerS > 0) this.base = unitsPerS;
  }

  /** Another deck leads: what it cannot play at all, the base tempo does not ask for. */
  takeDeck(deck: Deck, atMs: Milliseconds): void {
    this.base = limitToDeck(this.base, { deck, atMs });
  }

  step(view: ConductorView): Conducted {
    const dtS = this.lastMs === null ? 0 : Math.max(0, view.nowMs - this.lastMs) / 1000;
    this.lastMs = view.nowMs;
    this.noteTarget(view);
    if (view.movement !== null) this.lastMovementMs = view.nowMs;
    const { wanted, slew } = this.choose(view);
    this.moveBase(view, wanted, slew * dtS);
    const pull = this.pull(view);
    this.lock = this.lockOf(view);
    return { unitsPerS: limitToDeck(this.base * (1 + pull), view), lock: this.lock };
  }

  private noteTarget(view: ConductorView): void {
    const { targetUnitsPerS: target, nowMs } = view;
    if (target !== null && this.lastTarget !== null && Math.abs(target / this.lastTarget - 1) > targetJump) {
      this.jumpedMs = nowMs;
    }
    this.lastTarget = target;
  }

  private choose(view: ConductorView): { wanted: number; slew: number } {
    const { movement, mode, targetUnitsPerS: target } = view;
    if (movement === null || mode === "steady") {
      const holds = mode !== "steady" && view.nowMs - this.lastMovementMs < holdMs;
      return { wanted: holds ? this.base : (target ?? this.base), slew: chosenSlew };
    }
    const followed = movement.momentUnitsPerS;
    const comesAlong = target !== null && Math.abs(followed / target - 1) > settledWithin;
    if (target !== null && comesAlong && view.nowMs < this.jumpedMs + settleMs) {
      return { wanted: target, slew: chosenSlew };
    }
    if (mode === "lead" && target !== null) {
      const lead = clamp(target / followed - 1, -leadDown, view.mayLeadUp ? leadUp : 0);
      return { wanted: followed * (1 + lead), slew: followSlew };
    }
    const far = Math.abs(followed / this.base - 1) > chaseMismatch;
    return { wanted: followed, slew: movement.changing || far ? chaseSlew : followSlew };
  }

  private moveBase(view: ConductorView, asked: number, step: number): void {
    let wanted = clamp(asked, view.envelope.low, view.envelope.high);
    if (view.blockKind === "cool-down") wanted = this.coolDownGoal(view, wanted);
    this.wanted = wanted;
    const reach = reachOf(view, allowedOf(view));
    const beyond =
      reach === null
        ? view.movement !== null && view.mode === "follow" && view.deck !== null
        : wanted < reach.low * 0.99 || wanted > reach.high * 1.01;
    if (!beyond) this.beyondReachSinceMs = null;
    else this.beyondReachSinceMs ??= view.nowMs;
    const utmost = reachOf(view, utmostStretch);
    const lost = utmost !== null && (wanted < utmost.low || wanted > utmost.high);
    if (!lost) this.beyondUtmostSinceMs = null;
    else this.beyondUtmostSinceMs ??= view.nowMs;
    const follows = view.movement !== null && view.mode === "follow";
    const held = follows ? reachOf(view, followStretch) : reach;
    const goal = held === null ? wanted : clamp(wanted, held.low, held.high);
    const moved = this.base * clamp(goal / this.base, 1 - step, 1 + step);
    this.base = view.blockKind === "cool-down" ? Math.min(this.base, moved) : moved;
  }

  /** In a cool-down tempo never rises, whatever arrives; and a person's small wavering must not ratchet it down. */
  private coolDownGoal(view: ConductorView, wanted: number): number {
    const wavers = view.movement !== null && wanted > this.base * (1 - coolDownSlack);
    return wavers ? this.base : Math.min(wanted, this.base);
  }

  /** Share of the tempo by which the pulse runs ahead of or behind the base tempo to bring beats onto strokes. */
  private pull(view: ConductorView): number {
    const { movement, deck } = view;
    this.errorMs = null;
    if (movement?.quality !== "phase" || deck === null || !deck.led) return 0;
    if (view.mode !== "follow" || view.blockKind === "cool-down") return 0;
    // A person out of the track's reach cannot be met: beats would only chase strokes round and round.
    if (this.beyondUtmostSinceMs !== null) return 0;
    if (Math.abs(movement.momentUnitsPerS / this.base - 1) > utmostPull + hopelessShare) return 0;
    const period = view.lockPeriod;
    const offBy = movement.phaseAt(view.heardMs) - deck.phaseAt(view.atMs);
    const errorUnits = offBy - period * Math.round(offBy / period);
    const errorS = errorUnits / movement.momentUnitsPerS;
    this.errorMs = errorS * 1000;
    const ahead = movement.momentUnitsPerS / this.base - 1;
    const share = clamp(ahead + errorS / pullS, -utmostPull, utmostPull);
    return this.ease(view, movement, share, ahead + errorS / easyPullS);
  }

  /** A pull that would stretch the track further than is easy gives way to a slow one as far as that. */
  private ease(view: ConductorView, movement: Movement, share: number, slow: number): number {
    const roomy = reachOf(view, roomyStretch);
    const easy = reachOf(view, easyStretch);
    if (roomy === null || easy === null) return share;
    // Somebody further out than that needs all of it to be met.
    const { momentUnitsPerS } = movement;
    if (momentUnitsPerS < roomy.low || momentUnitsPerS > roomy.high) return share;
    const low = Math.min(0, easy.low / this.base - 1);
    const high = Math.max(0, easy.high / this.base - 1);
    if (share > high) return Math.min(share, Math.max(high, slow));
    return share < low ? Math.max(share, Math.min(low, slow)) : share;
  }

  /** Whether beats can go as fast as the person: otherwise they only pass over the strokes now and then. */
  private canMeet(view: ConductorView, { momentUnitsPerS }: Movement): boolean {
    const ahead = clamp(momentUnitsPerS / this.base - 1, -utmostPull, utmostPull);
    return Math.abs(momentUnitsPerS / limitToDeck(this.base * (1 + ahead), view) - 1) < unmetShare;
  }

  private lockOf(view: ConductorView): LockState {
    const { movement } = view;
    if (movement === null || view.mode === "steady") return "class";
    if (this.errorMs === null) return "tempo";
    if (!this.canMeet(view, movement)) return "searching";
    const near = this.lock === "locked" ? 2 * lockMs : lockMs;
    return Math.abs(this.errorMs) < near && movement.sigmaMs < near ? "locked" : "searching";
  }
}

/** The allowed stretch, or the plan's where the plan went further. */
function allowedOf({ plannedStretch }: Pick<ConductorView, "plannedStretch">): number {
  const planned = plannedStretch > 0 ? stretchAmount(plannedStretch) : 0;
  return Math.min(utmostStretch, Math.max(allowedStretch, planned + 0.01));
}

/** Base tempos the deck's track serves within a stretch. */
function reachOf(
  view: Pick<ConductorView, "deck" | "atMs">,
  stretch: number,
): { low: number; high: number } | null {
  const { deck } = view;
  if (deck === null || !deck.led) return null;
  const untouched = 1 / deck.rateFor(1, deck.line.valueAt(view.atMs));
  return { low: untouched * (1 - stretch), high: untouched * (1 + stretch) };
}

/** The pulse never asks a deck for more than the utmost stretch: the deck would fall behind and lose its place. */
function limitToDeck(unitsPerS: number, view: Pick<ConductorView, "deck" | "atMs">): number {
  const reach = reachOf(view, utmostStretch);
  return reach === null ? unitsPerS : clamp(unitsPerS, reach.low, reach.high);
}
