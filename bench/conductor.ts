/**
 * How near beats come to strokes: the engine headless, to the graph's output, over a seeded athlete and over recorded rides
 * (`--fit FILE_OR_FOLDER ...`), against two simple rules that hear the same notifications. Strokes are compared with the nearest of two
 * beats a revolution. Constant delays, the crank angle and how early somebody taps are random for every ride. "upbeat" is told
 * them but for an error of 8 ms (SD), as the bound is; "tapped" has what the product's own two tap calibrations make of
 * that person's taps; "uncalibrated" knows nothing of them.
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
import { readActivity } from "#protocol/fit/read-activity.ts";
import { FitError } from "#protocol/fit/read-messages.ts";
import { benchBrowser } from "./conductor-browser.ts";
import { noteClasses } from "./conductor-classes.ts";
import { createPeer, informationBound } from "./conductor-peers.ts";
import { noteOutdoors } from "./conductor-outdoors.ts";
import { noteRamp } from "./conductor-ramp.ts";
import { leadMs, oneTrack, ride, steadyClass } from "./conductor-ride.ts";
import { tapCalibration, tapsAfter } from "./conductor-taps.ts";
import { movingFrom, predictedAlone, rideRecorded, usualCadence } from "./conductor-rides.ts";
import { printReport, progress } from "./report.ts";
import { seededLibrary } from "./soundtrack/library.ts";

const seed = 4;
const rideS = 240;
const warmS = 60;
const coldS = 30;
const ridesPerCadence = 3;
/** Of one cadence alone more are needed: its strokes beat with the notifications. */
const ridesOfOne = 36;
/** No two calibrations by taps are alike, and with few of them chance decides: with one for each ride six seeds differed by 9 ms. */
const calibrationsPerRide = 4;
const calibrationSigmaMs = 8;
const usualCadences = [70, 75, 80, 85, 90, 95, 100, 105, 110];
/** Every notification finds the crank at the same place. */
const evenRide = "60 rpm, 1 Hz";
const noise = { whiteShare: 0.015, walkShareIn30S: 0.01 };

type Figures = Record<string, number | null>;
const figures: Figures = {};
const peers: Record<string, Figures> = { bound: {}, tapped: {}, uncalibrated: {}, held: {}, snap: {} };

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

/** Somebody from standstill is at half their cadence after half a second, at 95 % after seven: as recorded rides begin. */
function fromStandstill(cadence: number, tS: number): number {
  return cadence * (1 - 0.6 * Math.exp(-tS / 3));
}

interface Measuring {
  readonly source: MovementSource;
  readonly cadence: number;
  readonly calibration: Calibration;
  readonly tapFor: ((strokeMs: number) => number) | null;
}

/** Errors of the engine and of the peers over one ride. */
function measure({ source, cadence, calibration, tapFor }: Measuring): Measured {
  const held = createPeer("held");
  const snap = createPeer("snap");
  const heldMs: number[] = [];
  const snapMs: number[] = [];
  const heard = { seenMs: 0 };
  const { errors } = ride({
    seconds: rideS,
    cadence,
    source,
    calibration,
    topsOnly: true,
    ...(tapFor === null ? {} : { tapFor }),
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

interface Ridden {
  readonly cadences: readonly number[];
  readonly rateHz: number;
  readonly dropShare: number;
  readonly standing?: boolean;
  /** They tap with a foot when they are asked to. */
  readonly taps?: boolean;
}

type Errors = Record<
  "calibrated" | "cold" | "tapped" | "tappedCold" | "uncalibrated" | "held" | "snap",
  number[]
>;

function synthetic(name: string, ridden: Ridden): void {
  progress(name);
  const { cadences, rateHz, dropShare, taps = false } = ridden;
  const random = seededRandom(seed);
  const tapRandom = seededRandom(seed + 1);
  const laterRandom = seededRandom(seed + 2);
  const ownRandom = seededRandom(seed + 3);
  const all: Errors = {
    calibrated: [],
    cold: [],
    tapped: [],
    tappedCold: [],
    uncalibrated: [],
    held: [],
    snap: [],
  };
  for (const cadence of cadences) {
    for (let index = 0; index < (cadences.length > 1 ? ridesPerCadence : ridesOfOne); index++) {
      const { sensor, exact } = drawTruth(random, rateHz, dropShare);
      const off = calibrationSigmaMs * normalRandom(random);
      const calibrated = { ...exact, outputDelayMs: exact.outputDelayMs + off };
      const rideSeed = Math.floor(random() * 2 ** 31);
      const plan = steadyClass(cadence, rideS);
      const intent = (tS: number): number =>
        ridden.standing === true ? fromStandstill(cadence, tS) : cadence;
      const athlete = (): SimulatedAthlete =>
        new SimulatedAthlete({ seed: rideSeed, plan, athlete: defaultAthlete, intent, sensor });
      const tapFor = taps ? tapsAfter(0, laterRandom) : null;
      const known = measure({ source: athlete(), cadence, calibration: calibrated, tapFor });
      // What is heard is what leaves the graph plus the true output delay.
      sortIn(known, -off, all.calibrated, all.cold);
      all.held.push(...known.heldMs);
      all.snap.push(...known.snapMs);
      if (rateHz !== 1 || dropShare > 0.05) continue;
      for (let person = 0; person < calibrationsPerRide; person++) {
        const tapped = tapCalibration(tapRandom, { sensor, outputDelayMs: exact.outputDelayMs });
        if (tapped === null) continue;
        const { calibration } = tapped;
        const own = taps ? tapsAfter(tapped.feetEarlyMs, ownRandom) : null;
        const found = measure({ source: athlete(), cadence, calibration, tapFor: own });
        sortIn(found, exact.outputDelayMs - calibration.outputDelayMs, all.tapped, all.tappedCold);
      }
      const blind = { crankAngleRev: {}, radioDelayMs: {}, outputDelayMs: 0 };
      const found = measure({ source: athlete(), cadence, calibration: blind, tapFor: null });
      sortIn(found, exact.outputDelayMs, all.uncalibrated, []);
    }
  }
  noteAll(name, ridden, all);
}

function sortIn({ errors }: Measured, lateMs: number, warm: number[], cold: number[]): void {
  for (const { tS, errorMs } of errors) {
    if (tS > warmS) warm.push(errorMs + lateMs);
    else if (tS > coldS) cold.push(errorMs + lateMs);
  }
}

function noteAll(name: string, { cadences, rateHz, dropShare }: Ridden, all: Errors): void {
  note(figures, name, all.calibrated);
  if (rateHz === 1 && dropShare < 0.05) note(figures, `${name}, 30-60 s after the start`, all.cold);
  if (all.uncalibrated.length > 0) note(peers["uncalibrated"] ?? {}, name, all.uncalibrated);
  if (all.tapped.length > 0) {
    note(peers["tapped"] ?? {}, name, all.tapped);
    note(peers["tapped"] ?? {}, `${name}, 30-60 s after the start`, all.tappedCold);
  }
  note(peers["held"] ?? {}, name, all.held);
  note(peers["snap"] ?? {}, name, all.snap);
  const bound = informationBound({ ...noise, cadences, rateHz, dropShare, leadMs, calibrationSigmaMs });
  Object.assign(peers["bound"] ?? {}, { [`${name} p50 ms`]: bound.p50, [`${name} p95 ms`]: bound.p95 });
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
  const predicted = predictedAlone(rows);
  for (const [name, tracks] of Object.entries(libraries)) {
    const found = rideRecorded(rows, cadence, tracks);
    const ride = `${basename(path)}, ${name}`;
    note(figures, `${ride}: all`, found.allMs);
    note(figures, `${ride}: steady`, found.steadyMs);
    note(peers["bound"] ?? {}, `${ride}: steady`, predicted);
    note(figures, `${ride}: locked`, found.lockedMs);
    figures[`${ride}: locked, % of time`] = 100 * found.lockedShare;
    figures[`${ride}: tempo within 5 %, % of time`] = 100 * found.tempoShare;
    figures[`${ride}: stretch within 8 %, % of time`] = 100 * found.stretchShare;
    figures[`${ride}: track changes`] = found.trackChanges;
  }
}

function benchHeadless(): void {
  const fits = process.argv.includes("--fit") ? process.argv.slice(process.argv.indexOf("--fit") + 1) : [];
  const usual = { cadences: usualCadences, rateHz: 1, dropShare: 0.03 };
  synthetic("1 Hz", usual);
  synthetic("1 Hz, from standstill", { ...usual, standing: true });
  synthetic("4 Hz", { ...usual, rateHz: 4 });
  synthetic("1 Hz, 10 % lost", { ...usual, dropShare: 0.1 });
  const even = { ...usual, cadences: [60] };
  synthetic(evenRide, even);
  synthetic(`${evenRide}, from standstill`, { ...even, standing: true });
  synthetic(`${evenRide}, taps when asked`, { ...even, taps: true });
  synthetic(`${evenRide}, from standstill, taps when asked`, { ...even, standing: true, taps: true });
  for (const rateHz of [1, 4]) {
    progress(`70 to 90 rpm, ${rateHz} Hz`);
    noteRamp(figures, peers["bound"] ?? {}, seed, rateHz);
  }
  progress("classes");
  noteClasses(figures, peers["bound"] ?? {}, seed);
  progress("made-up outdoor rides");
  noteOutdoors(figures, peers["bound"] ?? {}, seed);
  for (const path of fits.filter((argument) => !argument.startsWith("--")).flatMap(filesIn)) recorded(path);
  const rideGoals = Object.keys(figures).flatMap((figure) => {
    if (figure.endsWith(": all p95 ms") && !figure.includes("outdoor"))
      return [{ figure, goal: "<= 50 indoors" }];
    if (figure.endsWith(": steady p95 ms")) return [{ figure, goal: "<= 42, outdoors 55" }];
    return figure.includes(": tempo within") ? [{ figure, goal: ">= 85" }] : [];
  });
  printReport("Beats on strokes, to the graph's output", { figures, peers, seed }, [
    ...rideGoals,
    { figure: "1 Hz p50 ms", goal: "<= 13" },
    { figure: "1 Hz p95 ms", goal: "<= 40" },
    { figure: "1 Hz, 30-60 s after the start p95 ms", goal: "<= 65, tapped 45" },
    { figure: "4 Hz p50 ms", goal: "<= 10.5" },
    { figure: "4 Hz p95 ms", goal: "<= 31" },
    { figure: "1 Hz, 10 % lost p95 ms", goal: "<= 45" },
    ...["", ", from standstill", ", taps when asked", ", from standstill, taps when asked"].flatMap((how) => [
      { figure: `${evenRide}${how} p50 ms`, goal: "<= 16" },
      { figure: `${evenRide}${how} p95 ms`, goal: "<= 50" },
    ]),
    { figure: "70 to 90 rpm, 1 Hz: within 2 % after s p50", goal: "<= 2.0" },
    { figure: "70 to 90 rpm, 1 Hz: within 2 % after s p95", goal: "<= 4.5" },
    { figure: "70 to 90 rpm, 1 Hz: locked again after s p95", goal: "<= 5" },
    { figure: "classes, demo tracks: stretch within 8 %, % of time", goal: ">= 95" },
    { figure: "classes, 300 tracks: stretch within 8 %, % of time", goal: ">= 95" },
    { figure: "base tempo slew, chosen, most % a s", goal: "<= 1" },
    { figure: "base tempo slew, following, most % a s", goal: "<= 5" },
    { figure: "phase pull, most %", goal: "<= 6" },
  ]);
}

if (process.argv.includes("--browser")) await benchBrowser();
else benchHeadless();
