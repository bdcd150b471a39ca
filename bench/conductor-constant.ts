/**
 * What a constant between beats and strokes is made of, in the page in Chromium. The page's notifications are read again by the
 * engine's own tracker with the calibration that the taps gave: how late it takes strokes for, and how much of that the
 * taps, the way to the page and the sensor's clock have in it. What is left is between the strokes as told and the clicks.
 */
import type { Page } from "playwright-core";
import { quantile } from "#domain/units.ts";
import { pageClockAheadMs } from "#test/browser/recorder.ts";
import { StrokeTracker, type TrackerCalibration } from "#engine/stroke-tracker.ts";
import type { Heard, Watched } from "./conductor-page.ts";
import { type Rider, type Sent, sensor } from "./conductor-rider.ts";

/** What the taps of the other page left behind. */
export interface Tapped {
  readonly angleRev: number;
  readonly delayMs: number;
  readonly way: WayMs;
  /** How far the grids that the analysis found lie behind the clicks. */
  readonly gridLateMs: number;
}

/** All times are the page's. */
interface Ridden {
  readonly heard: readonly Heard[];
  readonly sent: readonly Sent[];
  readonly strokesMs: readonly number[];
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Compared extends Ridden {
  readonly tapped: Tapped;
  readonly beatBpm: number;
  /** How late beats are against strokes, typically, and clicks against what the decks were told. */
  readonly typicalMs: number;
  readonly clickLateMs: number;
}

interface WayMs {
  /** From when the simulated radio delivers a notification to the signal on the bus. */
  readonly timerMs: number;
  /** From the signal on the bus to the page's handler. */
  readonly busMs: number;
  /** From the event's own time stamp to the handler. */
  readonly stampMs: number;
}

function median(values: readonly number[]): number {
  return values.length === 0
    ? Number.NaN
    : quantile(
        values.toSorted((a, b) => a - b),
        0.5,
      );
}

/** How long notifications are under way beyond what the simulated radio takes, typically. */
function wayOf({ heard, sent }: Pick<Ridden, "heard" | "sent">): WayMs {
  const pairs = heard.flatMap((at) => {
    const from = sent.findLast(({ bytes, sentMs }) => bytes === at.bytes && sentMs < at.heardMs + 20);
    return from === undefined || at.heardMs - from.sentMs > 500 ? [] : [{ at, from }];
  });
  return {
    timerMs: median(pairs.map(({ from }) => from.sentMs - from.dueMs)),
    busMs: median(pairs.map(({ at, from }) => at.heardMs - from.sentMs)),
    stampMs: median(pairs.map(({ at }) => at.heardMs - at.stampMs)),
  };
}

/** How much later than it was the tracker takes each stroke for, which it foretells from the notification before. */
function toldLateMs(
  ridden: Ridden,
  calibration: TrackerCalibration,
): { readonly medianMs: number; readonly clockSigmaMs: number } {
  const tracker = new StrokeTracker(calibration);
  const late: number[] = [];
  for (const [index, { heardMs, bytes }] of ridden.heard.entries()) {
    tracker.pushCrank(heardMs, Number(bytes.split(" ")[0]), Number(bytes.split(" ")[1]));
    const movement = tracker.movement(heardMs);
    const untilMs = Math.min(ridden.toMs, ridden.heard[index + 1]?.heardMs ?? heardMs + 1000);
    if (movement === null || heardMs < ridden.fromMs) continue;
    for (const strokeMs of ridden.strokesMs) {
      if (strokeMs < heardMs || strokeMs >= untilMs) continue;
      const strokes = 2 * movement.phaseAt(strokeMs);
      late.push(((Math.round(strokes) - strokes) * 500) / movement.unitsPerS);
    }
  }
  return { medianMs: median(late), clockSigmaMs: tracker.clockSigmaMs };
}

/** What left, by the page's clock. */
export function byPage({ sent }: Rider, aheadMs: number): readonly Sent[] {
  return sent.map(({ dueMs, sentMs, bytes }) => ({
    dueMs: dueMs + aheadMs,
    sentMs: sentMs + aheadMs,
    bytes,
  }));
}

/** To be asked on the page of the taps, once they are measured. */
export async function tappedOn(
  page: Page,
  rider: Rider,
  { heard }: Watched,
): Promise<Omit<Tapped, "gridLateMs">> {
  const kept = await page.evaluate(() => localStorage.getItem("upbeat.crank-angles") ?? "{}");
  const [found] = Object.values(JSON.parse(kept) as Record<string, { angleRev: number; delayMs: number }>);
  if (found === undefined) throw new Error("The taps gave no angle.");
  return { ...found, way: wayOf({ heard, sent: byPage(rider, await pageClockAheadMs(page)) }) };
}

/** Where the grids that the analysis found lie behind the clicks, which are where they were put. */
export async function gridLateMs(page: Page, beatBpm: number): Promise<number> {
  const beatsS = await page.evaluate(async () => {
    const read = async (path: string) => (await fetch(path)).json();
    const { items } = (await read("/v1/tracks?limit=10")) as { items: { id: string }[] };
    const grids = await Promise.all(items.map(({ id }) => read(`/v1/tracks/${id}/beat-grid`)));
    return (grids as { beatsS: number[] }[]).flatMap((grid) => grid.beatsS);
  });
  const beatS = 60 / beatBpm;
  return median(beatsS.map((atS) => 1000 * (atS - beatS * Math.round(atS / beatS))));
}

/** How much too late the taps let strokes be taken for. They come twice a turn: what is off by half a turn is not off. */
function leftByTaps({ angleRev, delayMs }: Tapped, { timerMs, busMs }: WayMs, beatBpm: number): number {
  const turnMs = 120_000 / beatBpm;
  // The taps measure the way to the page as well: it is part of the least delay that they should have found.
  const offMs = (sensor.angleRev - angleRev) * turnMs + sensor.radioMinMs + timerMs + busMs - delayMs;
  return offMs - (turnMs / 2) * Math.round(offMs / (turnMs / 2));
}

export function noteConstant(figures: Record<string, number | null>, compared: Compared): void {
  const { tapped, typicalMs, clickLateMs, beatBpm } = compared;
  const way = wayOf(compared);
  const told = toldLateMs(compared, { angleRev: tapped.angleRev, radioDelayMs: tapped.delayMs });
  for (const [page, { timerMs, busMs, stampMs }] of [
    ["taps", tapped.way],
    ["ride", way],
  ] as const) {
    figures[`notification due -> on the bus, ${page}, p50 ms`] = timerMs;
    figures[`bus -> the page's handler, ${page}, p50 ms`] = busMs;
    figures[`event's time stamp -> handler, ${page}, p50 ms`] = stampMs;
  }
  const leftMs = leftByTaps(tapped, way, beatBpm);
  figures["strokes taken for too late by, ms"] = told.medianMs;
  figures["of it left by the taps with the feet, ms"] = leftMs;
  figures["of it by how far off the sensor's clock is in this ride, ms"] = told.medianMs - leftMs;
  figures["that clock known to, at the end, ms"] = told.clockSigmaMs;
  figures["clicks sound after they were told to by, ms"] = clickLateMs;
  figures["found grids lie behind the clicks by, ms"] = tapped.gridLateMs;
  figures["of the constant explained by none of these, ms"] =
    typicalMs - told.medianMs - clickLateMs + tapped.gridLateMs;
}
