import type { RawNotification, Sample } from "#domain/sensor.ts";
import { decodeNotification, services } from "#protocol/ble/measurements.ts";
import { keepCrankAngle } from "./crank-angles.ts";
import {
  type Doubt,
  doubtOf,
  type KnownSensor,
  KnownSensorsInBrowser,
  type SensorIdentity,
} from "./known-sensors.ts";
import { informationService, type LinkedSensor, SensorLink, uuidOf } from "./sensor-link.ts";

export interface SensorDevice extends LinkedSensor {
  /** While there is one, nothing the device says is passed on. */
  readonly doubt: Doubt | null;
  /** Notifications that could not be read, or had nothing usable in them. */
  readonly ignored: number;
}

/** What is kept beside a sensor's connection. */
interface Held {
  readonly link: SensorLink;
  known: KnownSensor | null;
  doubt: Doubt | null;
  ignored: number;
}

const movementServices = Object.entries(services)
  .filter(([name]) => name !== "battery")
  .map(([, { service }]) => uuidOf(service));

/** Chromium tells a page what the server's Permissions-Policy leaves it. */
interface PolicyDocument {
  readonly featurePolicy?: { features(): readonly string[]; allowsFeature(name: string): boolean };
}

/** Where sensors may be used: Chromium over HTTPS or on this machine. */
export function bluetoothTrouble(): string | null {
  if (!globalThis.isSecureContext) {
    return "This address is not a secure one, so the browser keeps Bluetooth off. Open Upbeat on this machine or over HTTPS.";
  }
  if (!("bluetooth" in navigator)) {
    return "This browser has no Web Bluetooth. Chrome, Edge and other Chromium browsers have.";
  }
  const { featurePolicy: policy } = document as PolicyDocument;
  if (policy?.features().includes("bluetooth") === true && !policy.allowsFeature("bluetooth")) {
    return "The owner of this server does not want sensors paired on this network.";
  }
  return null;
}

/** Whether the browser tells a page what sensors it was given before; without, each visit chooses anew. */
export function remembersSensors(): boolean {
  return "bluetooth" in navigator && "getDevices" in navigator.bluetooth;
}

/** All sensors of this browser: pairs new ones, remembers old ones, keeps them connected, reads what they say. */
export class Sensors {
  readonly #held = new Map<string, Held>();
  readonly #known = new KnownSensorsInBrowser(localStorage);
  readonly #onSample: (sample: Sample) => void;
  readonly #listeners = new Set<() => void>();
  #devices: readonly SensorDevice[] = [];

  constructor(onSample: (sample: Sample) => void) {
    this.#onSample = onSample;
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
        optionalServices: [...movementServices, uuidOf(services.battery.service), uuidOf(informationService)],
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

  /** The person says that a doubted device is theirs. */
  accept(id: string): void {
    const held = this.#held.get(id);
    if (held === undefined || held.known === null) return;
    this.#known.keep(held.known);
    held.doubt = null;
    this.#changed();
  }

  /** Disconnects one and has the browser forget it, where it can. */
  async forget(id: string): Promise<void> {
    const held = this.#held.get(id);
    this.#held.delete(id);
    keepCrankAngle(id, null);
    // A stranger leaves alone what is known of the one whose name it has.
    this.#known.forget(id);
    this.#changed();
    await held?.link.forget();
  }

  close(): void {
    for (const { link } of this.#held.values()) link.close();
    this.#held.clear();
    this.#changed();
  }

  #keep(device: BluetoothDevice): void {
    if (this.#held.has(device.id)) return;
    const link = new SensorLink(device, {
      onNotification: (notification) => this.#hear(notification),
      onIdentity: (identity) => this.#meet(device.id, identity),
      onChange: () => this.#changed(),
    });
    this.#held.set(device.id, { link, known: null, doubt: null, ignored: 0 });
    this.#changed();
  }

  /** Remembers what it need not doubt. */
  #meet(id: string, identity: SensorIdentity): void {
    const held = this.#held.get(id);
    if (held === undefined) return;
    held.known = { id, name: held.link.state.name, identity };
    held.doubt = doubtOf(this.#known.all(), held.known);
    if (held.doubt === null) this.#known.keep(held.known);
    this.#changed();
  }

  #hear(notification: RawNotification): void {
    const held = this.#held.get(notification.sensor);
    if (held === undefined) return;
    const sample = decodeNotification(notification);
    if (sample === null) {
      held.ignored += 1;
      this.#changed();
    } else if (held.doubt === null) this.#onSample(sample);
  }

  #changed(): void {
    this.#devices = [...this.#held.values()].map(({ link, doubt, ignored }) => {
      return { ...link.state, doubt, ignored };
    });
    for (const listener of this.#listeners) listener();
  }
}
