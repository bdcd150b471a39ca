/** What the pages read from the server. Each hook is one resource of /v1. */
import { useInfiniteQuery, useQuery, type InfiniteData } from "@tanstack/react-query";
import type { ProgrammeDetail, ProgrammeSummary } from "#protocol/api/programmes.ts";
import type { Recommendations } from "#protocol/api/recommendations.ts";
import type { SimilarClasses } from "#protocol/api/similar-classes.ts";
import type { Alternatives } from "#protocol/api/swaps.ts";
import type { TrackPage } from "#protocol/api/track-search.ts";
import type {
  ClassDetail,
  ClassPage,
  LibraryInfo,
  SoundtrackAnswer,
  TrackDetail,
  TrackSummary,
} from "#protocol/api/schemas.ts";
import type { Series, Workout } from "#protocol/api/workouts.ts";
import type { AthleteProfile } from "#domain/athlete.ts";
import type { ClassPlan } from "#domain/class-plan.ts";
import type { Swap } from "#domain/soundtrack.ts";
import type { Page } from "#client/client.ts";
import { api } from "./client.ts";
import { apiPaths, type ClassFilter } from "#client/paths.ts";

export type { Page };

export interface Session {
  readonly personId: string;
  readonly name: string;
  readonly role: "owner" | "member";
  readonly passwordSet: boolean;
  /** A passkey is asked for beside the password. */
  readonly asksPasskey: boolean;
}

const minuteMs = 60_000;
const pageSize = 24;
/** How often a workout that is not finished yet is asked for again. */
const unfinishedEveryMs = 2000;

export const queryKeys = {
  session: ["session"],
  athlete: ["athlete"],
  classes: ["classes"],
  class: (id: string) => ["class", id],
  similarClasses: (id: string) => ["classes", "similar", id],
  library: ["library"],
  tracks: ["tracks"],
  soundtracks: ["soundtrack"],
  track: (id: string) => ["track", id],
  workouts: ["workouts"],
  workout: (id: string) => ["workout", id],
} as const;

export function useSession() {
  return useQuery({ queryKey: queryKeys.session, queryFn: () => api.get<Session>(apiPaths.session) });
}

export function useClasses(filter: ClassFilter) {
  return useInfiniteQuery({
    queryKey: [...queryKeys.classes, filter],
    queryFn: ({ pageParam }) =>
      api.get<ClassPage>(
        apiPaths.classes(filter, {
          limit: pageSize,
          cursor: pageParam,
          utcOffsetMinutes: -new Date().getTimezoneOffset(),
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 10 * minuteMs,
    placeholderData: (previous) => previous,
  });
}

export function useSimilarClasses(id: string) {
  return useQuery({
    queryKey: queryKeys.similarClasses(id),
    queryFn: () => api.get<SimilarClasses>(apiPaths.similarClasses(id)),
    staleTime: 10 * minuteMs,
  });
}

export function useClass(id: string) {
  return useQuery({
    queryKey: queryKeys.class(id),
    queryFn: () => api.get<ClassDetail>(apiPaths.class(id)),
    staleTime: 10 * minuteMs,
    enabled: id !== "",
  });
}

const noSwaps: readonly Swap[] = [];

/** Plans from the library as it is now; `libraryTracks` in the key asks anew when the library has grown. */
export function useSoundtrack(classId: string, libraryTracks: number, swaps = noSwaps) {
  return useQuery({
    queryKey: [...queryKeys.soundtracks, classId, libraryTracks, swaps],
    queryFn: () => api.post<SoundtrackAnswer>(apiPaths.soundtracks, { classId, swaps }),
    staleTime: 10 * minuteMs,
    enabled: classId !== "" && libraryTracks > 0,
    placeholderData: (previous) => (previous?.classId === classId ? previous : undefined),
  });
}

/** Other tracks for the slot at class time `atS`. */
export function useAlternatives(classId: string, swaps: readonly Swap[], atS: number) {
  return useQuery({
    queryKey: [...queryKeys.soundtracks, "alternatives", classId, swaps, atS],
    queryFn: () => api.post<Alternatives>(apiPaths.soundtrackAlternatives, { classId, swaps, atS }),
    gcTime: minuteMs,
  });
}

/** Classes and mixes for now; `hardness` null: as the day asks. Those of another choice stay until the new ones are there. */
export function useRecommendations(hardness: string | null) {
  return useQuery({
    queryKey: ["recommendations", hardness],
    queryFn: () =>
      api.get<Recommendations>(apiPaths.recommendations(hardness, -new Date().getTimezoneOffset())),
    placeholderData: (previous) => previous,
  });
}

export function useProgrammes() {
  return useQuery({
    queryKey: ["programmes"],
    queryFn: () => api.get<Page<ProgrammeSummary>>(apiPaths.programmes),
  });
}

export function useProgramme(id: string) {
  return useQuery({
    queryKey: ["programme", id],
    queryFn: () => api.get<ProgrammeDetail>(apiPaths.programme(id)),
  });
}

/** The soundtrack an unsaved class would have. The one before stays while a new one is planned. */
export function usePreview(plan: ClassPlan, libraryTracks: number, isPlannable: boolean) {
  return useQuery({
    queryKey: [...queryKeys.soundtracks, "preview", plan, libraryTracks],
    queryFn: () => api.post<SoundtrackAnswer>(apiPaths.soundtrackPreview, { class: plan }),
    enabled: isPlannable && libraryTracks > 0,
    gcTime: minuteMs,
    placeholderData: (previous) => previous,
  });
}

/** The tracks that a sentence asks for, best first. */
export function useFoundTracks(query: string) {
  return useInfiniteQuery({
    queryKey: [...queryKeys.tracks, "found", query],
    queryFn: ({ pageParam }) =>
      api.get<TrackPage>(apiPaths.tracks({ limit: 50, cursor: pageParam }, { query })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (previous) => previous,
  });
}

/** All tracks; or only those whose grid is sure (true) or unsure (false). */
export function useTracks(confident?: boolean) {
  return useInfiniteQuery({
    queryKey: [...queryKeys.tracks, confident ?? null],
    queryFn: ({ pageParam }) =>
      api.get<Page<TrackSummary>>(apiPaths.tracks({ limit: 200, cursor: pageParam }, { confident })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useTrack(id: string) {
  return useQuery({
    queryKey: queryKeys.track(id),
    queryFn: () => api.get<TrackDetail>(apiPaths.track(id)),
  });
}

export function useLibrary() {
  return useQuery({
    queryKey: queryKeys.library,
    queryFn: () => api.get<LibraryInfo>(apiPaths.library),
  });
}

export function useAthlete() {
  return useQuery({
    queryKey: queryKeys.athlete,
    queryFn: () => api.get<AthleteProfile>(apiPaths.athlete),
    staleTime: minuteMs,
  });
}

export function useWorkouts() {
  return useInfiniteQuery({
    queryKey: queryKeys.workouts,
    queryFn: ({ pageParam }) =>
      api.get<Page<Workout>>(apiPaths.workouts({ limit: pageSize, cursor: pageParam })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useWorkout(id: string) {
  return useQuery({
    queryKey: queryKeys.workout(id),
    queryFn: () => api.get<Workout>(apiPaths.workout(id)),
    enabled: id !== "",
    // Its end may still be on the way from the browser it ran in.
    refetchInterval: ({ state }) => state.data?.finished === false && unfinishedEveryMs,
  });
}

export function useSeries(id: string) {
  return useQuery({
    queryKey: ["series", id],
    queryFn: () => api.get<Series>(apiPaths.workoutSeries(id)),
    staleTime: 10 * minuteMs,
    enabled: id !== "",
  });
}

export function itemsOf<T>(data: InfiniteData<Page<T>> | undefined): readonly T[] {
  return data?.pages.flatMap((page) => page.items) ?? [];
}
