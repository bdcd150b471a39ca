/** How another device comes to trust this server. */
import { useQuery } from "@tanstack/react-query";
import type { TrustAnswer } from "#protocol/api/trust.ts";
import { api } from "./client.ts";

export function useTrust() {
  return useQuery({ queryKey: ["trust"], queryFn: () => api.get<TrustAnswer>("/v1/trust") });
}
