/** Connected apps, and the decision to connect one. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { AppDecided, AppRequest, AppSettings } from "#protocol/api/apps.ts";
import type { AppReport, AppSummary, AppTiers } from "#protocol/api/usage.ts";
import { api } from "./client.ts";
import { apiPaths } from "#client/paths.ts";
import { itemsOf, type Page } from "./queries.ts";

const id = encodeURIComponent;
const appsKey = ["apps"];
const settingsKey = ["app-settings"];
const interaction = (uid: string, what: string) => `/v1/oauth/interactions/${id(uid)}/${what}`;

/** Whose: what the person connected, or, for the owner, every app of the server. */
export type AppsOf = "mine" | "server";

export function useApps(of: AppsOf) {
  return useInfiniteQuery({
    queryKey: [...appsKey, of],
    queryFn: ({ pageParam }) => api.get<Page<AppSummary>>(apiPaths.apps(of, { cursor: pageParam })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** What a purpose such as "share:…" calls its app: by name while it is connected, else by the start of its id. */
export function useAppNames(): (purpose: string) => string {
  const apps = useApps("mine").data;
  const names = new Map(itemsOf(apps).map(({ app }) => [app.id, app.name]));
  return (purpose) => {
    const appId = purpose.replace("share:", "");
    return names.get(appId) ?? `an app no longer connected (${appId.slice(0, 6)})`;
  };
}

/** Takes everything back from an app: the person's own part, or, by the owner, all of it. */
export function useRemoveApp(of: AppsOf) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (appId: string) => api.delete(apiPaths.app(of, appId)),
    onSuccess: () => client.invalidateQueries({ queryKey: appsKey }),
  });
}

export function useAppReport(of: AppsOf, appId: string) {
  return useQuery({
    queryKey: [...appsKey, of, "report", appId],
    queryFn: () => api.get<AppReport>(apiPaths.appReport(of, appId)),
  });
}

const tiersKey = ["app-tiers"];

export function useTiers() {
  return useQuery({ queryKey: tiersKey, queryFn: () => api.get<AppTiers>(apiPaths.appTiers) });
}

export function useSetTiers() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (tiers: AppTiers) => api.put<AppTiers>(apiPaths.appTiers, tiers),
    onSuccess: (tiers) => {
      client.setQueryData(tiersKey, tiers);
      return client.invalidateQueries({ queryKey: appsKey });
    },
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

export function useAppSettings() {
  return useQuery({ queryKey: settingsKey, queryFn: () => api.get<AppSettings>("/v1/app-settings") });
}

export function useSetAppSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (settings: AppSettings) => api.put<AppSettings>("/v1/app-settings", settings),
    onSuccess: (settings) => client.setQueryData(settingsKey, settings),
  });
}
