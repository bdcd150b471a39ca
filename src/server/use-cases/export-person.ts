/** Everything of one person, as files they can read elsewhere. */
import { encodeActivity } from "#protocol/fit/write-activity.ts";
import type { ArchiveFile } from "#server/ports/archive.ts";
import type { Biometrics, BiometricsReader, KeptWorkout } from "#server/ports/biometrics.ts";
import { SealError } from "#server/ports/sealer.ts";
import type { Store } from "#server/ports/store.ts";
import type { AuditTrail } from "./audit.ts";
import type { ClassBook } from "./class-book.ts";
import type { ConnectedApps } from "./connected-apps.ts";
import type { Consents } from "./consents.ts";
import type { KeepTaste } from "./keep-taste.ts";

export type ExportPerson = (personId: string) => AsyncIterable<ArchiveFile>;

interface ExportParts {
  readonly reader: BiometricsReader;
  readonly consents: Consents;
  readonly audit: AuditTrail;
  readonly taste: Pick<KeepTaste, "kept">;
  readonly apps: Pick<ConnectedApps, "list">;
  readonly classes: Pick<ClassBook, "own">;
  readonly store: Pick<Store, "people" | "passkeys" | "usage" | "webhooks" | "retention">;
}

const pageSize = 50;

const readme = `Everything Upbeat keeps of you.

profile.json    your training profile (power in W, heart rates in bpm, weight in kg)
consents.json   every decision on what Upbeat may do, oldest first; times in milliseconds since 1970 (UTC)
retention.json  how many months you keep series and whole workouts; null is for ever, as is the whole when you chose nothing
audit.json      who read what of yours, oldest first; each hash is SHA-256 over the JSON list
                [hash before, your id, sequence, atMs, purpose, category]
taste.json      what you said of tracks and artists (said), and what you brought from elsewhere (imports): recordings with plays,
                the last of them (lastAtMs), and their weight, each play halved a year after it
account.json    your name, where you are signed in, your passkeys by name (their secrets never leave your devices)
apps.json       apps you connected: who they say they are, what they may read, since when
usage.json      what those apps did for you, by hour and category, and what was unusual of it
webhooks.json   addresses that are told of your events, and the messages that went there
classes/        classes you made or imported, as JSON that Upbeat imports again
workouts/       one JSON file a workout: what and when (head), how it ended and which tracks played (end), its figures
                (facts), its text, and its rows, one a second: cadence in rpm (spm off the bike), power in W, heart rate
                in bpm, speed in m/s, tempo of the music in BPM; null where nothing was measured
                and, where something was measured, the same as a FIT activity for other programs

Progress in a programme is counted from workouts and kept nowhere. Beat grids belong to the library; each can be taken along
on its track's page.
`;

function textFile(path: string, text: string): ArchiveFile {
  return { path, bytes: new TextEncoder().encode(text) };
}

function jsonFile(path: string, value: unknown): ArchiveFile {
  return textFile(path, `${JSON.stringify(value, null, 1)}\n`);
}

async function* filesOfWorkout(own: Biometrics<"own">, workout: KeptWorkout): AsyncGenerator<ArchiveFile> {
  const day = new Date(workout.head.startedAtMs).toISOString().slice(0, 10);
  const path = `workouts/${day}-${workout.id}`;
  try {
    const record = await own.record(workout.id);
    yield jsonFile(`${path}.json`, { ...workout, rows: record.rows });
    if (workout.finished && record.rows.length > 0) {
      yield { path: `${path}.fit`, bytes: encodeActivity(record) };
    }
  } catch (error) {
    // Its key is gone: nobody can read it, and the rest is not held up by it.
    if (!(error instanceof SealError)) throw error;
    yield jsonFile(`${path}.json`, workout);
  }
}

/** More messages than are kept. */
const maxDeliveries = 10_000;

/** Who one is here, and what passes between this server and others for one. */
async function* filesOfAccount(
  personId: string,
  { store, apps, classes }: ExportParts,
): AsyncGenerator<ArchiveFile> {
  const { people, passkeys, usage, webhooks } = store;
  const person = await people.getPerson(personId);
  const sessions = (await people.sessionsOf(personId)).map(({ device, createdAtMs, lastUsedAtMs }) => {
    return { device, createdAtMs, lastUsedAtMs };
  });
  const keys = (await passkeys.passkeysOf(personId)).map((passkey) => {
    const { id, name: called, hostName, createdAtMs, lastUsedAtMs } = passkey;
    return { id, name: called, hostName, createdAtMs, lastUsedAtMs };
  });
  const { name, role, asksPasskey } = person ?? {};
  yield jsonFile("account.json", { name, role, asksPasskey, sessions, passkeys: keys });
  yield jsonFile("apps.json", await apps.list(personId));
  const hours = await usage.usageOf(personId, 0);
  yield jsonFile("usage.json", { hours, anomalies: await usage.anomaliesOf(personId) });
  const deliveries = await webhooks.deliveriesOf(personId, { after: null, limit: maxDeliveries });
  yield jsonFile("webhooks.json", { webhooks: await webhooks.webhooksOf(personId), deliveries });
  for (const plan of await classes.own(personId)) yield jsonFile(`classes/${plan.id}.json`, plan);
}

async function* filesOfTaste(personId: string, taste: Pick<KeepTaste, "kept">): AsyncGenerator<ArchiveFile> {
  try {
    yield jsonFile("taste.json", await taste.kept(personId));
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
  }
}

export function createExportPerson(parts: ExportParts): ExportPerson {
  const { reader, consents, audit, taste } = parts;
  return async function* exportPerson(personId) {
    await audit.note(personId, "own", "everything");
    const own = await reader.open("own", personId);
    yield textFile("README.txt", readme);
    yield jsonFile("profile.json", await own.athlete());
    yield jsonFile("consents.json", await consents.ledger(personId));
    yield jsonFile("retention.json", await parts.store.retention.retentionOf(personId));
    yield jsonFile("audit.json", await audit.entries(personId));
    yield* filesOfAccount(personId, parts);
    yield* filesOfTaste(personId, taste);
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof own.workouts>> = await own.workouts({ limit: pageSize, cursor });
      for (const workout of page.items) yield* filesOfWorkout(own, workout);
      cursor = page.nextCursor;
    } while (cursor !== null);
  };
}
