import type { AthleteProfile } from "#domain/athlete.ts";
import type { ClassPlan } from "#domain/class-plan.ts";
import type { Sample } from "#domain/sensor.ts";
import { usualCrankSensor } from "#engine/athlete/crank-sensor.ts";
import { ReplayedAthlete } from "#engine/athlete/replay.ts";
import { SimulatedAthlete } from "#engine/athlete/simulated.ts";
import { readActivity } from "#protocol/fit/read-activity.ts";
import { FitError } from "#protocol/fit/read-messages.ts";
import { readNamedFile } from "../class-choice.ts";
import { UserError } from "../output.ts";
import type { EventSource } from "./event-source.ts";
import { readEvents } from "./events-file.ts";

/** The simulated sensors' least radio delay, which a calibration would find. */
const simulatedDelay = { [usualCrankSensor.name]: usualCrankSensor.radioMinMs };

export function simulatedSource(seed: number, plan: ClassPlan, athlete: AthleteProfile): EventSource {
  const person = new SimulatedAthlete({ seed, plan, athlete });
  return {
    advance: (toMs, surroundings) => person.advance(toMs, surroundings),
    trueStrokesBetween: (fromMs, toMs) => person.strokesBetween(fromMs, toMs),
    endMs: () => Infinity,
    recorded: false,
    radioDelayMs: simulatedDelay,
  };
}

/** A FIT activity: its cadence is integrated into strokes. Throws UserError when it cannot be read or has no record. */
export function replaySource(path: string, plan: ClassPlan, startMs: number): EventSource {
  const { records } = readFit(path);
  const [first] = records;
  if (first === undefined) throw new UserError(`${path} holds no recorded seconds.`);
  const rows = records.map((record) => ({ ...record, tS: record.tS - first.tS }));
  const person = new ReplayedAthlete({ rows, sport: plan.sport, fromMs: startMs });
  return {
    advance: (toMs) => person.advance(toMs),
    trueStrokesBetween: (fromMs, toMs) => person.strokesBetween(fromMs, toMs),
    endMs: () => person.endMs,
    recorded: true,
    radioDelayMs: simulatedDelay,
  };
}

function readFit(path: string): ReturnType<typeof readActivity> {
  try {
    return readActivity(readNamedFile(path));
  } catch (error) {
    if (error instanceof FitError) throw new UserError(`${path}: ${error.message}`);
    throw error;
  }
}

/** Raw notifications from a file, the first of them at `startMs`. Lines that say nothing are counted by `note`. */
export function eventsSource(path: string, startMs: number, note: (ignored: number) => void): EventSource {
  const { samples, ignored } = readEvents(new TextDecoder().decode(readNamedFile(path)));
  note(ignored);
  const firstMs = samples[0]?.tMs ?? 0;
  const lastMs = samples[samples.length - 1]?.tMs ?? 0;
  const moved = samples.map((sample) => ({ ...sample, tMs: sample.tMs - firstMs + startMs }));
  let next = 0;
  return {
    advance: (toMs) => {
      const due: Sample[] = [];
      for (let sample = moved[next]; sample !== undefined && sample.tMs <= toMs; sample = moved[next]) {
        due.push(sample);
        next += 1;
      }
      return due;
    },
    trueStrokesBetween: () => null,
    endMs: () => lastMs - firstMs + startMs + 1000,
    recorded: true,
    radioDelayMs: {},
  };
}
