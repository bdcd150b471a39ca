import type { Sport } from "#domain/class-plan.ts";
import type { Slot } from "#domain/soundtrack.ts";
import type { PlannerTrack } from "#domain/track.ts";
import type { Cadence, Milliseconds, Seconds } from "#domain/units.ts";
import type { BoothView } from "./booth-view.ts";
import type { EngineCommand } from "./contract.ts";
import { Course, type Turn } from "./course.ts";
import { Deck } from "./deck.ts";
import type { MotionLine } from "./motion-line.ts";
import { PlayLog } from "./play-log.ts";
import { planTransition, type TransitionPlan, type TransitionStyle } from "./transition-plan.ts";

interface Queued {
  readonly turn: Turn;
  readonly deck: Deck;
  readonly readyMs: Milliseconds;
  checkedMs: Milliseconds;
}

interface Fade extends TransitionPlan {
  readonly outgoing: Deck;
  readonly incoming: Deck;
  readonly turn: Turn;
  swapped: boolean;
}

/** A deck is loaded from this much before the entry bar line, for the half of a crossfade that lies before it. */
const preRollS = 10;
/** A freshly loaded deck can sound after this. */
const loadMs = 700;
/** A transition is committed when it begins within this time; ticks come at least every 100 ms. */
const commitMs = 150;
/** The next track is looked at again, with the cadence of late, this long before its turn, and every so often from then. */
const recheckS = 25;
const recheckEveryMs = 4000;
const edgeFadeMs = 60;
/** What starts takes this much longer to be heard than a change of rate: the stretcher begins from nothing. */
const entranceMs = 60;
const turnsKept = 3;
/** A crossfade takes half of four bars before its middle at most. */
const barsToSpare = 8;

/** Hands over between the two decks: loads, starts and fades them on bar lines, and keeps them on the pulse. */
export class Transitions {
  readonly course: Course;
  readonly log = new PlayLog();
  private current: Deck | null = null;
  private queued: Queued | null = null;
  private fade: Fade | null = null;
  private hurry = false;
  /** Who led from when on, output time; the last few. */
  private turns: { readonly deck: Deck; readonly fromMs: Milliseconds }[] = [];

  constructor(sport: Sport, slots: readonly Slot[], tracks: ReadonlyMap<string, PlannerTrack>) {
    this.course = new Course(sport, slots, tracks);
  }

  get next(): { trackId: string; why: readonly string[] } | null {
    const slot = this.queued?.turn.slot ?? this.course.nextSlot;
    return slot === null ? null : { trackId: slot.trackId, why: slot.why };
  }

  get fading(): boolean {
    return this.fade !== null;
  }

  /** How the transition under way goes. */
  get style(): TransitionStyle | null {
    return this.fade?.style ?? null;
  }

  /** Why the newest track plays. */
  get why(): readonly string[] {
    return (this.fade?.turn.slot ?? this.course.current)?.why ?? [];
  }

  /** The deck that leads at an output time: the incoming one from the middle of a crossfade on. */
  leaderAt(tMs: Milliseconds): Deck | null {
    let leader = this.turns[0]?.deck ?? null;
    for (const turn of this.turns) if (turn.fromMs <= tMs) leader = turn.deck;
    return leader;
  }

  /** Output times of the leading decks' beats; of the last few tracks. */
  beatsBetween(fromMs: Milliseconds, toMs: Milliseconds): Milliseconds[] {
    return this.turns.flatMap(({ deck, fromMs: sinceMs }, index) => {
      const untilMs = this.turns[index + 1]?.fromMs ?? Infinity;
      return deck.beatsBetween(Math.max(fromMs, sinceMs), Math.min(toMs, untilMs));
    });
  }

  /** Decks that sound or are about to. */
  sounding(): Deck[] {
    if (this.fade !== null) return [this.fade.outgoing, this.fade.incoming];
    return this.current === null ? [] : [this.current];
  }

  /** Loads the track of the slot at a class time; nothing sounds yet. */
  prepare(view: BoothView): EngineCommand[] {
    this.course.seek(view.classTimeS);
    return this.queueNext(view);
  }

  /** Starts the prepared track at `startMs`. */
  begin(startMs: Milliseconds, view: BoothView): EngineCommand[] {
    const queued = this.queued;
    if (queued === null) return [];
    this.queued = null;
    const { deck, turn } = queued;
    this.current = deck;
    this.turns = [{ deck, fromMs: startMs }];
    this.course.advance(turn);
    this.log.change(deck.track, view.elapsedAt(startMs));
    deck.anchorAt(view.pulse.valueAt(startMs), deck.map?.steadyBeatAt(turn.entryS) ?? 0);
    const start = deck.start(startMs, turn.entryS, deck.rateFor(view.unitsPerS, turn.entryS));
    return [start, fadeCommand(deck, startMs, startMs + edgeFadeMs, 1)];
  }

  /** One look: hands over where it is time, keeps the decks on the pulse. `endS` is the length of the class. */
  step(view: BoothView, endS: Seconds): EngineCommand[] {
    const commands: EngineCommand[] = [];
    this.finishFade(view);
    if (this.fade === null && this.current !== null) {
      if (this.queued === null) commands.push(...this.queueNext(view));
      if (this.queued === null && this.runsOutBefore(view, endS)) {
        this.course.extend(view, endS);
        this.hurry = true;
        commands.push(...this.queueNext(view));
      }
      commands.push(...this.recheck(view));
      commands.push(...this.handOver(view));
    }
    for (const deck of this.sounding()) commands.push(...deck.follow(view.atMs, view.pulse));
    return commands;
  }

  /** Leaves the sounding track at the next bar line; never plays it again. Answers its id. */
  skipTrack(): string | null {
    const leader = this.leaderAt(Infinity);
    if (leader === null) return null;
    this.course.ban(leader.track.id);
    this.hurry = true;
    this.log.markSkipped();
    return leader.track.id;
  }

  /** The class moved: the track of its slot takes over unless it sounds already. */
  jump(view: BoothView): EngineCommand[] {
    this.course.seek(view.classTimeS);
    this.queued = null;
    const next = this.course.nextSlot;
    const leader = this.leaderAt(Infinity);
    if (next === null || leader === null) return [];
    if (next.trackId === leader.track.id) {
      this.course.advance({ slot: next, track: leader.track, entryS: next.sourceStartS });
      return [];
    }
    this.hurry = true;
    return this.fade === null ? this.queueNext(view) : [];
  }

  replan(slots: readonly Slot[], tracks: readonly PlannerTrack[], classTimeS: Seconds): void {
    if (this.course.replan(slots, tracks, classTimeS)) this.hurry = true;
    this.queued = null;
  }

  /** A track cannot be played. True when the plan ahead needs it or it sounds now. */
  trackFailed(trackId: string): boolean {
    const planned = this.course.ban(trackId);
    if (this.queued?.deck.track.id === trackId) this.queued = null;
    const sounds = this.leaderAt(Infinity)?.track.id === trackId;
    if (sounds) this.hurry = true;
    return planned || sounds;
  }

  /** Looks for a track that serves a cadence the sounding one cannot reach; null: there is none, let go. */
  changeTrack(view: BoothView, cadence: Cadence): PlannerTrack | null {
    if (this.fade !== null || this.hurry) return null;
    const track = this.course.change(view, cadence);
    if (track !== null) {
      this.queued = null;
      this.hurry = true;
    }
    return track;
  }

  /** Silences the decks from `atMs` on; `resume` takes up where they were. */
  pause(atMs: Milliseconds): EngineCommand[] {
    const decks = this.sounding();
    this.settleFade();
    return decks.flatMap((deck) => stopCommands(deck, atMs, atMs + edgeFadeMs));
  }

  resume(pausedMs: Milliseconds, atMs: Milliseconds, pulse: MotionLine): EngineCommand[] {
    const deck = this.current;
    if (deck === null) return [];
    const start = deck.start(atMs, deck.line.valueAt(pausedMs), deck.line.rateAt(pausedMs));
    deck.anchorAt(pulse.valueAt(atMs), deck.beatAt(atMs));
    return [start, fadeCommand(deck, atMs, atMs + edgeFadeMs, 1)];
  }

  fadeOut(fromMs: Milliseconds, toMs: Milliseconds): EngineCommand[] {
    return this.sounding().flatMap((deck) => stopCommands(deck, fromMs, toMs));
  }

  private queueNext(view: BoothView): EngineCommand[] {
    const turn = this.course.nextTurn(view);
    if (turn === null) return [];
    const { track, slot, entryS } = turn;
    const deck = new Deck(this.current?.id === "a" ? "b" : "a", track, slot.tempoRatio, slot.stretch);
    this.queued = { turn, deck, readyMs: view.nowMs + loadMs, checkedMs: view.nowMs };
    const sourceS = Math.max(0, entryS - preRollS);
    return [{ kind: "deck-load", deck: deck.id, trackId: track.id, sourceS }];
  }

  private recheck(view: BoothView): EngineCommand[] {
    const queued = this.queued;
    const endS = this.course.current?.endS ?? Infinity;
    if (queued === null || this.hurry || view.classTimeS < endS - recheckS) return [];
    if (view.nowMs - queued.checkedMs < recheckEveryMs) return [];
    queued.checkedMs = view.nowMs;
    const turn = this.course.nextTurn(view);
    if (turn === null) return [];
    if (turn.track.id === queued.deck.track.id) {
      queued.deck.tempoRatio = turn.slot.tempoRatio;
      return [];
    }
    this.queued = null;
    return this.queueNext(view);
  }

  private runsOutBefore(view: BoothView, endS: Seconds): boolean {
    const deck = this.current;
    if (deck === null) return false;
    const leftS =
      (deck.track.durationS - deck.line.valueAt(view.atMs)) / Math.max(0.1, deck.line.rateAt(view.atMs));
    return leftS < preRollS && endS - view.classTimeS > leftS + 2;
  }

  private handOver(view: BoothView): EngineCommand[] {
    const { queued, current } = this;
    const slot = this.course.current;
    if (queued === null || current === null || slot === null) return [];
    const { deck, turn } = queued;
    const fresh = Math.max(view.atMs + entranceMs, queued.readyMs);
    const plan = planTransition({
      outgoing: current,
      incoming: deck,
      entryS: turn.entryS,
      wantedMs: this.hurry ? fresh : view.msAtClassTime(slot.endS),
      earliestMs: fresh,
      hurry: this.hurry,
      unitsPerS: view.unitsPerS,
      strokeNear: (tMs) => view.strokeNear(tMs),
    });
    if (plan.fromMs > view.atMs + commitMs) return [];
    return this.commit(plan, current, queued, view);
  }

  private commit(plan: TransitionPlan, outgoing: Deck, queued: Queued, view: BoothView): EngineCommand[] {
    const { deck, turn } = queued;
    const { fromMs, sourceS, rate } = entry(plan, outgoing, queued, view);
    this.fade = { ...plan, fromMs, outgoing, incoming: deck, turn, swapped: false };
    this.turns = [...this.turns.slice(-turnsKept), { deck, fromMs: plan.midMs }];
    this.queued = null;
    this.hurry = false;
    return [
      deck.start(fromMs, sourceS, rate),
      fadeCommand(deck, fromMs, plan.toMs, 1),
      ...stopCommands(outgoing, fromMs, plan.toMs),
    ];
  }

  private finishFade(view: BoothView): void {
    const fade = this.fade;
    if (fade === null) return;
    if (!fade.swapped && view.atMs >= fade.midMs) {
      fade.swapped = true;
      this.course.advance(fade.turn);
      this.log.change(fade.incoming.track, view.elapsedAt(fade.midMs));
      if (fade.style !== "match") {
        fade.incoming.anchorAt(view.pulse.valueAt(view.atMs), fade.incoming.beatAt(view.atMs));
      }
    }
    if (view.nowMs > fade.toMs) this.settleFade();
  }

  private settleFade(): void {
    if (this.fade === null) return;
    this.current = this.fade.swapped ? this.fade.incoming : this.fade.outgoing;
    if (!this.fade.swapped) this.turns.pop();
    this.fade = null;
  }
}

/** Where and when the incoming deck starts so that its entry bar line sounds at the middle of the transition. */
function entry(
  plan: TransitionPlan,
  outgoing: Deck,
  { deck, turn }: Queued,
  view: BoothView,
): { fromMs: Milliseconds; sourceS: Seconds; rate: number } {
  const { entryS } = turn;
  if (plan.style === "match" && deck.map !== null) {
    const { map } = deck;
    // By the outgoing deck's beat, not by its time: the pulse may turn before the middle, and takes both decks along.
    const middle = outgoing.pulseOf(outgoing.beatAt(plan.midMs));
    const pulse = view.pulse.valueAt(plan.fromMs);
    let entryBeat = map.steadyBeatAt(entryS);
    deck.anchorAt(middle, entryBeat);
    // A track entered at its beginning has nothing to fade in before its first bar: one of its next bars is the middle then.
    while (map.steadySourceAt(deck.wantedBeat(pulse)) < 0 && entryBeat < barsToSpare * map.beatsPerBar) {
      entryBeat = map.downbeatFrom(entryBeat + 0.5);
      deck.anchorAt(middle, entryBeat);
    }
    const sourceS = Math.max(0, map.steadySourceAt(deck.wantedBeat(pulse)));
    return { fromMs: plan.fromMs, sourceS, rate: deck.rateFor(view.unitsPerS, sourceS) };
  }
  const cadence = view.cadenceFrom(turn.slot.startS);
  const rate = deck.led && cadence !== null ? deck.rateFor(cadence / 60, entryS) : turn.slot.stretch;
  const sourceS = entryS - ((plan.midMs - plan.fromMs) / 1000) * rate;
  if (sourceS >= 0) return { fromMs: plan.fromMs, sourceS, rate };
  return { fromMs: plan.fromMs - (sourceS / rate) * 1000, sourceS: 0, rate };
}

function fadeCommand(deck: Deck, fromMs: Milliseconds, toMs: Milliseconds, toGain: number): EngineCommand {
  return { kind: "deck-fade", deck: deck.id, fromMs, toMs, toGain };
}

function stopCommands(deck: Deck, fromMs: Milliseconds, toMs: Milliseconds): EngineCommand[] {
  return [fadeCommand(deck, fromMs, toMs, 0), { kind: "deck-stop", deck: deck.id, atMs: toMs }];
}
