/** The sensors that a person took for theirs: a stranger that bears one's name, or one that changed, is asked about first. */

/** What a device's information service tells; null what it does not. Browsers keep the serial number from pages. */
export interface SensorIdentity {
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly hardware: string | null;
  readonly serial: string | null;
}

export const untold: SensorIdentity = { manufacturer: null, model: null, hardware: null, serial: null };

export interface KnownSensor {
  /** As the browser calls the device on this site. */
  readonly id: string;
  readonly name: string;
  readonly identity: SensorIdentity;
}

/** Where known sensors are remembered. */
export interface KnownSensors {
  all(): readonly KnownSensor[];
  /** In place of what was known by that id. */
  keep(sensor: KnownSensor): void;
  forget(id: string): void;
}

/** stranger: another device has this name; changed: it tells another maker, model or serial number than it did. */
export type Doubt = "stranger" | "changed";

/** Why a device is to be confirmed by the person before it is believed; null when it need not be. */
export function doubtOf(known: readonly KnownSensor[], sensor: KnownSensor): Doubt | null {
  const before = known.find(({ id }) => id === sensor.id);
  if (before !== undefined) return same(before.identity, sensor.identity) ? null : "changed";
  return known.some(({ name }) => name === sensor.name) ? "stranger" : null;
}

/** What was not told before may be told now; what was told has to stay. */
function same(before: SensorIdentity, now: SensorIdentity): boolean {
  return fields.every((field) => before[field] === null || before[field] === now[field]);
}

const fields = ["manufacturer", "model", "hardware", "serial"] as const;

export class KnownSensorsInMemory implements KnownSensors {
  #sensors: readonly KnownSensor[] = [];

  all(): readonly KnownSensor[] {
    return this.#sensors;
  }

  keep(sensor: KnownSensor): void {
    this.#sensors = [...others(this.#sensors, sensor.id), sensor];
  }

  forget(id: string): void {
    this.#sensors = others(this.#sensors, id);
  }
}

const storageKey = "upbeat.known-sensors";

/** In this browser's own storage; what lies there and is no sensor is passed over. */
export class KnownSensorsInBrowser implements KnownSensors {
  readonly #storage: Pick<Storage, "getItem" | "setItem">;

  constructor(storage: Pick<Storage, "getItem" | "setItem">) {
    this.#storage = storage;
  }

  all(): readonly KnownSensor[] {
    try {
      const kept: unknown = JSON.parse(this.#storage.getItem(storageKey) ?? "[]");
      return Array.isArray(kept) ? kept.filter(isSensor) : [];
    } catch {
      return [];
    }
  }

  keep(sensor: KnownSensor): void {
    this.#write([...others(this.all(), sensor.id), sensor]);
  }

  forget(id: string): void {
    this.#write(others(this.all(), id));
  }

  #write(sensors: readonly KnownSensor[]): void {
    this.#storage.setItem(storageKey, JSON.stringify(sensors));
  }
}

function others(sensors: readonly KnownSensor[], id: string): readonly KnownSensor[] {
  return sensors.filter((sensor) => sensor.id !== id);
}

function isSensor(value: unknown): value is KnownSensor {
  if (typeof value !== "object" || value === null) return false;
  if (!("id" in value && "name" in value && "identity" in value)) return false;
  const { id, name, identity } = value;
  if (typeof id !== "string" || typeof name !== "string") return false;
  if (typeof identity !== "object" || identity === null) return false;
  return fields.every((field) => {
    const told: unknown = Reflect.get(identity, field);
    return told === null || typeof told === "string";
  });
}
