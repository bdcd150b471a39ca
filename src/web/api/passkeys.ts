/** What the pages do with passkeys: the server asks, the device answers, the server checks. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { PasskeyCreation, PasskeyEntry, PasskeyRequest } from "#protocol/api/passkeys.ts";
import { makePasskey, signWithPasskey } from "#web/device/passkeys.ts";
import { ApiError, api } from "./client.ts";
import { apiPaths } from "#client/paths.ts";
import { queryKeys, type Page, type Session } from "./queries.ts";

const path = "/v1/passkeys";
const pathOf = (id: string): string => `${path}/${encodeURIComponent(id)}`;

export function usePasskeys() {
  return useQuery({
    queryKey: [path],
    queryFn: async () => (await api.get<Page<PasskeyEntry>>(path)).items,
  });
}

/** A change after which passkeys and session are read anew. */
function useChange<V, T>(change: (value: V) => Promise<T>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: [path] }),
        client.invalidateQueries({ queryKey: queryKeys.session }),
      ]),
  });
}

export const useAddPasskey = () =>
  useChange(async ({ name, password }: { name: string; password: string }) => {
    const creation = await api.post<PasskeyCreation>(`${path}/request`, { password });
    return api.post<PasskeyEntry>(path, { name, passkey: await makePasskey(creation) });
  });

export const useRenamePasskey = () =>
  useChange(({ id, name }: { id: string; name: string }) => api.put<null>(pathOf(id), { name }));

export const useRemovePasskey = () => useChange((id: string) => api.delete(pathOf(id)));

export const useSecondFactor = () =>
  useChange((change: { password: string; asksPasskey: boolean }) =>
    api.put<Session>(`${apiPaths.session}/second-factor`, change),
  );

async function withPasskey(): Promise<Session> {
  const request = await api.post<PasskeyRequest>(`${apiPaths.session}/passkey-request`);
  return api.post<Session>(`${apiPaths.session}/passkey`, { passkey: await signWithPasskey(request) });
}

export interface PasswordAttempt {
  readonly name?: string;
  readonly password: string;
}

/** With the password, and with a passkey as well where one is asked for. */
async function withPassword(attempt: PasswordAttempt): Promise<Session> {
  try {
    return await api.post<Session>(apiPaths.session, attempt);
  } catch (error) {
    const request = error instanceof ApiError ? error.passkey : null;
    if (request === null) throw error;
    return api.post<Session>(apiPaths.session, { ...attempt, passkey: await signWithPasskey(request) });
  }
}

/** Null signs in with a passkey alone. */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (attempt: PasswordAttempt | null) =>
      attempt === null ? withPasskey() : withPassword(attempt),
    onSuccess: () => client.invalidateQueries(),
  });
}
