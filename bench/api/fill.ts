/** Many finished workouts, kept through the API as a browser would. */
import { randomUUID } from "node:crypto";
import { wordingOf } from "#domain/consent.ts";

const writers = 32;

/** UUIDv7 of a time. */
function idAt(atMs: number): string {
  const time = atMs.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

/** Signs in as the owner of a server on this machine and keeps `count` workouts. Answers the cookie. */
export async function fill(address: string, count: number): Promise<string> {
  const page = await fetch(address);
  await page.arrayBuffer();
  const cookie = page.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  async function put(path: string, body: unknown): Promise<void> {
    const headers = { cookie, "content-type": "application/json" };
    const response = await fetch(address + path, { method: "PUT", headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    await response.arrayBuffer();
  }

  async function keepOne(index: number): Promise<void> {
    const startedAtMs = 1_600_000_000_000 + index * 14_400_000;
    const id = idAt(startedAtMs);
    const classId = "cycling-norwegian-4x4-40";
    const head = {
      classId,
      classTitle: "Norwegian ride 4 × 4 min",
      sport: "cycling",
      startedAtMs,
      mode: "follow",
      source: "sensors",
    };
    await put(`/v1/workouts/${id}`, head);
    const rows = [10, 20, 30].map((tS) => ({
      tS,
      heartRateBpm: 120 + (index % 40),
      powerW: 180 + tS,
      cadence: 88,
      speedMps: null,
      tempoBpm: 176,
      phaseErrorMs: 4,
    }));
    await put(`/v1/workouts/${id}/chunks/0`, { rows });
    await put(`/v1/workouts/${id}/end`, {
      chunks: 1,
      durationS: 2400,
      reason: "class-finished",
      trackPlays: [],
      blockPasses: [],
      distrustS: 0,
    });
  }

  await put("/v1/consents/keep-biometrics", {
    granted: true,
    wordingVersion: wordingOf("keep-biometrics").version,
  });
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) await keepOne(index);
  };
  await Promise.all(Array.from({ length: writers }, worker));
  return cookie;
}
