/**
 * How near beats come to strokes: the engine headless, to the graph's output, over a seeded athlete and over recorded rides
 * (`--fit FILE_OR_FOLDER ...`), against two simple rules that hear the same notifications. Strokes are compared with the nearest of two
 * beats a revolution. Constant delays are random for every ride; "calibrated" removes them up to an error of 8 ms (SD),
 * which is what a tap calibration leaves; nothing else knows them.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { demoPlannerTracks } from "#composer/demo-tracks.ts";
import { defaultAthlete } from "#domain/athlete.ts";
import { normalRandom, seededRandom } from "#domain/seeded-random.ts";
import { quantile } from "#domain/units.ts";
import type { SensorTraits } from "#engine/athlete/crank-sensor.ts";
import { SimulatedAthlete } from "#engine/athlete/simulated.ts";
import type { MovementSource } from "#engine/athlete/source.ts";
import type { Calibration } from "#engine/contract.ts";
import { StrokeTracker } from "#engine/stroke-tracker.ts";
import { readActivity } from "#protocol/fit/read-activity.ts";
import { FitError } from "#protocol/fit/read-messages.ts";
import { benchBrowser } from "./conductor-browser.ts";
import { createPeer, informationBound } from "./conductor-peers.ts";
import { leadMs, oneTrack, ride, steadyClass } from "./conductor-ride.ts";
import { movingFrom, rideRecorded, usualCadence } from "./conductor-rides.ts";
import { printReport, progress } from "./report.ts";
import { seededLibrary } from "./soundtrack/library.ts";

const seed = 4;
const rideS = 240;
const warmS = 60;
const coldS = 30;
const ridesPerCadence = 3;
const calibrationSigmaMs = 8;
const usualCadences = [70, 75, 80, 85, 90, 95, 100, 105, 110];
const noise = { whiteShare: 0.015, walkShareIn30S: 0.01 };

type Figures = Record<string, number | null>;
const figures: Figures = {};
const peers: Record<string, Figures> = { bound: {}, held: {}, snap: {}, uncalibrated: {} };

function note(into: Figures, name: string, errorsMs: readonly number[]): void {
  const sorted = errorsMs.map(Math.abs).toSorted((a, b) => a - b);
  into[`${name} p50 ms`] = quantile(sorted, 0.5);
  into[`${name} p95 ms`] = quantile(sorted, 0.95);
}

interface Truth {
  readonly sensor: Partial<SensorTraits>;
  readonly exact: Calibration;
}

function drawTruth(random: () => number, rateHz: number, dropShare: number): Truth {
  const radioMinMs = 10 + 20 * random();
  const angleRev = random();
  const outputDelayMs = 20 + 180 * random();
  const exact = { crankAngleRev: { bike: angleRev }, radioDelayMs: { bike: radioMinMs }, outputDelayMs };
  return { sensor: { rateHz, dropShare, radioMinMs, angleRev }, exact };
}

/** Errors of the engine and of the peers over one ride. */
function measure(
  source: MovementSource,
  cadence: number,
  seconds: number,
  calibration: Calibration,
): Measured {
  const held = createPeer("held");
  const snap = createPeer("snap");
  const heldMs: number[] = [];
  const snapMs: number[] = [];
  const heard = { seenMs: 0 };
  const { errors } = ride({
    seconds,
    cadence,
    source,
    calibration,
    topsOnly: true,
    onSample: (sample) => {
      for (const strokeMs of source.strokesBetween(heard.seenMs, sample.tMs)) {
        if (strokeMs < warmS * 1000) continue;
        for (const [peer, list] of [
          [held, heldMs],
          [snap, snapMs],
        ] as const) {
          const strokes = 2 * peer.phaseAt(strokeMs);
          list.push(((strokes - Math.round(strokes)) * 30_000) / cadence);
        }
      }
      heard.seenMs = sample.tMs;
      held.hear(sample);
      snap.hear(sample);
    },
  });
  return { errors, heldMs, snapMs };
}

interface Measured {
  readonly errors: readonly { readonly tS: number; readonly errorMs: number }[];
  readonly heldMs: readonly number[];
  readonly snapMs: readonly number[];
}

function synthetic(name: string, cadences: readonly number[], rateHz: number, dropShare: number): void {
  progress(name);
  const random = seededRandom(seed);
  const all: Record<"calibrated" | "cold" | "uncalibrated" | "held" | "snap", number[]> = {
    calibrated: [],
    cold: [],
    uncalibrated: [],
    held: [],
    snap: [],
  };
  for (const cadence of cadences) {
    for (let index = 0; index < ridesPerCadence; index++) {
      const { sensor, exact } = drawTruth(random, rateHz, dropShare);
      const off = calibrationSigmaMs * normalRandom(random);
      const calibrated = { ...exact, outputDelayMs: exact.outputDelayMs + off };
      const rideSeed = Math.floor(random() * 2 ** 31);
      const plan = steadyClass(cadence, rideS);
      const athlete = (): SimulatedAthlete =>
        new SimulatedAthlete({
          seed: rideSeed,
          plan,
          athlete: defaultAthlete,
          intent: () => cadence,
          sensor,
        });
      const known = measure(athlete(), cadence, rideS, calibrated);
      // What is heard is what leaves the graph plus the true output delay.
      for (const { tS, errorMs } of known.errors) {
        const heardMs = errorMs - off;
        if (tS > warmS) all.calibrated.push(heardMs);
        else if (tS > coldS) all.cold.push(heardMs);
      }
      all.held.push(...known.heldMs);
      all.snap.push(...known.snapMs);
      if (rateHz !== 1 || dropShare > 0.05) continue;
      const blind = { crankAngleRev: {}, radioDelayMs: {}, outputDelayMs: 0 };
      for (const { tS, errorMs } of measure(athlete(), cadence, rideS, blind).errors) {
        if (tS > warmS) all.uncalibrated.push(errorMs + exact.outputDelayMs);
      }
    }
  }
  note(figures, name, all.calibrated);
  if (rateHz === 1 && dropShare < 0.05) note(figures, `${name}, 30-60 s after the start`, all.cold);
  if (all.uncalibrated.length > 0) note(peers["uncalibrated"] ?? {}, name, all.uncalibrated);
  note(peers["held"] ?? {}, name, all.held);
  note(peers["snap"] ?? {}, name, all.snap);
  const bound = informationBound({ ...noise, cadences, rateHz, dropShare, leadMs, calibrationSigmaMs });
  Object.assign(peers["bound"] ?? {}, { [`${name} p50 ms`]: bound.p50, [`${name} p95 ms`]: bound.p95 });
}

/** Seconds from the end of a 4 s ramp from 70 to 90 rpm until the tracked tempo is within 2 % and stays there for 12 s. */
function ramp(rateHz: number): void {
  const name = `70 to 90 rpm, ${rateHz} Hz: within 2 % after s`;
  progress(name);
  const endS = 64;
  const times: number[] = [];
  for (let index = 0; index < 40; index++) {
    const intent = (tS: number): number => 70 + 20 * Math.min(1, Math.max(0, (tS - endS + 4) / 4));
    const plan = steadyClass(80, 100);
    const source = new SimulatedAthlete({
      seed: seed + index,
      plan,
      athlete: defaultAthlete,
      intent,
      sensor: { rateHz },
    });
    const tracker = new StrokeTracker({ angleRev: 0, radioDelayMs: 20 });
    const tracked: { readonly tMs: number; readonly cadence: number }[] = [];
    const strokes: number[] = [];
    for (let tMs = 0; tMs < (endS + 20) * 1000; tMs += 50) {
      const seen = { phase: "running", classTimeS: tMs / 1000, tempoBpm: null, tempoRatio: 0 } as const;
      for (const { tMs: atMs, measurements } of source.advance(tMs, seen)) {
        for (const crank of measurements) {
          if (crank.kind === "crank") tracker.pushCrank(atMs, crank.revolutions, crank.eventTime1024);
        }
      }
      strokes.push(...source.strokesBetween(tMs - 2050, tMs - 2000));
      tracked.push({ tMs, cadence: (tracker.movement(tMs)?.unitsPerS ?? 0) * 60 });
    }
    // The rider wavers: the truth is the mean rate of the strokes around a moment, those of the ramp left out.
    const within = tracked
      .filter(({ tMs }) => tMs >= endS * 1000 && tMs < (endS + 12) * 1000)
      .findLast(({ tMs, cadence }) => {
        const near = strokes.filter((at) => at >= Math.max(endS * 1000, tMs - 3000) && at < tMs + 5000);
        const truth = (30_000 * (near.length - 1)) / ((near.at(-1) ?? 0) - (near[0] ?? 0));
        return Math.abs(cadence / truth - 1) > 0.02;
      });
    times.push(within === undefined ? 0 : within.tMs / 1000 - endS);
  }
  times.sort((a, b) => a - b);
  figures[`${name} p50`] = quantile(times, 0.5);
  figures[`${name} p95`] = quantile(times, 0.95);
}

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => /\.fit$/i.test(name));
  return names.toSorted().map((name) => join(path, name));
}

/** Nothing where a file tells no activity. */
function recordsOf(path: string): ReturnType<typeof readActivity>["records"] {
  try {
    return readActivity(new Uint8Array(readFileSync(path))).records;
  } catch (error) {
    if (error instanceof FitError) return [];
    throw error;
  }
}

/** A recorded ride in a class at its own median cadence, to one track made for it and to two libraries. */
function recorded(path: string): void {
  progress(path);
  const records = recordsOf(path);
  const from = records.findIndex(({ cadence }) => (cadence ?? 0) >= movingFrom);
  const startS = records[from]?.tS ?? 0;
  const rows = records.slice(Math.max(0, from)).map((row) => ({ ...row, tS: row.tS - startS }));
  const cadence = usualCadence(rows);
  if (cadence === null) return;
  const libraries = {
    "one track": [...oneTrack(cadence, 3600).tracks.values()],
    "demo tracks": demoPlannerTracks(),
    "300 tracks": seededLibrary(300, seed),
  };
  for (const [name, tracks] of Object.entries(libraries)) {
    const found = rideRecorded(rows, cadence, tracks);
    const ride = `${basename(path)}, ${name}`;
    note(figures, `${ride}: all`, found.allMs);
    note(figures, `${ride}: steady`, found.steadyMs);
    note(figures, `${ride}: locked`, found.lockedMs);
    figures[`${ride}: locked, % of time`] = 100 * found.lockedShare;
    figures[`${ride}: tempo within 5 %, % of time`] = 100 * found.tempoShare;
    figures[`${ride}: stretch within 8 %, % of time`] = 100 * found.stretchShare;
    figures[`${ride}: track changes`] = found.trackChanges;
  }
}

function benchHeadless(): void {
  const fits = process.argv.includes("--fit") ? process.argv.slice(process.argv.indexOf("--fit") + 1) : [];
  synthetic("1 Hz", usualCadences, 1, 0.03);
  synthetic("4 Hz", usualCadences, 4, 0.03);
  synthetic("1 Hz, 10 % lost", usualCadences, 1, 0.1);
  synthetic("60 rpm, 1 Hz", [60], 1, 0.03);
  ramp(1);
  ramp(4);
  for (const path of fits.filter((argument) => !argument.startsWith("--")).flatMap(filesIn)) recorded(path);
  const rideGoals = Object.keys(figures).flatMap((figure) => {
    if (figure.endsWith(": all p95 ms")) return [{ figure, goal: "<= 50 indoors" }];
    if (figure.endsWith(": steady p95 ms")) return [{ figure, goal: "<= 42, outdoors 55" }];
    return figure.includes(": tempo within") ? [{ figure, goal: ">= 85" }] : [];
  });
  printReport("Beats on strokes, to the graph's output", { figures, peers, seed }, [
    ...rideGoals,
    { figure: "1 Hz p50 ms", goal: "<= 13" },
    { figure: "1 Hz p95 ms", goal: "<= 40" },
    { figure: "1 Hz, 30-60 s after the start p95 ms", goal: "<= 65" },
    { figure: "4 Hz p50 ms", goal: "<= 10.5" },
    { figure: "4 Hz p95 ms", goal: "<= 31" },
    { figure: "1 Hz, 10 % lost p95 ms", goal: "<= 45" },
    { figure: "60 rpm, 1 Hz p50 ms", goal: "<= 16" },
    { figure: "60 rpm, 1 Hz p95 ms", goal: "<= 50" },
    { figure: "70 to 90 rpm, 1 Hz: within 2 % after s p50", goal: "<= 2.0" },
    { figure: "70 to 90 rpm, 1 Hz: within 2 % after s p95", goal: "<= 4.5" },
  ]);
}

if (process.argv.includes("--browser")) await benchBrowser();
else benchHeadless();
