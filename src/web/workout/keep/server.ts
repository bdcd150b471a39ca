import type { WorkoutEnd, WorkoutHead } from "#domain/workout.ts";
import { apiPaths } from "#client/paths.ts";
import type { KeepServer, Reply } from "./upload.ts";

/** Statuses after which the same request may succeed: nobody signed in, too busy, too many. */
const passing = new Set([401, 403, 408, 425, 429]);

async function put(path: string, body: unknown): Promise<Reply> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: "PUT",
      headers: { accept: "application/json", "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    return { kind: "later" };
  }
  if (response.ok) return { kind: "accepted" };
  const text = await response.text().catch(() => "");
  if (response.status === 403 && text.includes('"keep-biometrics"')) return { kind: "no-consent" };
  if (response.status === 409) return { kind: "missing", sequences: missingIn(text) };
  if (response.status >= 500 || passing.has(response.status)) return { kind: "later" };
  return { kind: "refused", reason: `The server answered ${response.status}.` };
}

/** Sequence numbers in a 409: the problem's `missing` member. */
function missingIn(text: string): readonly number[] {
  try {
    const problem: unknown = JSON.parse(text);
    if (typeof problem !== "object" || problem === null || !("missing" in problem)) return [];
    return Array.isArray(problem.missing) ? problem.missing.filter((entry) => Number.isInteger(entry)) : [];
  } catch {
    return [];
  }
}

/** /v1/workouts as the KeepServer. */
export const keepServer: KeepServer = {
  putHead: ({ id, ...head }: WorkoutHead, detail) => put(apiPaths.workout(id), { ...head, detail }),
  putChunk: (workoutId, sequence, rows) => put(`${apiPaths.workout(workoutId)}/chunks/${sequence}`, { rows }),
  putEnd: (workoutId, end: WorkoutEnd, chunks) =>
    put(`${apiPaths.workout(workoutId)}/end`, { ...end, chunks }),
};

/** Of a private session that leaves nothing: everything is agreed to, nothing is sent. */
export const noServer: KeepServer = {
  putHead: async () => ({ kind: "accepted" }),
  putChunk: async () => ({ kind: "accepted" }),
  putEnd: async () => ({ kind: "accepted" }),
};
