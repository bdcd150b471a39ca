/** A crank that turns, and the sensor on it: Cycling Speed and Cadence notifications once a second. */
import type { FakeBluez, FakeSensor } from "./fake-bluez.ts";

export const cadenceSensor: FakeSensor = {
  address: "00:11:22:33:44:03",
  name: "Test cadence",
  service: "1816",
  characteristic: "2a5b",
};

/** Cycling Speed and Cadence, CSC Measurement (0x2A5B): flags with crank data only, revolutions, event time in 1/1024 s. */
function cscBytes(revolutions: number, eventS: number): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(5));
  bytes.setUint8(0, 0b10);
  bytes.setUint16(1, revolutions % 65_536, true);
  bytes.setUint16(3, Math.round(eventS * 1024) % 65_536, true);
  return new Uint8Array(bytes.buffer);
}

export class Pedalling {
  readonly #bluez: FakeBluez;
  readonly #sensor: FakeSensor;
  readonly #timer: NodeJS.Timeout;
  readonly #angleRev: number;
  readonly #tops: number[] = [];
  #cadenceRpm: number;
  #revolutions = 0;
  #lastEventMs: number;

  /**
   * `angleRev`: how far past the top of a downstroke the sensor counts, in revolutions. `ageMs`: how old the event is that the
   * first notification carries, less the notification's second; at 60 rpm all carry one of that age.
   */
  constructor(bluez: FakeBluez, cadenceRpm: number, angleRev = 0, sensor = cadenceSensor, ageMs = 0) {
    this.#lastEventMs = performance.now() - ageMs;
    this.#bluez = bluez;
    this.#sensor = sensor;
    this.#angleRev = angleRev;
    this.#cadenceRpm = cadenceRpm;
    this.#timer = setInterval(() => this.#notify(), 1_000);
  }

  /** From the next revolution on. */
  set cadenceRpm(cadenceRpm: number) {
    this.#turn();
    this.#cadenceRpm = cadenceRpm;
  }

  /** When the same foot was at the top so far, by this process's performance.now(). */
  get topsMs(): readonly number[] {
    this.#turn();
    return this.#tops;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #turn(): void {
    const periodMs = 60_000 / this.#cadenceRpm;
    while (this.#lastEventMs + periodMs <= performance.now()) {
      this.#lastEventMs += periodMs;
      this.#revolutions += 1;
      this.#tops.push(this.#lastEventMs - this.#angleRev * periodMs);
    }
  }

  #notify(): void {
    this.#turn();
    this.#bluez.notify(this.#sensor, cscBytes(this.#revolutions, this.#lastEventMs / 1000));
  }
}
