import type { Delivery, Webhook, WebhookStore } from "#server/ports/webhooks.ts";

const byText = (a: string, b: string): number => (a < b ? -1 : 1);

export function memoryWebhooks(): WebhookStore & { forget(personId: string): void } {
  const webhooks = new Map<string, Webhook>();
  const deliveries = new Map<string, Delivery>();
  return {
    forget(personId) {
      for (const part of [webhooks, deliveries]) {
        for (const [id, row] of part) if (row.personId === personId) part.delete(id);
      }
    },
    async putWebhook(webhook) {
      webhooks.set(webhook.id, webhook);
    },
    getWebhook: async (id) => webhooks.get(id) ?? null,
    webhooksOf: async (personId) =>
      [...webhooks.values()]
        .filter((webhook) => webhook.personId === personId)
        .toSorted((a, b) => a.createdAtMs - b.createdAtMs || byText(a.id, b.id)),
    async removeWebhook(id) {
      webhooks.delete(id);
    },
    async addDelivery(delivery) {
      if (!deliveries.has(delivery.id)) deliveries.set(delivery.id, delivery);
    },
    async putDelivery(delivery) {
      if (deliveries.has(delivery.id)) deliveries.set(delivery.id, delivery);
    },
    getDelivery: async (id) => deliveries.get(id) ?? null,
    dueDeliveries: async (nowMs, limit) =>
      [...deliveries.values()]
        .filter(({ state, nextAtMs }) => state === "waiting" && nextAtMs <= nowMs)
        .toSorted((a, b) => a.nextAtMs - b.nextAtMs || byText(a.id, b.id))
        .slice(0, limit),
    deliveriesOf: async (personId, { appId, state, after, limit }) =>
      [...deliveries.values()]
        .filter((delivery) => delivery.personId === personId)
        .filter((delivery) => appId === undefined || delivery.appId === appId)
        .filter((delivery) => state === undefined || delivery.state === state)
        .filter(
          ({ createdAtMs, id }) =>
            after === null || createdAtMs < after.at || (createdAtMs === after.at && id > after.id),
        )
        .toSorted((a, b) => b.createdAtMs - a.createdAtMs || byText(a.id, b.id))
        .slice(0, limit),
    async removeDeliveriesBefore(createdAtMs) {
      for (const [id, delivery] of deliveries) if (delivery.createdAtMs < createdAtMs) deliveries.delete(id);
    },
  };
}
