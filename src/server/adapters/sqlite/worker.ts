/** The one thread that touches the database. Writes that arrive while a commit is under way share the next one. */
import type { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import type { StoreError } from "#server/ports/store.ts";
import { sqliteAthletes } from "./athletes.ts";
import { sqliteAudit } from "./audit.ts";
import { sqliteConsents } from "./consents.ts";
import { sqliteDataKeys } from "./data-keys.ts";
import { sqliteErasure } from "./erasure.ts";
import { storeErrorOf } from "./failures.ts";
import { sqliteGrids } from "./grids.ts";
import { methods, type SynchronousParts } from "./methods.ts";
import { openDatabase } from "./open.ts";
import { sqliteOauth } from "./oauth.ts";
import { sqliteOwnClasses } from "./own-classes.ts";
import { sqlitePasskeys } from "./passkeys.ts";
import { sqlitePeople } from "./people.ts";
import { sqliteSettings } from "./settings.ts";
import { sqliteEmbeddings } from "./embeddings.ts";
import { sqliteRetention } from "./retention.ts";
import { sqliteTaste } from "./taste.ts";
import { sqliteSounds } from "./sounds.ts";
import { sqliteTracks } from "./tracks.ts";
import { sqliteUsage } from "./usage.ts";
import { sqliteWebhooks } from "./webhooks.ts";
import type { Reply, Request, WorkerSetup } from "./worker-messages.ts";
import { sqliteWorkouts } from "./workouts.ts";

type Call = (...args: readonly unknown[]) => unknown;

const port = parentPort;
if (port === null) throw new Error("The database worker is started by its store.");
const { path } = workerData as WorkerSetup;

function reply(message: Reply): void {
  port?.postMessage(message);
}

function fail(id: number, error: unknown): void {
  const { reason, message }: StoreError = storeErrorOf(error, path);
  reply({ id, failure: { reason, message } });
}

function partsOf(db: DatabaseSync): SynchronousParts {
  return {
    tracks: sqliteTracks(db),
    grids: sqliteGrids(db),
    sounds: sqliteSounds(db),
    people: sqlitePeople(db),
    passkeys: sqlitePasskeys(db),
    workouts: sqliteWorkouts(db),
    settings: sqliteSettings(db),
    athletes: sqliteAthletes(db),
    consents: sqliteConsents(db),
    dataKeys: sqliteDataKeys(db),
    audit: sqliteAudit(db),
    erasure: sqliteErasure(db),
    ownClasses: sqliteOwnClasses(db),
    oauth: sqliteOauth(db),
    usage: sqliteUsage(db),
    webhooks: sqliteWebhooks(db),
    taste: sqliteTaste(db),
    retention: sqliteRetention(db),
    embeddings: sqliteEmbeddings(db),
  };
}

function isWrite(request: Request): boolean {
  if (request.part === "database") return false;
  return (methods[request.part] as Readonly<Record<string, string>>)[request.method] === "write";
}

function callOn(parts: SynchronousParts, request: Request): unknown {
  if (request.part === "database") return undefined;
  const part = parts[request.part] as unknown as Readonly<Record<string, Call>>;
  return part[request.method]?.(...request.args);
}

/** One write of a group. A refused row undoes only itself; out of space or a failing disk undoes the whole group. */
function writeOne(db: DatabaseSync, parts: SynchronousParts, request: Request): Reply {
  db.exec("SAVEPOINT one");
  try {
    const value = callOn(parts, request);
    db.exec("RELEASE one");
    return { id: request.id, value };
  } catch (error) {
    const failure = storeErrorOf(error, path);
    if (!db.isTransaction || failure.reason !== "other") throw error;
    db.exec("ROLLBACK TO one; RELEASE one");
    return { id: request.id, failure: { reason: failure.reason, message: failure.message } };
  }
}

/** Runs a group of writes in one transaction and answers only after its commit. */
function commitGroup(db: DatabaseSync, parts: SynchronousParts, group: readonly Request[]): void {
  let answers: readonly Reply[];
  try {
    db.exec("BEGIN IMMEDIATE");
    answers = group.map((request) => writeOne(db, parts, request));
    db.exec("COMMIT");
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    for (const request of group) fail(request.id, error);
    return;
  }
  answers.forEach(reply);
}

function runAlone(db: DatabaseSync, parts: SynchronousParts, request: Request): void {
  try {
    if (request.part !== "database") {
      reply({ id: request.id, value: callOn(parts, request) });
    } else if (request.method === "backup") {
      db.prepare("VACUUM INTO ?").run(request.args[0]);
      reply({ id: request.id, value: undefined });
    } else {
      db.close();
      reply({ id: request.id, value: undefined });
      port?.close();
    }
  } catch (error) {
    fail(request.id, error);
  }
}

function serve(db: DatabaseSync): void {
  const parts = partsOf(db);
  const queue: Request[] = [];
  let scheduled = false;
  const flush = (): void => {
    scheduled = false;
    const batch = queue.splice(0);
    const writes = batch.filter(isWrite);
    if (writes.length > 0) commitGroup(db, parts, writes);
    for (const request of batch) if (!isWrite(request)) runAlone(db, parts, request);
  };
  port?.on("message", (request: Request) => {
    queue.push(request);
    if (scheduled) return;
    scheduled = true;
    setImmediate(flush);
  });
  reply({ id: 0, value: undefined });
}

try {
  serve(openDatabase(path));
} catch (error) {
  fail(0, error);
}
