/** What the pages read and change of sessions, people and invitations. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Erasure } from "#protocol/api/erasure.ts";
import type { InvitationEntry, Invited, PersonEntry, SessionEntry } from "#protocol/api/people.ts";
import { api } from "./client.ts";
import { queryKeys, type Page, type Session } from "./queries.ts";

const paths = {
  sessions: "/v1/sessions",
  password: "/v1/session/password",
  people: "/v1/people",
  invitations: "/v1/people/invitations",
  join: "/v1/join",
  erasure: "/v1/erasure",
} as const;

function useList<T>(path: string) {
  return useQuery({ queryKey: [path], queryFn: async () => (await api.get<Page<T>>(path)).items });
}

export const useSessions = () => useList<SessionEntry>(paths.sessions);
export const usePeople = () => useList<PersonEntry>(paths.people);
export const useInvitations = () => useList<InvitationEntry>(paths.invitations);

/** A change after which one list is read anew. */
function useChange<V, T>(path: string, change: (value: V) => Promise<T>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: [path] }),
  });
}

export const useEndSession = () =>
  useChange(paths.sessions, (id: string) => api.delete(`${paths.sessions}/${encodeURIComponent(id)}`));
export const useRemovePerson = () =>
  useChange(paths.people, (id: string) => api.delete(`${paths.people}/${encodeURIComponent(id)}`));
export const useInvite = () =>
  useChange(paths.invitations, (name: string) => api.post<Invited>(paths.invitations, { name }));
export const useWithdraw = () =>
  useChange(paths.invitations, (id: string) => api.delete(`${paths.invitations}/${encodeURIComponent(id)}`));

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: { current?: string; password: string }) => api.put<null>(paths.password, change),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.session }),
        client.invalidateQueries({ queryKey: [paths.sessions] }),
      ]),
  });
}

export function useJoin() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: { token: string; name: string; password: string }) =>
      api.post<Session>(paths.join, request),
    onSuccess: () => client.invalidateQueries(),
  });
}

export function useErasure() {
  return useQuery({ queryKey: [paths.erasure], queryFn: () => api.get<Erasure>(paths.erasure) });
}
export const useAskForErasure = () =>
  useChange(paths.erasure, (when: "after-grace" | "now") => api.post<Erasure>(paths.erasure, { when }));
export const useCancelErasure = () => useChange(paths.erasure, () => api.delete(paths.erasure));

export function useRotateKeys() {
  return useMutation({ mutationFn: () => api.post<null>("/v1/keys/rotation") });
}
