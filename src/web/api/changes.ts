/** What the pages change on the server. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { AthleteProfile } from "#domain/athlete.ts";
import type { ClassPlan } from "#domain/class-plan.ts";
import type { ClassDetail } from "#protocol/api/schemas.ts";
import { api } from "./client.ts";
import { apiPaths } from "#client/paths.ts";
import { forgetVideoFile } from "../device/class-video/video-files.ts";
import { useUndo } from "../ui/undo.tsx";
import { queryKeys } from "./queries.ts";

export function useSaveAthlete() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (profile: AthleteProfile) => api.put<AthleteProfile>(apiPaths.athlete, profile),
    onSuccess: (_, profile) => client.setQueryData(queryKeys.athlete, profile),
  });
}

export function useAddFolder() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (path: string) => api.post<null>(apiPaths.libraryFolders, { path }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.library }),
  });
}

export function useScanAgain() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<null>(apiPaths.libraryScan),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.library }),
  });
}

/** Saves a class of one's own and forgets what was known of it and of the lists it is in. */
export function useSaveClass() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (plan: ClassPlan) => api.put<ClassDetail>(apiPaths.class(plan.id), plan),
    onSuccess: (detail) => {
      client.setQueryData(queryKeys.class(detail.id), detail);
      return Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.classes }),
        client.invalidateQueries({ queryKey: queryKeys.soundtracks }),
      ]);
    },
  });
}

/** Deletes a class of one's own once the moment for undo has passed. */
export function useDeleteClass() {
  const client = useQueryClient();
  const { later } = useUndo();
  return (id: string) =>
    later({
      id,
      text: "Class deleted.",
      carryOut: async () => {
        await api.delete(apiPaths.class(id));
        client.removeQueries({ queryKey: queryKeys.class(id) });
        await forgetVideoFile(id).catch(() => {}); // a browser that keeps nothing has none
        await client.invalidateQueries({ queryKey: queryKeys.classes });
      },
    });
}
