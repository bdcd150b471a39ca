/** A person's taste, as the pages read and change it. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Static } from "typebox";
import type {
  ArtistOpinion,
  ForgetRequest,
  TasteImport,
  TasteImported,
  TasteSignals,
  TrackOpinion,
  TrackTaste,
} from "#protocol/api/taste.ts";
import { api } from "./client.ts";
import { apiPaths } from "#client/paths.ts";
import { queryKeys, type Page } from "./queries.ts";

const pageSize = 100;
const tasteKey = ["taste"];

/** A change of taste changes soundtracks, suggestions and every track that shows it. */
function useTasteChanged() {
  const client = useQueryClient();
  return () =>
    Promise.all(
      [tasteKey, queryKeys.tracks, queryKeys.soundtracks, ["track"], ["recommendations"]].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
}

export function useTrackTaste(trackId: string) {
  return useQuery({
    queryKey: [...tasteKey, trackId],
    queryFn: () => api.get<TrackTaste>(apiPaths.trackTaste(trackId)),
  });
}

export function useSayOfTrack(trackId: string) {
  return useMutation({
    mutationFn: (opinion: Static<typeof TrackOpinion>) =>
      api.put<null>(apiPaths.trackTaste(trackId), opinion),
    onSuccess: useTasteChanged(),
  });
}

export function useSayOfArtist() {
  return useMutation({
    mutationFn: (opinion: Static<typeof ArtistOpinion>) => api.put<null>(apiPaths.tasteArtists, opinion),
    onSuccess: useTasteChanged(),
  });
}

export function useTasteSignals() {
  return useInfiniteQuery({
    queryKey: [...tasteKey, "signals"],
    queryFn: ({ pageParam }) =>
      api.get<TasteSignals>(apiPaths.tasteSignals({ limit: pageSize, cursor: pageParam })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** Takes back one signal: a word, or what was learned from one source. */
export function useForget() {
  const changed = useTasteChanged();
  return {
    ofTrack: async (request: Static<typeof ForgetRequest>) => {
      await api.post<null>(apiPaths.tasteForget, request);
      await changed();
    },
    wordOnTrack: async (trackId: string) => {
      await api.put<null>(apiPaths.trackTaste(trackId), { word: null });
      await changed();
    },
    wordOnArtist: async (artist: string) => {
      await api.put<null>(apiPaths.tasteArtists, { artist, word: null });
      await changed();
    },
    everything: async () => {
      await api.post<null>(apiPaths.tasteReset);
      await changed();
    },
  };
}

export function useTasteImports() {
  return useQuery({
    queryKey: [...tasteKey, "imports"],
    queryFn: () => api.get<Page<TasteImport>>(apiPaths.tasteImports),
  });
}

export function useBring() {
  return useMutation({
    mutationFn: (file: { readonly name: string; readonly text: string }) =>
      api.post<TasteImported>(apiPaths.tasteImports, file),
    onSuccess: useTasteChanged(),
  });
}

export function useTakeOut() {
  return useMutation({
    mutationFn: (importId: string) => api.delete(apiPaths.tasteImport(importId)),
    onSuccess: useTasteChanged(),
  });
}
