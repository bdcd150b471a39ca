/** The one thread that touches the database. Writes that arrive while a commit is under way share the next one. */
import type { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import type { StoreError } from "#server/ports/store.ts";
import { sqliteClasses } from "./classes.ts";
import { storeErrorOf } from "./failures.ts";
import { methods, type SynchronousParts } from "./methods.ts";
import { openDatabase } from "./open.ts";
import { sqlitePeople } from "./people.ts";
import { sqliteSettings } from "./settings.ts";
import { sqliteTracks } from "./tracks.ts";
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

function serve(db: DatabaseSync): void {
  const parts: SynchronousParts = {
    tracks: sqliteTracks(db),
    people: sqlitePeople(db),
    workouts: sqliteWorkouts(db),
    settings: sqliteSettings(db),
    classes: sqliteClasses(db),
  };
  const queue: Request[] = [];
  let scheduled = false;

  const callOf = (request: Request): Call | null => {
    if (request.part === "database") return null;
    return (parts[request.part] as unknown as Record<string, Call>)[request.method] ?? null;
  };
  const isWrite = (request: Request): boolean =>
    request.part !== "database" &&
    (methods[request.part] as Readonly<Record<string, string>>)[request.method] === "write";

  /** Runs a group of writes in one transaction and answers only after its commit. */
  const commitGroup = (group: readonly Request[]): void => {
    const answers: Reply[] = [];
    try {
      db.exec("BEGIN IMMEDIATE");
      for (const request of group) {
        db.exec("SAVEPOINT one");
        try {
          answers.push({ id: request.id, value: callOf(request)?.(...request.args) });
        } catch (error) {
          // Out of space or a failing disk ends the whole transaction; a refused row only its own write.
          if (!db.isTransaction) throw error;
          db.exec("ROLLBACK TO one");
          const { reason, message } = storeErrorOf(error, path);
          answers.push({ id: request.id, failure: { reason, message } });
        }
        db.exec("RELEASE one");
      }
      db.exec("COMMIT");
    } catch (error) {
      if (db.isTransaction) db.exec("ROLLBACK");
      for (const request of group) fail(request.id, error);
      return;
    }
    answers.forEach(reply);
  };

  const runAlone = (request: Request): void => {
    try {
      if (request.part !== "database") {
        reply({ id: request.id, value: callOf(request)?.(...request.args) });
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
  };

  const flush = (): void => {
    scheduled = false;
    const batch = queue.splice(0);
    const writes = batch.filter(isWrite);
    if (writes.length > 0) commitGroup(writes);
    for (const request of batch) if (!isWrite(request)) runAlone(request);
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
