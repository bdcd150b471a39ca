import type { Milliseconds } from "#domain/units.ts";
import type { Body } from "./body.ts";
import type { Deck } from "./deck.ts";
import type { RowValues } from "./series-log.ts";

/** What body and music (`deck` leads it, null is silence) say at one moment. */
export function vitalsAt(body: Body, deck: Deck | null, tMs: Milliseconds): RowValues {
  return {
    cadence: body.vital("cadence", tMs),
    powerW: body.vital("power", tMs),
    heartRateBpm: body.vital("heart-rate", tMs),
    speedMps: body.vital("speed", tMs),
    tempoBpm: deck === null || tMs < deck.startMs ? null : deck.tempoBpmAt(tMs),
  };
}
