import type { SeriesRow, WorkoutEnd, WorkoutHead } from "#domain/workout.ts";
import { maxChunkRows } from "#protocol/api/workouts.ts";
import type { Chunk, KeepStore, KeptWorkout } from "./kept-workout.ts";

/** Rows gathered before they are sent while the workout runs: one request about every 15 s. */
const rowsPerChunk = 15;

/** What the server said to one request. */
export type Reply =
  | { readonly kind: "accepted" }
  /** 409 to an end: these chunks are not there. */
  | { readonly kind: "missing"; readonly sequences: readonly number[] }
  /** Not reached, overloaded, failing, or nobody signed in: the same request may succeed later. */
  | { readonly kind: "later" }
  /** The person has not said that workouts may be kept. */
  | { readonly kind: "no-consent" }
  /** It will never take this. */
  | { readonly kind: "refused"; readonly reason: string };

/** The server's side of keeping a workout. Every request may be sent again. */
export interface KeepServer {
  putHead(head: WorkoutHead, detail: KeptWorkout["detail"]): Promise<Reply>;
  putChunk(workoutId: string, sequence: number, rows: readonly SeriesRow[]): Promise<Reply>;
  putEnd(workoutId: string, end: WorkoutEnd, chunks: number): Promise<Reply>;
}

export type UploadOutcome =
  /** Everything the browser has so far is on the server too. */
  | { readonly kind: "up-to-date" }
  /** The workout is finished, the server has all of it, and the browser has let go. */
  | { readonly kind: "done" }
  | { readonly kind: "later" }
  /** The server takes nothing until the person has decided whether workouts may be kept. */
  | { readonly kind: "no-consent" }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Sends what the server lacks of one workout, in order, until there is nothing to send or a request fails. Safe to stop
 * anywhere: what was not acknowledged is sent again.
 */
export async function upload(store: KeepStore, server: KeepServer, id: string): Promise<UploadOutcome> {
  for (;;) {
    const workout = await store.get(id);
    if (workout === null) return { kind: "done" };
    const step = await nextStep(store, server, workout);
    if (step !== "again") return step;
  }
}

async function nextStep(
  store: KeepStore,
  server: KeepServer,
  workout: KeptWorkout,
): Promise<UploadOutcome | "again"> {
  const { id } = workout.head;
  if (workout.detail === "line" && workout.end === null) return { kind: "up-to-date" };
  if (!workout.headAcknowledged) {
    const reply = await server.putHead(workout.head, workout.detail);
    if (reply.kind !== "accepted") return failure(reply);
    await store.update(id, (now) => ({ ...now, headAcknowledged: true }));
    return "again";
  }
  const chunk = workout.chunks.find(({ acknowledged }) => !acknowledged);
  if (chunk !== undefined) {
    const reply = await server.putChunk(id, chunk.sequence, await store.rows(id, chunk.fromRow, chunk.toRow));
    if (reply.kind !== "accepted") return failure(reply);
    await store.update(id, (now) => markChunks(now, [chunk.sequence], true));
    return "again";
  }
  if (await cutChunk(store, workout)) return "again";
  if (workout.end === null) return { kind: "up-to-date" };
  const reply = await server.putEnd(id, workout.end, workout.chunks.length);
  if (reply.kind === "missing") {
    const known = workout.chunks.some(({ sequence }) => reply.sequences.includes(sequence));
    if (!known) return { kind: "refused", reason: "the server misses parts that never were" };
    await store.update(id, (now) => markChunks(now, reply.sequences, false));
    return "again";
  }
  if (reply.kind !== "accepted") return failure(reply);
  await store.remove(id);
  return { kind: "done" };
}

function failure(reply: Exclude<Reply, { kind: "accepted" }>): UploadOutcome {
  if (reply.kind === "refused" || reply.kind === "no-consent") return reply;
  return { kind: "later" };
}

/** Fixes the next chunk once enough rows wait, or the workout is over. Another tab may have done so just before. */
async function cutChunk(store: KeepStore, workout: KeptWorkout): Promise<boolean> {
  if (workout.detail === "line") return false;
  const fromRow = workout.chunks.at(-1)?.toRow ?? 0;
  const waiting = workout.rowCount - fromRow;
  if (waiting === 0 || (waiting < rowsPerChunk && workout.end === null)) return false;
  const sequence = workout.chunks.length;
  const toRow = fromRow + Math.min(waiting, maxChunkRows);
  const chunk: Chunk = { sequence, fromRow, toRow, acknowledged: false };
  await store.update(workout.head.id, (now) =>
    now.chunks.length === sequence ? { ...now, chunks: [...now.chunks, chunk] } : now,
  );
  return true;
}

function markChunks(workout: KeptWorkout, sequences: readonly number[], acknowledged: boolean): KeptWorkout {
  return {
    ...workout,
    chunks: workout.chunks.map((chunk) =>
      sequences.includes(chunk.sequence) ? { ...chunk, acknowledged } : chunk,
    ),
  };
}
