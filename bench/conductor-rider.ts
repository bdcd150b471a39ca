/** The person of the browser benchmark: pedals behind a fake BlueZ, and taps. */
import { setTimeout as wait } from "node:timers/promises";
import type { Page } from "playwright-core";
import { defaultAthlete } from "#domain/athlete.ts";
import { normalRandom, type RandomSource } from "#domain/seeded-random.ts";
import { SimulatedAthlete } from "#engine/athlete/simulated.ts";
import type { FakeBluez } from "#test/browser/fake-bluez.ts";
import { cadenceSensor } from "#test/browser/pedalling.ts";
import { pageClockAheadMs } from "#test/browser/recorder.ts";
import { steadyClass } from "./conductor-ride.ts";

const tapSigmaMs = 20;
/** What calibration has to find out. */
export const sensor = { angleRev: 0.31, radioMinMs: 22 };

/** A notification as it left, by this process's performance.now(); the bytes are its count and event time, as text. */
export interface Sent {
  /** When the simulated radio delivers it. */
  readonly dueMs: number;
  readonly sentMs: number;
  readonly bytes: string;
}

/** The athlete's notifications go out when they are due; strokes stay known, by this process's performance.now(). */
export class Rider {
  cadence = 65;
  readonly strokesMs: number[] = [];
  readonly sent: Sent[] = [];
  readonly #athlete: SimulatedAthlete;
  readonly #startMs = performance.now();
  readonly #timer: NodeJS.Timeout;
  #toldMs = 0;

  constructor(bluez: FakeBluez, seed: number) {
    this.#athlete = new SimulatedAthlete({
      seed,
      plan: steadyClass(65, 600),
      athlete: defaultAthlete,
      intent: () => this.cadence,
      sensor,
    });
    this.#timer = setInterval(() => this.#ride(bluez), 4);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #ride(bluez: FakeBluez): void {
    const tMs = performance.now() - this.#startMs;
    const seen = { phase: "running", classTimeS: tMs / 1000, tempoBpm: null, tempoRatio: 0 } as const;
    for (const { tMs: dueMs, measurements } of this.#athlete.advance(tMs, seen)) {
      for (const crank of measurements) {
        if (crank.kind !== "crank") continue;
        const bytes = Buffer.alloc(5);
        bytes.writeUInt8(2, 0);
        bytes.writeUInt16LE(crank.revolutions, 1);
        bytes.writeUInt16LE(crank.eventTime1024, 3);
        this.sent.push({
          dueMs: dueMs + this.#startMs,
          sentMs: performance.now(),
          bytes: `${crank.revolutions} ${crank.eventTime1024}`,
        });
        bluez.notify(cadenceSensor, bytes);
      }
    }
    for (const strokeMs of this.#athlete.strokesBetween(this.#toldMs, tMs))
      this.strokesMs.push(strokeMs + this.#startMs);
    this.#toldMs = tMs;
  }
}

/** Taps with each stroke, so early and with a scatter of 20 ms, until the page says `text`. */
export async function tapUntil(
  page: Page,
  rider: Rider,
  text: string,
  { earlyMs, random }: { readonly earlyMs: number; readonly random: RandomSource },
): Promise<void> {
  const aheadMs = await pageClockAheadMs(page);
  for (let told = rider.strokesMs.length; !(await page.getByText(text).isVisible()); await wait(200)) {
    const times = rider.strokesMs
      .slice(told)
      .map((at) => at + aheadMs - earlyMs + tapSigmaMs * normalRandom(random));
    told = rider.strokesMs.length;
    await page.evaluate((taps) => {
      for (const tMs of taps) {
        const event = new KeyboardEvent("keydown", { key: " ", bubbles: true, cancelable: true });
        Object.defineProperty(event, "timeStamp", { value: tMs });
        document.dispatchEvent(event);
      }
    }, times);
  }
}

export async function addSensor(page: Page, bluez: FakeBluez): Promise<void> {
  await page.getByRole("button", { name: "Add a sensor" }).click();
  await bluez.subscribed(cadenceSensor);
}
