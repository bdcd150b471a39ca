import type { Slot } from "#domain/soundtrack.ts";
import type { SoundtrackAnswer, TrackDetail } from "#protocol/api/schemas.ts";
import { api } from "#web/api/client.ts";
import { apiPaths } from "#client/paths.ts";
import { plannerTrackOf } from "./course.ts";
import type { Course } from "./keep/kept-workout.ts";
import type { ReplanAnswer, ReplanRequest } from "./replan-worker.ts";

/** The server knows the whole library; a second later the tracks at hand must do. */
const serverWaitMs = 1_000;

export interface Replanned {
  readonly slots: readonly Slot[];
  /** Tracks the slots name that the course did not have. */
  readonly newTracks: readonly TrackDetail[];
}

/** Plans the rest of the class anew: by the server while it answers, otherwise here. Rejects when neither can. */
export async function replan(
  course: Course,
  fromS: number,
  exclude: readonly string[],
  previousTrackId: string | null,
): Promise<Replanned> {
  const answer = await fromServer(course, fromS, exclude);
  if (answer !== null) {
    const known = new Set(course.tracks.map(({ id }) => id));
    return { slots: answer.slots, newTracks: answer.tracks.filter(({ id }) => !known.has(id)) };
  }
  const { plan, swaps } = course;
  const tracks = course.tracks.map(plannerTrackOf);
  return {
    slots: await inWorker({ plan, swaps, tracks, fromS, exclude, previousTrackId }),
    newTracks: [],
  };
}

async function fromServer(
  course: Course,
  fromS: number,
  exclude: readonly string[],
): Promise<SoundtrackAnswer | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), serverWaitMs));
  const wish = { classId: course.plan.id, fromS, exclude, swaps: course.swaps };
  const answer = api.post<SoundtrackAnswer>(apiPaths.soundtracks, wish).catch(() => null);
  return Promise.race([answer, late]);
}

function inWorker(request: ReplanRequest): Promise<readonly Slot[]> {
  const worker = new Worker(new URL("./replan-worker.ts", import.meta.url), { type: "module" });
  return new Promise<readonly Slot[]>((resolve, reject) => {
    worker.addEventListener("message", ({ data }: MessageEvent<ReplanAnswer>) => {
      if ("slots" in data) resolve(data.slots);
      else reject(new Error(data.trouble));
    });
    worker.addEventListener("error", () => reject(new Error("Planning in the browser failed.")));
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}
