/** What the pages read and change of /v1/consents. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Consent, ConsentDecision, ConsentLine } from "#protocol/api/consents.ts";
import { api } from "./client.ts";
import { apiPaths } from "#client/paths.ts";
import type { Page } from "./queries.ts";

const path = "/v1/consents";
const consentsKey = ["consents"];

export function useConsents() {
  return useQuery({
    queryKey: consentsKey,
    queryFn: async () => (await api.get<Page<Consent>>(path)).items,
  });
}

export function useConsentLedger() {
  return useInfiniteQuery({
    queryKey: [...consentsKey, "ledger"],
    queryFn: ({ pageParam }) => api.get<Page<ConsentLine>>(apiPaths.consentLedger({ cursor: pageParam })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** Says yes or no to the words as they are shown. Whatever was read for that purpose is read anew. */
export function useDecide() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ consent, granted }: { consent: Consent; granted: boolean }) => {
      const decision: ConsentDecision = { granted, wordingVersion: consent.wordingVersion };
      return api.put<Consent>(`${path}/${encodeURIComponent(consent.purpose)}`, decision);
    },
    onSuccess: () => client.invalidateQueries(),
  });
}
