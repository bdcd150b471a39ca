/** Addresses that are told of events, and the messages that went or did not go there. */
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Delivery, NewWebhook, Retried, Webhook, WebhookRequest } from "#protocol/api/webhooks.ts";
import { api } from "./client.ts";
import { apiPaths } from "#client/paths.ts";
import type { Page } from "./queries.ts";

const webhooksKey = ["webhooks"];
const deliveriesKey = ["deliveries"];
/** Messages come and go while somebody looks. */
const everyMs = 5000;

export function useWebhooks() {
  return useInfiniteQuery({
    queryKey: webhooksKey,
    queryFn: ({ pageParam }) => api.get<Page<Webhook>>(apiPaths.webhooks({ cursor: pageParam })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useDeliveries(state: Delivery["state"]) {
  return useInfiniteQuery({
    queryKey: [...deliveriesKey, state],
    queryFn: ({ pageParam }) => api.get<Page<Delivery>>(apiPaths.deliveries(state, { cursor: pageParam })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: everyMs,
  });
}

/** Tries one message again, or, with null, all that were given up; answers how many. */
export function useRetry() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (deliveryId: string | null) => {
      if (deliveryId === null) return (await api.post<Retried>(apiPaths.retryDeliveries)).retried;
      await api.post<null>(apiPaths.retryDelivery(deliveryId));
      return 1;
    },
    onSettled: () => client.invalidateQueries({ queryKey: deliveriesKey }),
  });
}

/** Answers it with its secret. */
export function useAddWebhook() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wish: WebhookRequest) => api.post<NewWebhook>(apiPaths.webhooks(), wish),
    onSuccess: () => client.invalidateQueries({ queryKey: webhooksKey }),
  });
}

export function useRemoveWebhook() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (webhookId: string) => api.delete(apiPaths.webhook(webhookId)),
    onSuccess: () =>
      Promise.all([webhooksKey, deliveriesKey].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}
