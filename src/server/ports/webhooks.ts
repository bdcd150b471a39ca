import type { WebhookEvent } from "#domain/webhook.ts";
import type { PageWish } from "./page.ts";

/** An address that is told of a person's events. Its secret follows from its id and the secrets of the server. */
export interface Webhook {
  readonly id: string;
  readonly personId: string;
  /** The app that set it up; null for one that the person made. */
  readonly appId: string | null;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly createdAtMs: number;
}

export type DeliveryState = "waiting" | "delivered" | "dead";

/** One message to one address. */
export interface Delivery {
  /** Made of webhook and event, so that the same event is one message. */
  readonly id: string;
  readonly webhookId: string;
  readonly personId: string;
  readonly appId: string | null;
  readonly url: string;
  readonly event: WebhookEvent;
  readonly body: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextAtMs: number;
  /** Why the last attempt failed. */
  readonly failure: string | null;
  readonly createdAtMs: number;
}

export interface DeliveryWish extends PageWish {
  /** Only those of an app. */
  readonly appId?: string;
  readonly state?: DeliveryState;
}

export interface WebhookStore {
  putWebhook(webhook: Webhook): Promise<void>;
  getWebhook(id: string): Promise<Webhook | null>;
  /** Oldest first. */
  webhooksOf(personId: string): Promise<readonly Webhook[]>;
  removeWebhook(id: string): Promise<void>;
  /** Adds a message; one that is there already stays as it is. */
  addDelivery(delivery: Delivery): Promise<void>;
  /** Replaces a message. */
  putDelivery(delivery: Delivery): Promise<void>;
  getDelivery(id: string): Promise<Delivery | null>;
  dueDeliveries(nowMs: number, limit: number): Promise<readonly Delivery[]>;
  /** Newest first, then by id; on after `createdAtMs` and id. */
  deliveriesOf(personId: string, wish: DeliveryWish): Promise<readonly Delivery[]>;
  removeDeliveriesBefore(createdAtMs: number): Promise<void>;
}

/** Proves to the receiver who sent a message, and that nobody changed it. */
export interface WebhookSigner {
  /** What the receiver keeps: "whsec_" and base64. */
  secretOf(webhookId: string): string;
  headersFor(message: {
    readonly id: string;
    readonly webhookId: string;
    readonly body: string;
    readonly atMs: number;
  }): Readonly<Record<string, string>>;
}
