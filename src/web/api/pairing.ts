/** Networks in which no sensor may be paired: the owner's word. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { PairingAnswer } from "#protocol/api/pairing.ts";
import { api } from "./client.ts";
import { apiPaths } from "#client/paths.ts";

const pairingKey = ["pairing"];

export function usePairing() {
  return useQuery({ queryKey: pairingKey, queryFn: () => api.get<PairingAnswer>(apiPaths.pairing) });
}

/** Replaces the list. */
export function useForbidNetworks() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (forbiddenNetworks: readonly string[]) =>
      api.put<PairingAnswer>(apiPaths.pairing, { forbiddenNetworks }),
    onSuccess: (answer) => client.setQueryData(pairingKey, answer),
  });
}
