import type { Sport } from "#domain/class-plan.ts";
import { plannedSourceS, type Slot } from "#domain/soundtrack.ts";
import { beatGridOf, type PlannerTrack } from "#domain/track.ts";
import type { Cadence, Seconds } from "#domain/units.ts";
import type { BoothView } from "./booth-view.ts";
import { allowedStretch, bestFit, pickTrack, stretchAmount } from "./track-fit.ts";

export interface Turn {
  readonly slot: Slot;
  readonly track: PlannerTrack;
  /** Source position of the bar line on which the track takes over. */
  readonly entryS: Seconds;
}

/** A planned stretch this much better than the one needed now says that the plan no longer holds. */
const planSlack = 0.02;

/** A track stretched by more than this at the person's cadence leaves too little room to bring beats onto strokes. */
const easyStretch = 0.05;

/** With nothing new left, a track may come back after so many others. */
const repeatAfterTracks = 3;

/** The slots as they are really gone through: the plan, bent by skips, failures and a cadence the plan did not expect. */
export class Course {
  private readonly sport: Sport;
  private readonly tracks: Map<string, PlannerTrack>;
  private slots: Slot[];
  private readonly unusable = new Set<string>();
  private readonly played = new Set<string>();
  index = -1;

  constructor(sport: Sport, slots: readonly Slot[], tracks: ReadonlyMap<string, PlannerTrack>) {
    this.sport = sport;
    this.slots = [...slots];
    this.tracks = new Map(tracks);
  }

  get current(): Slot | null {
    return this.slots[this.index] ?? null;
  }

  get nextSlot(): Slot | null {
    return this.slots[this.index + 1] ?? null;
  }

  /** Makes the slot at a class time the next one. */
  seek(classTimeS: Seconds): void {
    const found = this.slots.findIndex((slot) => slot.endS > classTimeS);
    this.index = found === -1 ? this.slots.length - 1 : found - 1;
  }

  /** Goes on to the next slot. */
  advance(turn: Turn): void {
    this.index = Math.min(this.index + 1, this.slots.length - 1);
    this.slots[this.index] = turn.slot;
    this.played.delete(turn.slot.trackId);
    this.played.add(turn.slot.trackId);
  }

  /** The track for the next slot as the moment asks; null when there is no next slot or nothing to play in it. */
  nextTurn(view: BoothView): Turn | null {
    while (this.nextSlot !== null) {
      const turn = this.turnFor(this.nextSlot, view);
      if (turn !== null) return turn;
      this.slots.splice(this.index + 1, 1);
    }
    return null;
  }

  /** More music when a track ends before its slot and nothing follows. */
  extend(view: BoothView, endS: Seconds): void {
    const current = this.current;
    const cadence = view.cadenceFrom(view.classTimeS);
    const pick = cadence === null ? null : this.pick(view, cadence, endS - view.classTimeS);
    const trackId = pick?.track.id ?? this.anyTrack(current?.trackId ?? null);
    if (current === null || trackId === null) return;
    const why = ["The track before ended early."];
    const fit = pick ?? { tempoRatio: current.tempoRatio, stretch: current.stretch };
    const { tempoRatio, stretch } = fit;
    this.slots[this.index] = { ...current, endS: view.classTimeS };
    this.slots.splice(this.index + 1, 0, {
      startS: view.classTimeS,
      endS,
      trackId,
      sourceStartS: 0,
      tempoRatio,
      stretch,
      why,
    });
  }

  /** Puts a track that serves `cadence` in place of the rest of the current slot; null when there is none. */
  change(view: BoothView, cadence: Cadence): PlannerTrack | null {
    const slot = this.current;
    const pick = slot === null ? null : this.pick(view, cadence, slot.endS - view.classTimeS);
    if (slot === null || pick === null) return null;
    const { track, tempoRatio, stretch } = pick;
    const why = [`${Math.round(cadence)} a minute was out of the last track's reach.`];
    const startS = view.classTimeS;
    const changed = {
      ...slot,
      startS,
      trackId: track.id,
      sourceStartS: entryOf(track),
      tempoRatio,
      stretch,
      why,
    };
    this.slots.splice(this.index + 1, 0, changed);
    return track;
  }

  /** New slots from their first start on. True when the next one is due now. */
  replan(slots: readonly Slot[], tracks: readonly PlannerTrack[], classTimeS: Seconds): boolean {
    for (const track of tracks) this.tracks.set(track.id, track);
    const first = slots[0];
    if (first === undefined) return false;
    const current = this.current;
    if (current === null || first.trackId === current.trackId) {
      this.slots = [...slots];
      this.index = current === null ? -1 : 0;
      return false;
    }
    this.slots = [{ ...current, endS: Math.max(first.startS, current.startS) }, ...slots];
    this.index = 0;
    return first.startS <= classTimeS + 1;
  }

  /** Never play this track again. True when the plan ahead names it. */
  ban(trackId: string): boolean {
    this.unusable.add(trackId);
    return this.slots.some((slot, index) => index > this.index && slot.trackId === trackId);
  }

  get banned(): readonly string[] {
    return [...this.unusable];
  }

  private turnFor(slot: Slot, view: BoothView): Turn | null {
    const planned = this.tracks.get(slot.trackId);
    const cadence = view.cadenceFrom(Math.max(slot.startS, view.classTimeS));
    const sounds = slot.trackId === this.current?.trackId;
    const playable = planned !== undefined && !this.unusable.has(slot.trackId);
    const usable = playable && !sounds;
    if (usable && this.holds(slot, planned, cadence)) return this.asPlanned(slot, planned, view);
    const fit = usable && cadence !== null ? bestFit(planned, cadence, this.sport) : null;
    const amount = fit === null ? Infinity : stretchAmount(fit.stretch);
    if (usable && fit !== null && amount <= easyStretch)
      return this.asPlanned({ ...slot, ...fit }, planned, view);
    const pick = cadence === null ? null : this.pick(view, cadence, slot.endS - view.classTimeS);
    const better = pick === null || stretchAmount(pick.stretch) < amount - planSlack ? pick : null;
    if (better === null && usable && fit !== null && amount <= allowedStretch) {
      return this.asPlanned({ ...slot, ...fit }, planned, view);
    }
    if (pick !== null) {
      const { track, tempoRatio, stretch } = pick;
      const why = ["It fits your cadence better than the planned track."];
      const sourceStartS = entryOf(track);
      const chosen = { ...slot, trackId: track.id, sourceStartS, tempoRatio, stretch, why };
      return { slot: chosen, track, entryS: sourceStartS };
    }
    return playable ? this.asPlanned(slot, planned, view) : null;
  }

  private holds(slot: Slot, track: PlannerTrack, cadence: Cadence | null): boolean {
    if (cadence === null || !(slot.tempoRatio > 0) || !(track.tempoBpm > 0)) return true;
    const needed = stretchAmount((slot.tempoRatio * cadence) / track.tempoBpm);
    return needed <= easyStretch || needed <= stretchAmount(slot.stretch) + planSlack;
  }

  private asPlanned(slot: Slot, track: PlannerTrack, view: BoothView): Turn {
    const late = view.classTimeS > slot.startS ? plannedSourceS(slot, view.classTimeS) : slot.sourceStartS;
    const entryS = late < track.durationS - 30 ? downbeatNear(track, late) : slot.sourceStartS;
    return { slot, track, entryS };
  }

  private pick(view: BoothView, cadence: Cadence, lengthS: Seconds): ReturnType<typeof pickTrack> {
    const planned = this.slots.filter((_, index) => index > this.index).map((slot) => slot.trackId);
    const wish = { cadence, energy: view.energyAt(view.classTimeS), sport: this.sport, lengthS };
    const current = this.current === null ? [] : [this.current.trackId];
    const lately = [...this.played].slice(-repeatAfterTracks);
    const tries = [
      [...this.unusable, ...current, ...this.played, ...planned],
      [...this.unusable, ...current, ...lately, ...planned.slice(0, repeatAfterTracks)],
    ];
    for (const excluded of tries) {
      const pick = pickTrack(this.tracks.values(), { ...wish, excluding: new Set(excluded) });
      if (pick !== null) return pick;
    }
    return null;
  }

  private anyTrack(except: string | null): string | null {
    let found: string | null = null;
    for (const id of this.tracks.keys()) {
      if (this.unusable.has(id)) continue;
      if (id !== except) return id;
      found = id;
    }
    return found;
  }
}

/** Where an unplanned track is entered: its first downbeat. */
function entryOf(track: PlannerTrack): Seconds {
  return beatGridOf(track).downbeatsS[0] ?? 0;
}

function downbeatNear(track: PlannerTrack, sourceS: Seconds): Seconds {
  let best = sourceS;
  let bestDistance = Infinity;
  for (const downbeatS of beatGridOf(track).downbeatsS) {
    const distance = Math.abs(downbeatS - sourceS);
    if (distance < bestDistance) {
      bestDistance = distance;
      best = downbeatS;
    }
  }
  return best;
}
