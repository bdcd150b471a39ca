/** Connected apps, and the decision to connect one. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { AppDecided, AppRequest, AppSettings, ConnectedApp } from "#protocol/api/apps.ts";
import type { AppReport } from "#protocol/api/usage.ts";
import type { Delivery } from "#protocol/api/webhooks.ts";
import { api } from "./client.ts";
import type { Page } from "./queries.ts";

const id = encodeURIComponent;
const appsKey = ["apps"];
const settingsKey = ["app-settings"];
const interaction = (uid: string, what: string) => `/v1/oauth/interactions/${id(uid)}/${what}`;

export function useApps() {
  return useQuery({ queryKey: appsKey, queryFn: () => api.get<Page<ConnectedApp>>("/v1/apps") });
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

const deliveriesKey = ["deliveries"];

export function useDeliveries() {
  return useQuery({
    queryKey: deliveriesKey,
    queryFn: () => api.get<Page<Delivery>>("/v1/webhooks/deliveries"),
  });
}

export function useRetryDelivery() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (deliveryId: string) => api.post<null>(`/v1/webhooks/deliveries/${id(deliveryId)}/retry`),
    onSuccess: () => client.invalidateQueries({ queryKey: deliveriesKey }),
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
