import { type ClassPlan, targetsAt, type Targets } from "#domain/class-plan.ts";
import type { Mode } from "#domain/soundtrack.ts";
import type { Cadence, Milliseconds, Seconds } from "#domain/units.ts";
import type { EndReason } from "#domain/workout.ts";
import { Announcer } from "./announcer.ts";
import { beatErrorMs } from "./beat-error.ts";
import { Body } from "./body.ts";
import type { BoothView } from "./booth-view.ts";
import { cadenceAhead, handOverAfterSkipS } from "./class-ahead.ts";
import { ClassClock } from "./class-clock.ts";
import { Conductor, holdMs, lockReasons } from "./conductor.ts";
import type {
  Engine,
  EngineCommand,
  EngineEvent,
  EngineSetup,
  EngineSnapshot,
  LockState,
} from "./contract.ts";
import type { Deck } from "./deck.ts";
import { envelopeOf } from "./envelope.ts";
import { heartRateAllowsLead } from "./heart-rate-cap.ts";
import { chooseMode, type SetMode } from "./mode-choice.ts";
import { MotionLine } from "./motion-line.ts";
import { type Movement, nearestStrokeMs } from "./movement.ts";
import { ReachKeeper } from "./reach.ts";
import { RecentCadence } from "./recent-cadence.ts";
import { SeriesLog } from "./series-log.ts";
import { takeSnapshot } from "./snapshot.ts";
import { StrokeHistory } from "./stroke-history.ts";
import { TapOffer } from "./tap-offer.ts";
import { lockPeriod, strokesPerUnit } from "./track-fit.ts";
import { Transitions } from "./transitions.ts";
import { TrustLog } from "./trust-log.ts";
import { vitalsAt } from "./vitals.ts";

/** From Start (or resume) to the first sound, beyond the lead: the deck is loaded by then. */
const startDelayMs = 150;
const endFadeMs = 2500;
const stopFadeMs = 300;
/** Pulse while neither class nor person gives one, units per second. */
const idleUnitsPerS = 1.4;
/** After a track has failed the rest is planned anew from so much later on. */
const replanAfterS = 60;

type Phase = EngineSnapshot["phase"];

/** An engine for one workout. */
export function createEngine(setup: EngineSetup): Engine {
  return new Session(setup);
}

class Session implements Engine {
  private readonly plan: ClassPlan;
  private readonly setup: EngineSetup;
  private readonly clock: ClassClock;
  private readonly body: Body;
  private readonly conductor: Conductor;
  private readonly transitions: Transitions;
  private readonly announcer: Announcer;
  private readonly series: SeriesLog;
  private readonly strokes: StrokeHistory;
  private readonly reach = new ReachKeeper();
  private readonly recent = new RecentCadence();
  private readonly trust = new TrustLog();
  private readonly tapOffer = new TapOffer();
  private readonly pulse: MotionLine;
  private phase: Phase = "ready";
  private mode: Mode;
  private setMode: SetMode = "steady";
  private modeMs: Milliseconds = -Infinity;
  private lock: LockState = "class";
  private leader: Deck | null = null;
  private movement: Movement | null = null;
  private movedMs: Milliseconds = -Infinity;
  private startMs: Milliseconds = 0;
  private pausedMs: Milliseconds = 0;
  private lastMs: Milliseconds = -Infinity;
  private prepared = false;
  private fadedOut = false;

  constructor(setup: EngineSetup) {
    const { plan, slots, tracks, athlete, calibration, resume } = setup;
    this.setup = setup;
    this.plan = plan;
    this.mode = setup.mode;
    this.clock = new ClassClock(resume?.elapsedS ?? 0, resume?.classTimeS ?? 0);
    this.body = new Body(plan.sport, athlete, calibration);
    const target = targetsAt(plan, resume?.classTimeS ?? 0)?.cadence ?? null;
    const unitsPerS = target === null ? idleUnitsPerS : target / 60;
    this.conductor = new Conductor(unitsPerS);
    this.pulse = new MotionLine(0, 0, unitsPerS);
    this.transitions = new Transitions(plan.sport, slots, tracks);
    this.announcer = new Announcer(plan, resume?.classTimeS ?? 0);
    this.series = new SeriesLog(resume?.elapsedS ?? 0);
    this.strokes = new StrokeHistory(strokesPerUnit(plan.sport));
  }

  handle(event: EngineEvent): EngineCommand[] {
    if (!Number.isFinite(event.tMs) || this.phase === "ended") return [];
    const nowMs = Math.max(event.tMs, this.lastMs);
    const commands: EngineCommand[] = [];
    if (!this.prepared) {
      this.prepared = true;
      commands.push(...this.transitions.prepare(this.view(nowMs)));
    }
    commands.push(...this.react(event, nowMs));
    if (this.phase === "running") commands.push(...this.step(nowMs));
    this.lastMs = nowMs;
    return commands;
  }

  snapshot(tMs: number): EngineSnapshot {
    return takeSnapshot(tMs, {
      phase: this.phase,
      plan: this.plan,
      athlete: this.setup.athlete,
      clock: this.clock,
      body: this.body,
      transitions: this.transitions,
      mode: this.setMode,
      lock: this.lock,
      phaseErrorMs: this.series.phaseErrorAt(tMs),
      baseUnitsPerS: this.conductor.base,
      letGo: this.reach.letGo,
      asksForTaps: this.phase === "running" && this.tapOffer.asks,
      movedMs: this.movement === null ? this.movedMs : tMs,
    });
  }

  strokesBetween(fromMs: number, toMs: number): readonly number[] {
    return this.strokes.between(fromMs, toMs, this.movement);
  }

  beatsBetween(fromMs: number, toMs: number): readonly number[] {
    return this.transitions.beatsBetween(fromMs, toMs);
  }

  private react(event: EngineEvent, nowMs: Milliseconds): EngineCommand[] {
    switch (event.kind) {
      case "start":
        return this.phase === "ready" ? this.start(nowMs) : [];
      case "sample":
        for (const stroke of this.body.push({ ...event.sample, tMs: nowMs })) {
          this.strokes.add(stroke);
          if (this.phase === "running") this.measurePhase(stroke.atMs, nowMs);
        }
        return [];
      case "tick":
        return [];
      case "pause":
        return this.phase === "running" ? this.pause(nowMs) : [];
      case "resume":
        return this.phase === "paused" ? this.resume(nowMs) : [];
      case "skip-track":
        return this.phase === "running" ? this.skipTrack(nowMs) : [];
      case "skip-block":
        return this.phase === "running" ? this.skipBlock(nowMs) : [];
      case "end":
        return this.phase === "ready" ? [] : this.end(nowMs, "ended-early");
      case "mode":
        this.mode = event.mode;
        return [];
      case "replan":
        this.transitions.replan(event.slots, event.tracks, this.clock.classTimeAt(nowMs));
        return [];
      case "track-failed":
        return this.trackFailed(event.trackId, nowMs);
    }
  }

  private start(nowMs: Milliseconds): EngineCommand[] {
    this.phase = "running";
    this.startMs = nowMs;
    this.clock.run(nowMs);
    const atMs = nowMs + this.setup.leadMs + startDelayMs;
    this.pulse.jumpTo(nowMs, 0, this.conductor.base);
    return this.transitions.begin(atMs, this.view(nowMs));
  }

  private pause(nowMs: Milliseconds): EngineCommand[] {
    this.phase = "paused";
    this.clock.stop(nowMs);
    this.trust.rest();
    this.pausedMs = nowMs + this.setup.leadMs;
    return [...this.transitions.pause(this.pausedMs), this.decision(nowMs, "paused", "asked for")];
  }

  private resume(nowMs: Milliseconds): EngineCommand[] {
    this.phase = "running";
    this.clock.run(nowMs);
    const atMs = nowMs + this.setup.leadMs + startDelayMs;
    this.pulse.jumpTo(nowMs, this.pulse.valueAt(this.pausedMs), this.conductor.base);
    return [
      ...this.transitions.resume(this.pausedMs, atMs, this.pulse),
      this.decision(nowMs, "resumed", "asked for"),
    ];
  }

  private skipTrack(nowMs: Milliseconds): EngineCommand[] {
    const left = this.transitions.skipTrack();
    if (left === null) return [];
    const classTimeS = this.clock.classTimeAt(nowMs);
    const fromS = handOverAfterSkipS(this.plan, classTimeS, this.transitions.course.nextSlot);
    return [this.decision(nowMs, `leaves ${left}`, "track skipped"), ...this.askForPlan(fromS)];
  }

  private skipBlock(nowMs: Milliseconds): EngineCommand[] {
    const targets = this.targets(nowMs);
    if (targets === null) return [];
    const { block } = targets;
    const toS = Math.min(block.startS + block.durationS, this.plan.durationS);
    this.announcer.skipTo(toS, this.clock.elapsedAt(nowMs));
    this.clock.skipTo(toS, nowMs);
    const commands = [this.decision(nowMs, `skips to ${Math.round(toS)} s`, "block skipped")];
    return toS >= this.plan.durationS ? commands : [...commands, ...this.transitions.jump(this.view(nowMs))];
  }

  private trackFailed(trackId: string, nowMs: Milliseconds): EngineCommand[] {
    if (!this.transitions.trackFailed(trackId)) return [];
    return [
      this.decision(nowMs, `leaves out ${trackId}`, "it cannot be played"),
      ...this.askForPlan(this.clock.classTimeAt(nowMs) + replanAfterS),
    ];
  }

  private askForPlan(fromS: Seconds): EngineCommand[] {
    if (fromS >= this.plan.durationS - replanAfterS / 2) return [];
    return [{ kind: "need-replan", fromS, excluding: this.transitions.course.banned }];
  }

  private end(nowMs: Milliseconds, reason: EndReason): EngineCommand[] {
    const durationS = this.clock.elapsedAt(nowMs);
    const atMs = nowMs + this.setup.leadMs;
    const silence = this.fadedOut ? [] : this.transitions.fadeOut(atMs, atMs + stopFadeMs);
    this.announcer.pass(durationS, false);
    this.transitions.log.change(null, durationS);
    this.clock.stop(nowMs);
    this.phase = "ended";
    const { distrustS } = this.trust;
    const { plays: trackPlays } = this.transitions.log;
    const { passes: blockPasses } = this.announcer;
    return [...silence, { kind: "ended", reason, durationS, distrustS, trackPlays, blockPasses }];
  }

  /** One look at everything while running. */
  private step(nowMs: Milliseconds): EngineCommand[] {
    const classTimeS = this.clock.classTimeAt(nowMs);
    const commands: EngineCommand[] = [];
    this.movement = this.body.movement(nowMs);
    if (this.movement !== null) {
      this.movedMs = nowMs;
      this.recent.note(nowMs, this.conductor.wanted * 60, this.targets(nowMs)?.cadence ?? null);
    }
    commands.push(...this.trust.step(this.body, nowMs, this.traceS(nowMs)));
    commands.push(...this.conduct(nowMs));
    const atMs = nowMs + this.setup.leadMs;
    commands.push(...this.transitions.step(this.view(nowMs), this.plan.durationS));
    if (classTimeS < this.plan.durationS) {
      commands.push(...this.announcer.step(classTimeS, this.clock.elapsedAt(nowMs), nowMs));
    }
    commands.push(
      ...this.series.step(this.clock, nowMs, (tMs) =>
        vitalsAt(this.body, this.transitions.leaderAt(tMs), tMs),
      ),
    );
    const leftMs = (this.plan.durationS - classTimeS) * 1000;
    if (!this.fadedOut && leftMs < endFadeMs + this.setup.leadMs) {
      this.fadedOut = true;
      commands.push(
        ...this.transitions.fadeOut(atMs, nowMs + Math.max(leftMs, this.setup.leadMs + stopFadeMs)),
      );
    }
    if (leftMs <= 0) commands.push(...this.end(nowMs, "class-finished"));
    return commands;
  }

  private conduct(nowMs: Milliseconds): EngineCommand[] {
    const { leadMs, calibration, athlete } = this.setup;
    const commands = this.chooseMode(nowMs);
    const targets = this.targets(nowMs);
    const target = targets?.cadence ?? null;
    const { sport } = this.plan;
    const view = this.view(nowMs);
    const deck = this.transitions.leaderAt(view.atMs);
    if (deck !== this.leader) commands.push(...this.takeOver(deck, view));
    const change = this.reach.step(this.conductor, this.recent, this.transitions, deck, view, sport, targets);
    if (change !== null) commands.push(this.decision(nowMs, change.value, change.reason));
    const { low, high } = envelopeOf(sport, target);
    const { unitsPerS, lock } = this.conductor.step({
      nowMs,
      atMs: view.atMs,
      heardMs: nowMs + leadMs + calibration.outputDelayMs,
      pulse: this.pulse,
      movement: this.movement,
      mode: this.setMode,
      targetUnitsPerS: target === null ? null : target / 60,
      envelope: { low: low / 60, high: high / 60 },
      blockKind: targets?.block.kind ?? null,
      mayLeadUp: heartRateAllowsLead(athlete, targets?.block ?? null, this.body.vital("heart-rate", nowMs)),
      deck,
      plannedStretch: this.transitions.course.current?.stretch ?? 1,
      lockPeriod: lockPeriod(sport, deck?.tempoRatio ?? 0),
    });
    this.pulse.turn(view.atMs, unitsPerS);
    if (lock !== this.lock) commands.push(this.decision(nowMs, `lock: ${lock}`, lockReasons[lock]));
    this.lock = lock;
    const matters = this.conductor.errorMs !== null && this.movement?.changing === false;
    const asked = this.tapOffer.step(nowMs, matters ? this.body.clockSigmaMs : null);
    if (asked !== null) commands.push(this.decision(nowMs, asked.value, asked.reason));
    return commands;
  }

  private chooseMode(nowMs: Milliseconds): EngineCommand[] {
    const targets = this.targets(nowMs);
    const { mode, reason } = chooseMode({
      mode: this.mode,
      block: targets?.block ?? null,
      targetCadence: targets?.cadence ?? null,
      cadence: this.knownCadence(nowMs),
      previous: this.setMode,
      heldS: (nowMs - this.modeMs) / 1000,
    });
    if (mode === this.setMode) return [];
    this.modeMs = nowMs;
    this.setMode = mode;
    return [this.decision(nowMs, `mode: ${mode}`, reason)];
  }

  /** Another deck leads from now on: where it cannot take the tempo over, it brings its own. */
  private takeOver(deck: Deck | null, view: BoothView): EngineCommand[] {
    this.leader = deck;
    this.reach.newTrack(view.nowMs);
    if (deck === null) return [];
    if (this.transitions.style === "cut") {
      const cadence = view.cadenceFrom(view.classTimeS);
      if (cadence !== null) this.conductor.restart(cadence / 60);
    }
    this.conductor.takeDeck(deck, view.atMs);
    const { why } = this.transitions;
    return [this.decision(view.nowMs, `track: ${deck.track.id}`, why.join(" ") || "next of the soundtrack")];
  }

  private measurePhase(strokeMs: Milliseconds, nowMs: Milliseconds): void {
    const outputMs = strokeMs - this.setup.calibration.outputDelayMs;
    const deck = this.transitions.leaderAt(outputMs);
    if (this.movement === null || this.conductor.errorMs === null || deck === null) return;
    const errorMs = beatErrorMs(deck, this.plan.sport, outputMs, this.movement.momentUnitsPerS);
    if (errorMs !== null) this.series.notePhase(nowMs, errorMs);
  }

  private view(nowMs: Milliseconds): BoothView {
    const { clock, plan } = this;
    return {
      nowMs,
      atMs: nowMs + this.setup.leadMs,
      pulse: this.pulse,
      unitsPerS: this.conductor.base,
      classTimeS: clock.classTimeAt(nowMs),
      msAtClassTime: (classTimeS) => clock.msAtClassTime(classTimeS, nowMs),
      elapsedAt: (tMs) => clock.elapsedAt(tMs),
      cadenceFrom: (classTimeS) => this.cadenceFrom(classTimeS, nowMs),
      strokeNear: (tMs) => this.strokeNear(tMs),
      energyAt: (classTimeS) => targetsAt(plan, classTimeS)?.energy ?? 0.5,
    };
  }

  /** Where beats could go but do not, the output time nearest to `tMs` whose sound is heard on a stroke; otherwise null. */
  private strokeNear(tMs: Milliseconds): Milliseconds | null {
    const { movement, setMode, lock, plan, setup } = this;
    if (movement?.quality !== "phase" || setMode !== "follow" || lock === "locked") return null;
    return nearestStrokeMs(movement, plan.sport, tMs, setup.calibration.outputDelayMs);
  }

  /** Cadence of a person who is followed; held for a while after it was last known. */
  private knownCadence(nowMs: Milliseconds): Cadence | null {
    if (this.movement !== null) return this.movement.unitsPerS * 60;
    return nowMs - this.movedMs < holdMs ? this.conductor.base * 60 : null;
  }

  private cadenceFrom(classTimeS: Seconds, nowMs: Milliseconds): Cadence | null {
    const follows = this.movement !== null && this.setMode !== "steady";
    const followed = follows ? this.recent.at(nowMs) : null;
    return cadenceAhead(this.plan, this.clock.classTimeAt(nowMs), classTimeS, followed);
  }

  private targets(tMs: Milliseconds): Targets | null {
    return targetsAt(this.plan, this.clock.classTimeAt(tMs));
  }

  private traceS(tMs: Milliseconds): Seconds {
    return (tMs - this.startMs) / 1000;
  }

  private decision(tMs: Milliseconds, value: string, reason: string): EngineCommand {
    return { kind: "decision", tS: this.traceS(tMs), value, reason };
  }
}
