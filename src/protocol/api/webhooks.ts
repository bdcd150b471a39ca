/** The JSON of webhooks. Messages follow the Standard Webhooks specification. */
import { Type, type Static } from "typebox";
import { webhookEvents } from "#domain/webhook.ts";

const EventName = Type.Enum([...webhookEvents]);
const MaybeText = Type.Union([Type.String(), Type.Null()]);

/** An entry of GET /v1/webhooks. */
export const Webhook = Type.Object({
  id: Type.String(),
  appId: MaybeText,
  url: Type.String(),
  events: Type.Array(EventName),
  createdAtMs: Type.Number(),
});
export type Webhook = Static<typeof Webhook>;

/** POST /v1/webhooks -> NewWebhook: the secret is shown this once. */
export const WebhookRequest = Type.Object({
  url: Type.String({ minLength: 8, maxLength: 2000 }),
  events: Type.Array(EventName, { minItems: 1, maxItems: webhookEvents.length }),
});
export type WebhookRequest = Static<typeof WebhookRequest>;
export const NewWebhook = Type.Object({ ...Webhook.properties, secret: Type.String() });
export type NewWebhook = Static<typeof NewWebhook>;

export const DeliveryState = Type.Enum(["waiting", "delivered", "dead"]);
/** POST /v1/webhooks/deliveries/retry: how many messages are tried again. */
export const Retried = Type.Object({ retried: Type.Integer() });
export type Retried = Static<typeof Retried>;

/** An entry of GET /v1/webhooks/deliveries. */
export const Delivery = Type.Object({
  id: Type.String(),
  webhookId: Type.String(),
  appId: MaybeText,
  url: Type.String(),
  event: EventName,
  state: DeliveryState,
  attempts: Type.Integer(),
  nextAtMs: Type.Number(),
  /** Why the last attempt failed: the status it was answered with, or a sentence. */
  failure: MaybeText,
  createdAtMs: Type.Number(),
  /** It was given up, and its webhook is still there. */
  canRetry: Type.Boolean(),
});
export type Delivery = Static<typeof Delivery>;
