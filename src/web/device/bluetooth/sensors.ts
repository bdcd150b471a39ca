import type { RawNotification } from "#domain/sensor.ts";
import { services } from "#protocol/ble/measurements.ts";
import { keepCrankAngle } from "./crank-angles.ts";
import { SensorLink, uuidOf } from "./sensor-link.ts";
import type { SensorDevice } from "./sensor-link.ts";

export type { SensorDevice } from "./sensor-link.ts";

const movementServices = Object.entries(services)
  .filter(([name]) => name !== "battery")
  .map(([, { service }]) => uuidOf(service));

/** Where sensors may be used: Chromium over HTTPS or on this machine. */
export function bluetoothTrouble(): string | null {
  if (!globalThis.isSecureContext) {
    return "This address is not a secure one, so the browser keeps Bluetooth off. Open Upbeat on this machine or over HTTPS.";
  }
  if (!("bluetooth" in navigator)) {
    return "This browser has no Web Bluetooth. Chrome, Edge and other Chromium browsers have.";
  }
  return null;
}

/** Whether the browser tells a page what sensors it was given before; without, each visit chooses anew. */
export function remembersSensors(): boolean {
  return "bluetooth" in navigator && "getDevices" in navigator.bluetooth;
}

/** All sensors of this browser: pairs new ones, remembers old ones, keeps them connected. */
export class Sensors {
  readonly #links = new Map<string, SensorLink>();
  readonly #onNotification: (notification: RawNotification) => void;
  readonly #listeners = new Set<() => void>();
  #devices: readonly SensorDevice[] = [];

  constructor(onNotification: (notification: RawNotification) => void) {
    this.#onNotification = onNotification;
  }

  get devices(): readonly SensorDevice[] {
    return this.#devices;
  }

  /** Calls back after every change of `devices`; returns how to stop that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Opens the browser's chooser (call it from a click) and keeps what was chosen connected.
   * @returns false when the person closed the chooser.
   * @throws Error in words when Bluetooth is off or not allowed.
   */
  async add(): Promise<boolean> {
    const trouble = bluetoothTrouble();
    if (trouble !== null) throw new Error(trouble);
    try {
      const device = await navigator.bluetooth.requestDevice({
        filters: movementServices.map((service) => ({ services: [service] })),
        optionalServices: [...movementServices, uuidOf(services.battery.service)],
      });
      this.#keep(device);
      return true;
    } catch (error) {
      const name = error instanceof DOMException ? error.name : "";
      if (name === "NotFoundError" || name === "AbortError") return false;
      if (name === "SecurityError" || name === "NotAllowedError") {
        throw new Error("The browser does not allow Bluetooth on this page.", { cause: error });
      }
      throw new Error("Bluetooth does not answer. Check that it is switched on.", { cause: error });
    }
  }

  /** Connects the sensors paired before, where the browser tells them (`getDevices`). */
  async restore(): Promise<void> {
    if (bluetoothTrouble() !== null || !remembersSensors()) return;
    for (const device of await navigator.bluetooth.getDevices()) this.#keep(device);
  }

  /** Disconnects one and has the browser forget it, where it can. */
  async forget(id: string): Promise<void> {
    const link = this.#links.get(id);
    this.#links.delete(id);
    keepCrankAngle(id, null);
    this.#changed();
    await link?.forget();
  }

  close(): void {
    for (const link of this.#links.values()) link.close();
    this.#links.clear();
    this.#changed();
  }

  #keep(device: BluetoothDevice): void {
    if (this.#links.has(device.id)) return;
    const link = new SensorLink(device, {
      onNotification: this.#onNotification,
      onChange: () => this.#changed(),
    });
    this.#links.set(device.id, link);
    this.#changed();
  }

  #changed(): void {
    this.#devices = [...this.#links.values()].map((link) => link.state);
    for (const listener of this.#listeners) listener();
  }
}
