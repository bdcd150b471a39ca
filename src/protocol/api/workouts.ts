/** The JSON of the athlete, and of workouts: begun, sent in chunks, ended, summed up. */
import { Type, type Static } from "typebox";
import { Name, nullable, TimeS } from "./schemas.ts";

/** GET and PUT /v1/athlete */
export const Athlete = Type.Object({
  ftpW: Type.Number({ minimum: 30, maximum: 700 }),
  maxHeartRateBpm: Type.Number({ minimum: 100, maximum: 240 }),
  restingHeartRateBpm: Type.Number({ minimum: 25, maximum: 120 }),
  weightKg: Type.Number({ minimum: 25, maximum: 300 }),
  birthYear: nullable(Type.Integer({ minimum: 1900, maximum: 2100 })),
  sex: nullable(Type.Union([Type.Literal("female"), Type.Literal("male")])),
  units: Type.Union([Type.Literal("metric"), Type.Literal("imperial")]),
});

const MaybeNumber = nullable(Type.Number());
export const SeriesRow = Type.Object({
  tS: TimeS,
  cadence: MaybeNumber,
  powerW: MaybeNumber,
  heartRateBpm: MaybeNumber,
  speedMps: MaybeNumber,
  tempoBpm: MaybeNumber,
  phaseErrorMs: MaybeNumber,
});
/** A day at one row a second; longer workouts are refused. */
export const maxSeriesRows = 86_400;
/** Rows one chunk may carry; the browser sends one about every 15 s and catches up in larger ones. */
export const maxChunkRows = 600;

/**
 * PUT /v1/workouts/{id} -> Workout. The browser makes the id (UUIDv7), so that a retry is the same request. 403 while the
 * person has not allowed "keep-biometrics"; with detail "line" (a private session) nothing but class, time and duration is kept.
 */
export const WorkoutHead = Type.Object({
  classId: Name,
  classTitle: Name,
  sport: Name,
  startedAtMs: Type.Number({ minimum: 0 }),
  mode: Type.Enum(["auto", "follow", "lead", "steady"]),
  source: Type.Enum(["sensors", "tapping", "motion", "simulated", "replay", "none"]),
});
export type WorkoutHead = Static<typeof WorkoutHead>;
export const WorkoutDetail = Type.Enum(["full", "line"]);
export const WorkoutBegin = Type.Object({
  ...WorkoutHead.properties,
  detail: Type.Optional(WorkoutDetail),
});
export type WorkoutBegin = Static<typeof WorkoutBegin>;
/** PUT /v1/workouts/{id}/chunks/{sequence} -> 204; the same again -> 204 */
export const WorkoutChunk = Type.Object({ rows: Type.Array(SeriesRow, { maxItems: maxChunkRows }) });
export const TrackPlay = Type.Object({
  trackId: Type.String({ maxLength: 200 }),
  title: Type.String({ maxLength: 500 }),
  artist: Type.String({ maxLength: 500 }),
  startS: TimeS,
  endS: TimeS,
  skipped: Type.Boolean(),
});
export const BlockPass = Type.Object({
  blockIndex: Type.Integer({ minimum: 0 }),
  startS: TimeS,
  endS: TimeS,
  skipped: Type.Boolean(),
});
/** PUT /v1/workouts/{id}/end {…, chunks: how many chunks there are} -> Workout; 409 with the missing sequence numbers when some are not there yet */
export const WorkoutEnd = Type.Object({
  durationS: TimeS,
  reason: Type.Union([Type.Literal("class-finished"), Type.Literal("ended-early")]),
  trackPlays: Type.Array(TrackPlay, { maxItems: 2000 }),
  blockPasses: Type.Array(BlockPass, { maxItems: 5000 }),
  distrustS: TimeS,
  chunks: Type.Integer({ minimum: 0, maximum: 10_000 }),
});
export type WorkoutEnd = Static<typeof WorkoutEnd>;

const Best = nullable(Type.Object({ value: Type.Number(), startS: TimeS, durationS: TimeS }));
/** Every number of a summary, computed from the series alone. Null where nothing was measured. */
export const SummaryFacts = Type.Object({
  durationS: TimeS,
  movingS: TimeS,
  distanceM: MaybeNumber,
  energyKj: MaybeNumber,
  averagePowerW: MaybeNumber,
  weightedPowerW: MaybeNumber,
  bestPower5sW: Best,
  bestPower60sW: Best,
  bestPower300sW: Best,
  bestPower1200sW: Best,
  averageCadence: MaybeNumber,
  bestCadence: Best,
  averageHeartRateBpm: MaybeNumber,
  maxHeartRateBpm: MaybeNumber,
  /** Seconds in power zones 1..7 / heart-rate zones 1..5; null without that sensor. */
  powerZonesS: nullable(Type.Array(TimeS)),
  heartRateZonesS: nullable(Type.Array(TimeS)),
  load: MaybeNumber,
  intensity: MaybeNumber,
  /** Share of moving time with music within 5 % of the athlete's tempo (Pct), and locked beats. */
  tempoAdherencePct: MaybeNumber,
  /** Share of time, in blocks with a target, within 10 % of it (Pct). */
  targetAdherencePct: MaybeNumber,
  distrustS: TimeS,
  /** Effort per track: mean power (or heart rate) share against the whole workout's, best first. */
  trackEffort: Type.Array(
    Type.Object({
      trackId: Type.String(),
      title: Type.String(),
      artist: Type.String(),
      startS: TimeS,
      endS: TimeS,
      effortPct: MaybeNumber,
      skipped: Type.Boolean(),
    }),
  ),
});
export type SummaryFacts = Static<typeof SummaryFacts>;

/** GET /v1/workouts/{id}; entries of GET /v1/workouts leave nothing out. Also GET …/series -> Series, GET …/fit (a FIT file), DELETE. */
export const Workout = Type.Object({
  id: Type.String(),
  ...WorkoutHead.properties,
  finished: Type.Boolean(),
  /** "line": only that it took place is kept. */
  detail: WorkoutDetail,
  durationS: TimeS,
  facts: nullable(SummaryFacts),
  text: Type.String(),
});
export type Workout = Static<typeof Workout>;
export const Series = Type.Object({
  rows: Type.Array(SeriesRow),
  trackPlays: Type.Array(TrackPlay),
  blockPasses: Type.Array(BlockPass),
});
export type Series = Static<typeof Series>;
