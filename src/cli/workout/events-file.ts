import type { Sample } from "#domain/sensor.ts";
import { decodeNotification } from "#protocol/ble/measurements.ts";

export interface RecordedEvents {
  /** In order of arrival. */
  readonly samples: readonly Sample[];
  /** Lines that are no notification, or say nothing that is understood. */
  readonly ignored: number;
}

/** GATT notifications are at most 512 bytes. */
const hexAtMost = 1024;
/** A week in ms: a later arrival is damage, and would keep the engine running through silence. */
const latestMs = 7 * 86_400_000;

/** Reads lines `{tMs, sensor, characteristic, hex}`. Bad lines are ignored and counted. */
export function readEvents(text: string): RecordedEvents {
  const samples: Sample[] = [];
  let ignored = 0;
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const sample = readLine(line);
    if (sample === null) ignored += 1;
    else samples.push(sample);
  }
  return { samples: samples.toSorted((a, b) => a.tMs - b.tMs), ignored };
}

function readLine(line: string): Sample | null {
  const event = parse(line);
  if (event === null) return null;
  const { tMs, sensor, characteristic, hex } = event;
  if (typeof tMs !== "number" || !(tMs >= 0 && tMs <= latestMs)) return null;
  if (typeof sensor !== "string" || typeof characteristic !== "string" || typeof hex !== "string")
    return null;
  if (hex.length > hexAtMost || !/^(?:[0-9a-f]{2})*$/i.test(hex)) return null;
  const bytes = Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16),
  );
  return decodeNotification({ tMs, sensor, characteristic: shortId(characteristic), bytes });
}

function parse(line: string): Record<string, unknown> | null {
  try {
    const value = JSON.parse(line) as unknown;
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** The 16-bit assigned number, also out of a full UUID on the Bluetooth base or with a leading 0x. */
function shortId(characteristic: string): string {
  const id = characteristic.toLowerCase().replace(/^0x/, "");
  return /^0000([0-9a-f]{4})-0000-1000-8000-00805f9b34fb$/.exec(id)?.[1] ?? id;
}
