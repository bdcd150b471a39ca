import type { RawNotification } from "#domain/sensor.ts";
import { services } from "#protocol/ble/measurements.ts";
import { type SensorIdentity, untold } from "./known-sensors.ts";

export type LinkState = "connecting" | "connected" | "lost";

/** A paired sensor's connection as it stands. `trouble` says in words why it is not connected. */
export interface LinkedSensor {
  readonly id: string;
  readonly name: string;
  readonly state: LinkState;
  readonly batteryPct: number | null;
  readonly trouble: string | null;
}

export interface LinkListener {
  /** A notification as it arrived; `tMs` is performance.now() of its arrival. */
  onNotification(notification: RawNotification): void;
  /** At every connection, before the first notification: what the device says it is. */
  onIdentity(identity: SensorIdentity): void;
  onChange(device: LinkedSensor): void;
}

/**
 * Waits before each new attempt to connect: quick at first, since most losses are short, never so slow that a sensor
 * that is back stays unheard for 5 s. An attempt that hangs is given up after `attemptMs`.
 */
const firstRetryMs = 250;
const slowestRetryMs = 2_000;
const attemptMs = 12_000;

export function retryDelayMs(attempt: number): number {
  return Math.min(slowestRetryMs, firstRetryMs * 2 ** attempt);
}

const knownCharacteristics = new Set<string>(
  Object.values(services).flatMap(({ characteristics }) => characteristics),
);
const knownServices = Object.values(services).map(({ service }) => uuidOf(service));
/** Device Information: Manufacturer Name, Model Number, Hardware Revision, Serial Number String. */
export const informationService = "180a";
const identityFields: Readonly<Record<string, keyof SensorIdentity>> = {
  "2a29": "manufacturer",
  "2a24": "model",
  "2a27": "hardware",
  "2a25": "serial",
};
/** Longer texts are no names. */
const identityChars = 80;
const batteryCharacteristic = services.battery.characteristics[0];

/** Full UUID of a 16-bit assigned number in hex. */
export function uuidOf(assigned: string): string {
  return `0000${assigned}-0000-1000-8000-00805f9b34fb`;
}

/** The 16-bit number of a standard UUID, "2a5b". */
function assignedOf(uuid: string): string {
  return uuid.slice(4, 8);
}

/** Keeps one Bluetooth sensor connected and subscribed until it is closed. */
export class SensorLink {
  readonly #device: BluetoothDevice;
  readonly #listener: LinkListener;
  #state: LinkedSensor;
  #closed = false;
  /** Counts connections, so that what belongs to an earlier one is ignored. */
  #connection = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(device: BluetoothDevice, listener: LinkListener) {
    this.#device = device;
    this.#listener = listener;
    this.#state = {
      id: device.id,
      name: device.name ?? "Sensor without a name",
      state: "connecting",
      batteryPct: null,
      trouble: null,
    };
    device.addEventListener("gattserverdisconnected", this.#lost);
    void this.#connect(0);
  }

  get state(): LinkedSensor {
    return this.#state;
  }

  close(): void {
    this.#closed = true;
    this.#connection += 1;
    clearTimeout(this.#retryTimer);
    this.#device.removeEventListener("gattserverdisconnected", this.#lost);
    this.#device.gatt?.disconnect();
  }

  /** Lets go of it for good: the person has to choose it again. */
  async forget(): Promise<void> {
    this.close();
    if ("forget" in this.#device) await this.#device.forget();
  }

  readonly #lost = (): void => {
    if (this.#closed || this.#state.state !== "connected") return;
    this.#change({ state: "lost", trouble: "The connection broke. Trying to get it back." });
    this.#retry(0);
  };

  #retry(attempt: number): void {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => void this.#connect(attempt), retryDelayMs(attempt));
  }

  async #connect(attempt: number): Promise<void> {
    const connection = ++this.#connection;
    const giveUp = setTimeout(() => this.#device.gatt?.disconnect(), attemptMs);
    try {
      const server = await this.#device.gatt?.connect();
      if (server === undefined) throw new Error("the device offers no data service");
      const identity = await readIdentity(server);
      if (this.#closed || connection !== this.#connection) return;
      this.#listener.onIdentity(identity);
      const count = await this.#subscribe(server, connection);
      if (this.#closed || connection !== this.#connection) return;
      if (count === 0) throw new Error("it offers nothing that Upbeat can read");
      this.#change({ state: "connected", trouble: null });
    } catch (error) {
      if (this.#closed || connection !== this.#connection) return;
      const why = error instanceof Error ? error.message : String(error);
      this.#change({ state: attempt === 0 ? this.#state.state : "lost", trouble: `Not connected: ${why}` });
      this.#retry(attempt + 1);
    } finally {
      clearTimeout(giveUp);
    }
  }

  /** Subscribes to every characteristic we can read; one after another, as GATT wants it. Returns how many. */
  async #subscribe(server: BluetoothRemoteGATTServer, connection: number): Promise<number> {
    let count = 0;
    for (const service of await server.getPrimaryServices()) {
      if (!knownServices.includes(service.uuid)) continue;
      for (const characteristic of await service.getCharacteristics()) {
        if (!knownCharacteristics.has(assignedOf(characteristic.uuid))) continue;
        characteristic.addEventListener("characteristicvaluechanged", () => {
          if (connection === this.#connection) this.#receive(characteristic);
        });
        if (characteristic.properties.notify || characteristic.properties.indicate) {
          await characteristic.startNotifications();
          count += 1;
        }
        // Its level changes once an hour; a first reading is worth having.
        const isBattery = assignedOf(characteristic.uuid) === batteryCharacteristic;
        if (isBattery && characteristic.properties.read) await characteristic.readValue();
      }
    }
    return count;
  }

  #receive({ uuid, value }: BluetoothRemoteGATTCharacteristic): void {
    const tMs = performance.now();
    if (value === undefined) return;
    const bytes = new Uint8Array(value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength));
    const characteristic = assignedOf(uuid);
    const levelPct = bytes[0];
    if (characteristic === batteryCharacteristic && levelPct !== undefined && levelPct <= 100) {
      this.#change({ batteryPct: levelPct });
    }
    this.#listener.onNotification({ tMs, sensor: this.#device.id, characteristic, bytes });
  }

  #change(change: Partial<LinkedSensor>): void {
    this.#state = { ...this.#state, ...change };
    this.#listener.onChange(this.#state);
  }
}

/** A device without the service, or of an earlier pairing that did not ask for it, tells nothing. */
async function readIdentity(server: BluetoothRemoteGATTServer): Promise<SensorIdentity> {
  const identity = { ...untold };
  for (const service of await server.getPrimaryServices()) {
    if (service.uuid !== uuidOf(informationService)) continue;
    for (const characteristic of await service.getCharacteristics()) {
      const field = identityFields[assignedOf(characteristic.uuid)];
      if (field === undefined || !characteristic.properties.read) continue;
      const text = new TextDecoder().decode(await characteristic.readValue());
      identity[field] = text.replaceAll("\0", "").trim().slice(0, identityChars);
    }
  }
  return identity;
}
