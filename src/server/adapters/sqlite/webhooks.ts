import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { WebhookEvent } from "#domain/webhook.ts";
import type { Delivery, DeliveryState, Webhook } from "#server/ports/webhooks.ts";
import type { SynchronousParts } from "./methods.ts";

type Row = Record<string, SQLOutputValue>;

function toWebhook(row: Row): Webhook {
  return {
    id: row.id as string,
    personId: row.person_id as string,
    appId: row.app_id as string | null,
    url: row.url as string,
    events: (row.events as string).split(" ") as WebhookEvent[],
    createdAtMs: row.created_at_ms as number,
  };
}

function toDelivery(row: Row): Delivery {
  return {
    id: row.id as string,
    webhookId: row.webhook_id as string,
    personId: row.person_id as string,
    appId: row.app_id as string | null,
    url: row.url as string,
    event: row.event as WebhookEvent,
    body: row.body as string,
    state: row.state as DeliveryState,
    attempts: row.attempts as number,
    nextAtMs: row.next_at_ms as number,
    failure: row.failure as string | null,
    createdAtMs: row.created_at_ms as number,
  };
}

export function sqliteWebhooks(db: DatabaseSync): SynchronousParts["webhooks"] {
  const put = db.prepare(
    `INSERT INTO webhook (id, person_id, app_id, url, events, created_at_ms) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET url = excluded.url, events = excluded.events`,
  );
  const get = db.prepare("SELECT * FROM webhook WHERE id = ?");
  const of = db.prepare("SELECT * FROM webhook WHERE person_id = ? ORDER BY created_at_ms, id");
  const remove = db.prepare("DELETE FROM webhook WHERE id = ?");
  const add = db.prepare(
    `INSERT INTO webhook_delivery (id, webhook_id, person_id, app_id, url, event, body, state, attempts, next_at_ms,
       failure, created_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
  );
  const change = db.prepare(
    "UPDATE webhook_delivery SET state = ?, attempts = ?, next_at_ms = ?, failure = ? WHERE id = ?",
  );
  const delivery = db.prepare("SELECT * FROM webhook_delivery WHERE id = ?");
  const due = db.prepare(
    "SELECT * FROM webhook_delivery WHERE state = 'waiting' AND next_at_ms <= ? ORDER BY next_at_ms, id LIMIT ?",
  );
  const deliveries = db.prepare(
    `SELECT * FROM webhook_delivery
     WHERE person_id = :person AND (:app IS NULL OR app_id = :app) AND (:state IS NULL OR state = :state)
       AND (created_at_ms < :at OR (created_at_ms = :at AND id > :id))
     ORDER BY created_at_ms DESC, id LIMIT :limit`,
  );
  const removeBefore = db.prepare("DELETE FROM webhook_delivery WHERE created_at_ms < ?");
  const orNull = <T>(row: Row | undefined, to: (row: Row) => T): T | null =>
    row === undefined ? null : to(row);
  return {
    putWebhook({ id, personId, appId, url, events, createdAtMs }) {
      put.run(id, personId, appId, url, events.join(" "), createdAtMs);
    },
    getWebhook: (id) => orNull(get.get(id), toWebhook),
    webhooksOf: (personId) => of.all(personId).map(toWebhook),
    removeWebhook(id) {
      remove.run(id);
    },
    addDelivery(message) {
      const { id, webhookId, personId, appId, url, event, body, state, attempts } = message;
      const { nextAtMs, failure, createdAtMs } = message;
      add.run(
        id,
        webhookId,
        personId,
        appId,
        url,
        event,
        body,
        state,
        attempts,
        nextAtMs,
        failure,
        createdAtMs,
      );
    },
    putDelivery({ id, state, attempts, nextAtMs, failure }) {
      change.run(state, attempts, nextAtMs, failure, id);
    },
    getDelivery: (id) => orNull(delivery.get(id), toDelivery),
    dueDeliveries: (nowMs, limit) => due.all(nowMs, limit).map(toDelivery),
    deliveriesOf(person, { appId = null, state = null, after, limit }) {
      const { at, id } = after ?? { at: Number.MAX_SAFE_INTEGER, id: "" };
      return deliveries.all({ person, app: appId, state, at, id, limit }).map(toDelivery);
    },
    removeDeliveriesBefore(createdAtMs) {
      removeBefore.run(createdAtMs);
    },
  };
}
