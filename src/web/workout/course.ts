import type { AthleteProfile } from "#domain/athlete.ts";
import type { ClassPlan } from "#domain/class-plan.ts";
import type { Swap } from "#domain/soundtrack.ts";
import type { CamelotKey, PlannerTrack } from "#domain/track.ts";
import type { ClassDetail, SoundtrackAnswer, TrackDetail } from "#protocol/api/schemas.ts";
import { api } from "#web/api/client.ts";
import { apiPaths } from "#client/paths.ts";
import type { Course } from "./keep/kept-workout.ts";

/** The part of a track that engine and planner read. */
export function plannerTrackOf(track: TrackDetail): PlannerTrack {
  const { id, title, artist, taste, durationS, tempoBpm, energy, confident, loudnessLufs } = track;
  const { beatsS, downbeatsS } = track;
  const key = track.key as CamelotKey | null; // the schema says string; the server has checked it
  return {
    id,
    title,
    artist,
    taste,
    durationS,
    tempoBpm,
    key,
    energy,
    confident,
    loudnessLufs,
    beatsS,
    downbeatsS,
  };
}

/** Everything a workout of this class needs, from the server. Rejects with an ApiError in words. */
export async function fetchCourse(classId: string, swaps: readonly Swap[]): Promise<Course> {
  const [detail, soundtrack, athlete] = await Promise.all([
    api.get<ClassDetail>(apiPaths.class(classId)),
    api.post<SoundtrackAnswer>(apiPaths.soundtracks, { classId, swaps }),
    api.get<AthleteProfile>(apiPaths.athlete),
  ]);
  const { slots, tracks } = soundtrack;
  return { plan: detail as ClassPlan, slots, tracks, athlete, swaps };
}
