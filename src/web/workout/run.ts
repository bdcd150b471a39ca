import type { Sample } from "#domain/sensor.ts";
import type { Mode } from "#domain/soundtrack.ts";
import type { WorkoutHead } from "#domain/workout.ts";
import type { Engine, EngineCommand, EngineEvent, EngineSetup } from "#engine/contract.ts";
import type { MovementSource } from "#engine/athlete/source.ts";
import { createEngine } from "#engine/session.ts";
import { crankAngles } from "#web/device/bluetooth/crank-angles.ts";
import { Sensors } from "#web/device/bluetooth/sensors.ts";
import { takeMediaKeys } from "#web/device/media-session.ts";
import { keepScreenOn } from "#web/device/wake-lock.ts";
import type { Leaves, Source } from "../ui/routes.ts";
import { CoachDesk } from "./coach-desk.ts";
import { plannerTrackOf } from "./course.ts";
import type { Keep } from "./keep/keep.ts";
import type { Course, KeptWorkout } from "./keep/kept-workout.ts";
import type { MakeMovement } from "./movement.ts";
import { OwnMovement } from "./own-movement.ts";
import { replan } from "./replan.ts";
import { lockRun } from "./run-lock.ts";
import { RunLog } from "./run-log.ts";
import { RunMusic } from "./run-music.ts";
import { RunStore } from "./run-store.ts";
import type { RunView } from "./run-store.ts";
import { videoOfRun, type RunVideo } from "./run-video.ts";
import type { WorkoutActions } from "./screen/contract.ts";
import { WhyLog } from "./why-log.ts";
import { workoutId } from "./workout-id.ts";

export interface RunSetup {
  readonly course: Course;
  readonly mode: Mode;
  readonly source: Source;
  readonly makeMovement: MakeMovement;
  readonly keep: Keep;
  /** Anything but "all" is a private session: `keep` then writes nothing into this browser. */
  readonly leaves: Leaves;
  /** A workout that was interrupted and shall go on; null for a new one. */
  readonly interrupted: KeptWorkout | null;
}

/** The screen is drawn anew this often; the engine runs at every tick. */
const publishEveryMs = 100;
/** Samples from before Start are kept for the engine that Start creates: enough to know cadence and clock at once. */
const maxEarlySamples = 600;

/**
 * One workout: feeds the engine, carries out its commands, keeps its rows, tells the screen. Everything that happens
 * passes through `#handle`, in order of time.
 */
export class WorkoutRun {
  readonly id: string;
  readonly store: RunStore;
  readonly actions: WorkoutActions;
  readonly #setup: RunSetup;
  readonly #music: RunMusic;
  readonly #sensors: Sensors;
  readonly #own: OwnMovement;
  readonly #log: RunLog;
  readonly #why: WhyLog;
  readonly #desk: CoachDesk;
  readonly #video: RunVideo | null;
  readonly #release: (() => void)[] = [];
  #engine: Engine;
  #movement: MovementSource | null = null;
  #mode: Mode;
  #early: Sample[] = [];
  #phase: "before" | "on" | "over" = "before";
  #notReady: string | null = "Getting the first track ready";
  #trouble: string | null = null;
  #lastEventMs = 0;
  #publishedMs = 0;

  constructor(setup: RunSetup) {
    this.#setup = setup;
    this.#music = new RunMusic(setup.course);
    this.#mode = setup.mode;
    this.id = setup.interrupted?.head.id ?? workoutId(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
    const nameOf = (trackId: string) => {
      const { title, artist } = this.#music.tracks.get(trackId) ?? { title: trackId, artist: "" };
      return { title, artist };
    };
    this.#log = new RunLog(nameOf, setup.interrupted?.checkpoint ?? null);
    this.#why = new WhyLog({
      sport: setup.course.plan.sport,
      titleOf: (trackId) => nameOf(trackId).title,
      sensorNameOf: (sensor) => this.#sensors.devices.find(({ id }) => id === sensor)?.name ?? "Your sensor",
    });
    this.#desk = new CoachDesk((speaking) => this.#music.duck("coach", speaking));
    this.#video = videoOfRun(setup, this.#music, () => this.#publish());
    this.#engine = createEngine(this.#engineSetup());
    this.#sensors = new Sensors((sample) => this.#hear(sample));
    this.#own = new OwnMovement(
      (sample) => this.#hear(sample),
      (trouble) => {
        this.#trouble = trouble;
        this.#publish();
      },
    );
    this.actions = this.#actions();
    this.store = new RunStore(this.#view(performance.now()));
    this.#release.push(
      this.#sensors.subscribe(() => this.#publish()),
      setup.keep.subscribe((id) => {
        if (id === this.id) this.#publish();
      }),
    );
  }

  /** Gets decks, the first track and known sensors ready, so that Start sounds at once. */
  async open(): Promise<void> {
    if (this.#setup.source === "sensors") void this.#sensors.restore();
    try {
      await this.#music.open({
        onTrackFailed: (trackId) => this.#handle({ kind: "track-failed", tMs: performance.now(), trackId }),
        onTick: (tMs) => this.#tick(tMs),
      });
      this.#handle({ kind: "tick", tMs: performance.now() }); // the engine asks for its first track
      await this.#music.loaded();
    } catch {
      this.#trouble = "This browser cannot play the music. The workout runs and is kept all the same.";
    }
    this.#notReady = null;
    this.#publish();
    await this.#video?.open();
  }

  /** Lets go of everything. A workout under way stays kept and can go on later. */
  close(): void {
    this.#phase = "over";
    for (const release of this.#release.splice(0)) release();
    this.#desk.silence();
    this.#sensors.close();
    this.#own.close();
    this.#video?.close();
    this.#music.close();
  }

  #actions(): WorkoutActions {
    const act = (kind: "pause" | "resume" | "skip-track" | "skip-block" | "end") => {
      this.#handle({ kind, tMs: performance.now() });
      this.#publish();
    };
    return {
      start: () => {
        if (this.#phase !== "before" || this.#notReady !== null) return;
        this.#phase = "on";
        this.#video?.play();
        if (this.#setup.source === "motion") void this.#own.feelSteps();
        void this.#begin();
      },
      pause: () => {
        this.#desk.silence();
        act("pause");
      },
      resume: () => {
        this.#video?.play();
        act("resume");
      },
      skipTrack: () => {
        this.#log.skipTrack();
        act("skip-track");
      },
      skipBlock: () => {
        this.#log.skipBlock();
        act("skip-block");
      },
      endEarly: () => act("end"),
      setMode: (mode) => {
        this.#mode = mode;
        this.#handle({ kind: "mode", tMs: performance.now(), mode });
        this.#publish();
      },
      giveVideoFile: (file) => void this.#video?.giveFile(file),
      addSensor: () => void this.#addSensor(),
      acceptSensor: (id) => this.#sensors.accept(id),
      tap: (tMs) => {
        if (this.#setup.source === "tapping" || this.#setup.source === "sensors") this.#own.tap(tMs);
      },
    };
  }

  async #begin(): Promise<void> {
    const { keep, interrupted, leaves } = this.#setup;
    await this.#music.resume();
    // The device's true lead is known only now: a fresh engine is told all that was heard before.
    this.#engine = createEngine(this.#engineSetup());
    this.#lastEventMs = 0;
    for (const sample of this.#early.splice(0)) this.#handle({ kind: "sample", tMs: sample.tMs, sample });
    if (interrupted === null)
      keep.begin(this.#head(), this.#music.course, leaves === "all" ? "full" : "line");
    const startMs = performance.now();
    this.#movement = this.#setup.makeMovement(startMs);
    this.#handle({ kind: "start", tMs: startMs });
    const { pause, resume, skipTrack } = this.actions;
    this.#release.push(
      keepScreenOn(),
      lockRun(this.id),
      takeMediaKeys({ onPause: () => pause(), onResume: () => resume(), onNext: () => skipTrack() }),
    );
    this.#publish();
    if (leaves === "all") await this.#music.keepFiles(interrupted?.checkpoint?.classTimeS ?? 0);
  }

  async #addSensor(): Promise<void> {
    try {
      this.#trouble = null;
      await this.#sensors.add();
    } catch (error) {
      this.#trouble = error instanceof Error ? error.message : String(error);
    }
    this.#publish();
  }

  #head(): WorkoutHead {
    const { plan } = this.#music.course;
    const { mode, source } = this.#setup;
    return {
      id: this.id,
      classId: plan.id,
      classTitle: plan.title,
      sport: plan.sport,
      startedAtMs: Date.now(),
      mode,
      source,
    };
  }

  #engineSetup(): EngineSetup {
    const { plan, slots, tracks, athlete } = this.#music.course;
    const checkpoint = this.#setup.interrupted?.checkpoint ?? null;
    const resume =
      checkpoint === null
        ? {}
        : { resume: { classTimeS: checkpoint.classTimeS, elapsedS: checkpoint.elapsedS } };
    return {
      plan,
      slots,
      tracks: new Map(tracks.map((track) => [track.id, plannerTrackOf(track)])),
      athlete,
      mode: this.#mode,
      leadMs: this.#music.leadMs(),
      calibration: {
        crankAngleRev: mapValues(crankAngles(), ({ angleRev }) => angleRev),
        radioDelayMs: mapValues(crankAngles(), ({ delayMs }) => delayMs),
        outputDelayMs: this.#music.outputDelayMs,
      },
      ...resume,
    };
  }

  #hear(sample: Sample): void {
    if (this.#phase === "over") return;
    if (this.#phase === "before") {
      this.#early.push(sample);
      if (this.#early.length > maxEarlySamples) this.#early.shift();
    }
    this.#handle({ kind: "sample", tMs: sample.tMs, sample });
  }

  #tick(tMs: number): void {
    if (this.#phase === "over") return;
    if (this.#phase === "on") {
      for (const sample of this.#movement?.advance(tMs, this.#engine.snapshot(tMs)) ?? []) {
        this.#handle({ kind: "sample", tMs: sample.tMs, sample });
      }
      this.#handle({ kind: "tick", tMs });
    }
    this.#video?.follow(this.#engine.snapshot(tMs), tMs);
    if (tMs - this.#publishedMs >= publishEveryMs) this.#publish();
  }

  /** The engine wants its events in order of time. */
  #handle(event: EngineEvent): void {
    if (this.#phase === "over") return;
    this.#lastEventMs = Math.max(this.#lastEventMs, event.tMs);
    for (const command of this.#engine.handle({ ...event, tMs: this.#lastEventMs })) this.#execute(command);
  }

  #execute(command: EngineCommand): void {
    switch (command.kind) {
      case "deck-load":
      case "deck-play":
      case "deck-fade":
      case "deck-stop":
        this.#music.execute(command);
        return;
      case "cue":
        this.#desk.cue(command.text, performance.now());
        return;
      case "count-in":
        this.#desk.countIn(command, performance.now());
        return;
      case "block":
        this.#desk.block();
        return;
      case "row": {
        const checkpoint = this.#log.observe(this.#engine.snapshot(this.#lastEventMs), command.row.tS + 1);
        this.#setup.keep.addRow(this.id, command.row, checkpoint);
        return;
      }
      case "need-replan":
        void this.#replan(command.fromS, command.excluding);
        return;
      case "decision":
      case "trust":
        this.#why.note(command, this.#engine.snapshot(this.#lastEventMs).elapsedS);
        return;
      case "ended":
        this.#end(command);
    }
  }

  async #replan(fromS: number, excluding: readonly string[]): Promise<void> {
    try {
      const { course } = this.#music;
      const playing = this.#engine.snapshot(this.#lastEventMs).trackId;
      const { slots, newTracks } = await replan(course, fromS, excluding, playing);
      if (this.#phase === "over") return;
      const before = course.slots.filter(({ startS }) => startS < fromS);
      const cut = before.map((slot) => ({ ...slot, endS: Math.min(slot.endS, fromS) }));
      this.#music.changeCourse({
        ...course,
        slots: [...cut, ...slots],
        tracks: [...course.tracks, ...newTracks],
      });
      this.#handle({ kind: "replan", tMs: performance.now(), slots, tracks: newTracks.map(plannerTrackOf) });
      this.#setup.keep.changeCourse(this.id, this.#music.course);
      this.#publish();
      if (this.#setup.leaves === "all") await this.#music.keepFiles(fromS);
    } catch {
      // No other plan to be had: the engine goes on with what it has.
    }
  }

  #end(ended: Extract<EngineCommand, { kind: "ended" }>): void {
    const before = this.#setup.interrupted?.checkpoint ?? null;
    void this.#setup.keep.finish(this.id, {
      durationS: ended.durationS,
      reason: ended.reason,
      trackPlays: [...(before?.trackPlays ?? []), ...ended.trackPlays],
      blockPasses: [...(before?.blockPasses ?? []), ...ended.blockPasses],
      distrustS: (before?.distrustS ?? 0) + ended.distrustS,
    });
    this.#publish();
    this.#phase = "over";
    this.#desk.silence();
    this.#video?.close();
    this.#music.close();
  }

  #publish(): void {
    this.#publishedMs = performance.now();
    const view = this.#view(this.#publishedMs);
    this.store.publish(view);
    if (this.#phase === "on") this.#music.show(view.snapshot);
  }

  #view(nowMs: number): RunView {
    const { plan, slots, athlete } = this.#music.course;
    const snapshot = this.#engine.snapshot(Math.max(nowMs, this.#lastEventMs));
    const trustOf = (id: string) => snapshot.sensors.find(({ sensor }) => sensor === id)?.trust ?? 1;
    return {
      workoutId: this.id,
      leaves: this.#setup.leaves,
      plan,
      slots,
      tracks: this.#music.tracks,
      athlete,
      source: this.#setup.source,
      mode: this.#mode,
      snapshot,
      ...this.#desk.shownAt(nowMs),
      whys: this.#why.lines,
      keeping: this.#setup.keep.keepingOf(this.id),
      sensors: this.#sensors.devices.map((device) => ({ ...device, trust: trustOf(device.id) })),
      notReady: this.#notReady,
      trouble: this.#trouble,
      beats: this.#beats,
      video: this.#video?.shown ?? null,
    };
  }

  /** For the crank, which draws between two views. */
  readonly #beats = {
    nowMs: () => performance.now(),
    strokesBetween: (fromMs: number, toMs: number) => this.#engine.strokesBetween(fromMs, toMs),
    beatsBetween: (fromMs: number, toMs: number) => this.#engine.beatsBetween(fromMs, toMs),
  };
}

function mapValues<T>(record: Readonly<Record<string, T>>, of: (value: T) => number): Record<string, number> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, of(value)]));
}
