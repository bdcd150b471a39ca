/** How long workouts are kept. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { RetentionAnswer, RetentionChoice, RetentionPreviewAnswer } from "#protocol/api/retention.ts";
import { api } from "./client.ts";

const path = "/v1/retention";

export function useRetention() {
  return useQuery({ queryKey: [path], queryFn: () => api.get<RetentionAnswer>(path) });
}

/** What a choice would delete; asked only while there is one that is not saved. */
export function useRetentionPreview(choice: RetentionChoice, isAsked: boolean) {
  const query = new URLSearchParams();
  for (const [name, months] of Object.entries(choice)) {
    if (months !== null) query.set(name, String(months));
  }
  return useQuery({
    queryKey: [path, "preview", String(query)],
    queryFn: () => api.get<RetentionPreviewAnswer>(`${path}/preview?${String(query)}`),
    enabled: isAsked,
  });
}

export function useChooseRetention() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (choice: RetentionChoice) => api.put<RetentionAnswer>(path, choice),
    onSuccess: () => client.invalidateQueries({ queryKey: [path] }),
  });
}
