/** Connected apps, and the decision to connect one. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { AppDecided, AppRequest, AppSettings, ConnectedApp } from "#protocol/api/apps.ts";
import type { AppReport } from "#protocol/api/usage.ts";
import { api } from "./client.ts";
import { apiPaths } from "./paths.ts";
import type { Page } from "./queries.ts";

const id = encodeURIComponent;
const appsKey = ["apps"];
const settingsKey = ["app-settings"];
const interaction = (uid: string, what: string) => `/v1/oauth/interactions/${id(uid)}/${what}`;

export function useApps() {
  return useInfiniteQuery({
    queryKey: appsKey,
    queryFn: ({ pageParam }) => api.get<Page<ConnectedApp>>(apiPaths.apps({ cursor: pageParam })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useDisconnect() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (appId: string) => api.delete(`/v1/apps/${id(appId)}`),
    onSuccess: () => client.invalidateQueries({ queryKey: appsKey }),
  });
}

export function useAppReport(appId: string) {
  return useQuery({
    queryKey: ["app-report", appId],
    queryFn: () => api.get<AppReport>(`/v1/apps/${id(appId)}/report`),
  });
}

export function useAppRequest(uid: string) {
  return useQuery({
    queryKey: ["app-request", uid],
    queryFn: () => api.get<AppRequest>(interaction(uid, "request")),
    staleTime: Infinity,
  });
}

/** An empty list says no. */
export function useDecide(uid: string) {
  return useMutation({
    mutationFn: (scopes: readonly string[]) => api.post<AppDecided>(interaction(uid, "decision"), { scopes }),
    onSuccess: ({ continueAt }) => location.assign(continueAt),
  });
}

export function useAppSettings(isOwner: boolean) {
  return useQuery({
    queryKey: settingsKey,
    queryFn: () => api.get<AppSettings>("/v1/app-settings"),
    enabled: isOwner,
  });
}

export function useSetAppSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (settings: AppSettings) => api.put<AppSettings>("/v1/app-settings", settings),
    onSuccess: (settings) => client.setQueryData(settingsKey, settings),
  });
}
