/** Tells addresses of apps and people what happened. A message carries ids, never what a body told. */
import { retryDelayMs, type WebhookEvent } from "#domain/webhook.ts";
import type { Credentials } from "#server/ports/credentials.ts";
import type { Clock } from "#server/ports/environment.ts";
import { OutboundRefused, type AllowedOrigins, type Outbound } from "#server/ports/outbound.ts";
import type { Delivery, DeliveryWish, Webhook, WebhookSigner, WebhookStore } from "#server/ports/webhooks.ts";
import { Refusal } from "./refusal.ts";

/** Addresses one person may have, those of their apps included. */
export const maxWebhooks = 20;
/** More messages than are kept of one person. */
const maxDeliveries = 10_000;
/** Messages sent in one go. */
const batch = 20;
/** A receiver that has not answered by then has failed. */
const answerMs = 10_000;
const keptMs = 30 * 86_400_000;
const gone = 410;

export interface WebhookWish {
  readonly url: string;
  readonly events: readonly WebhookEvent[];
}

/** Who manages: a person (appId null) sees all of theirs, an app its own. */
export interface WebhookManager {
  readonly personId: string;
  readonly appId: string | null;
}

export interface ShownDelivery extends Delivery {
  /** It was given up, and its webhook is still there. */
  readonly canRetry: boolean;
}

export interface Webhooks {
  list(manager: WebhookManager): Promise<readonly Webhook[]>;
  /** Answers the webhook with the secret that its messages are signed with. */
  add(manager: WebhookManager, wish: WebhookWish): Promise<{ webhook: Webhook; secret: string }>;
  remove(manager: WebhookManager, id: string): Promise<void>;
  deliveries(manager: WebhookManager, wish: Omit<DeliveryWish, "appId">): Promise<readonly ShownDelivery[]>;
  /** Tries a message again that was given up. */
  retry(manager: WebhookManager, deliveryId: string): Promise<void>;
  /** Tries again all that were given up and still have an address; answers how many. */
  retryAll(manager: WebhookManager): Promise<number>;
  /** Notes an event for whoever asked to be told. `key` tells one event from another; the same again changes nothing. */
  tell(personId: string, event: WebhookEvent, key: string, data: object, onlyApp?: string): Promise<void>;
  /** An app is cut off: it hears of that, then nothing any more. */
  removeOfApp(personId: string, appId: string): Promise<void>;
  /** Sends what is due. Resolves when each message was tried. */
  deliverDue(): Promise<void>;
}

interface Parts {
  readonly store: WebhookStore;
  readonly outbound: Outbound;
  readonly allowed: AllowedOrigins;
  readonly signer: WebhookSigner;
  readonly credentials: Pick<Credentials, "newId" | "tokenHash">;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly chance: () => number;
}

/** What can be told a person of a connection that came to nothing; codes are those of Node and undici. */
const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: "Its name is not known.",
  EAI_AGAIN: "Its name could not be looked up.",
  ECONNREFUSED: "Nothing answers there.",
  ECONNRESET: "It ended the connection.",
  UND_ERR_SOCKET: "It ended the connection.",
  UND_ERR_CONNECT_TIMEOUT: "It could not be reached in time.",
  CERT_HAS_EXPIRED: "Its certificate has run out.",
  DEPTH_ZERO_SELF_SIGNED_CERT: "Its certificate is signed by nobody this server trusts.",
  SELF_SIGNED_CERT_IN_CHAIN: "Its certificate is signed by nobody this server trusts.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "Its certificate is signed by nobody this server trusts.",
  ERR_TLS_CERT_ALTNAME_INVALID: "Its certificate is for another name.",
};

function whyNot(error: unknown): string {
  if (error instanceof OutboundRefused) return error.message;
  if (!(error instanceof Error)) return "It could not be reached.";
  if (error.name === "TimeoutError") return `It did not answer within ${answerMs / 1000} s.`;
  const { code = "" } = (error.cause ?? {}) as { code?: string };
  return reasons[code] ?? "It could not be reached.";
}

class WebhookDesk implements Webhooks {
  readonly #parts: Parts;
  #delivering: Promise<void> | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async list({ personId, appId }: WebhookManager): Promise<readonly Webhook[]> {
    const all = await this.#parts.store.webhooksOf(personId);
    return all.filter((webhook) => appId === null || webhook.appId === appId);
  }

  async add(
    manager: WebhookManager,
    { url, events }: WebhookWish,
  ): Promise<{ webhook: Webhook; secret: string }> {
    const { store, allowed, credentials, clock, signer } = this.#parts;
    const address = URL.parse(url);
    const isSafe = address !== null && (address.protocol === "https:" || allowed.has(address.origin));
    if (!isSafe || address.username !== "" || address.password !== "") {
      throw new Refusal("invalid", "A webhook goes to an https address without a name or password inside.");
    }
    if ((await store.webhooksOf(manager.personId)).length >= maxWebhooks) {
      throw new Refusal("conflict", `There are ${maxWebhooks} webhooks already. Remove one first.`);
    }
    const nowMs = clock.nowMs();
    const id = credentials.newId(nowMs);
    const webhook = { ...manager, id, url: address.href, events: [...new Set(events)], createdAtMs: nowMs };
    await store.putWebhook(webhook);
    return { webhook, secret: signer.secretOf(id) };
  }

  async remove(manager: WebhookManager, id: string): Promise<void> {
    const mine = await this.list(manager);
    if (!mine.some((webhook) => webhook.id === id))
      throw new Refusal("not-found", "There is no such webhook.");
    await this.#parts.store.removeWebhook(id);
  }

  async deliveries(
    { personId, appId }: WebhookManager,
    wish: Omit<DeliveryWish, "appId">,
  ): Promise<readonly ShownDelivery[]> {
    const { store } = this.#parts;
    const found = await store.deliveriesOf(personId, { ...wish, ...(appId !== null && { appId }) });
    const there = new Set((await store.webhooksOf(personId)).map(({ id }) => id));
    return found.map((delivery) => {
      return { ...delivery, canRetry: delivery.state === "dead" && there.has(delivery.webhookId) };
    });
  }

  async retry({ personId, appId }: WebhookManager, deliveryId: string): Promise<void> {
    const { store } = this.#parts;
    const delivery = await store.getDelivery(deliveryId);
    const isMine = delivery?.personId === personId && (appId === null || delivery.appId === appId);
    if (delivery === null || !isMine) throw new Refusal("not-found", "There is no such message.");
    if (delivery.state !== "dead") throw new Refusal("conflict", "This message is not given up.");
    if ((await store.getWebhook(delivery.webhookId)) === null)
      throw new Refusal("conflict", "Its webhook has been removed, so it has nowhere to go.");
    await this.#sendAgain(delivery);
  }

  async retryAll(manager: WebhookManager): Promise<number> {
    const dead = await this.deliveries(manager, { state: "dead", after: null, limit: maxDeliveries });
    const wanted = dead.filter(({ canRetry }) => canRetry);
    await Promise.all(wanted.map((delivery) => this.#sendAgain(delivery)));
    return wanted.length;
  }

  async #sendAgain(delivery: Delivery): Promise<void> {
    const nextAtMs = this.#parts.clock.nowMs();
    await this.#parts.store.putDelivery({ ...delivery, state: "waiting", attempts: 0, nextAtMs });
  }

  async tell(
    personId: string,
    event: WebhookEvent,
    key: string,
    data: object,
    onlyApp?: string,
  ): Promise<void> {
    const { store, clock, credentials } = this.#parts;
    const atMs = clock.nowMs();
    const body = JSON.stringify({ type: event, timestamp: new Date(atMs).toISOString(), data });
    for (const { id: webhookId, appId, url, events } of await store.webhooksOf(personId)) {
      const isForIt = onlyApp === undefined || appId === null || appId === onlyApp;
      if (!events.includes(event) || !isForIt) continue;
      const id = `msg_${credentials.tokenHash(`${webhookId} ${event} ${key}`).slice(0, 32)}`;
      const state = {
        state: "waiting",
        attempts: 0,
        nextAtMs: atMs,
        failure: null,
        createdAtMs: atMs,
      } as const;
      await store.addDelivery({ id, webhookId, personId, appId, url, event, body, ...state });
    }
    await store.removeDeliveriesBefore(atMs - keptMs);
  }

  async removeOfApp(personId: string, appId: string): Promise<void> {
    for (const { id } of await this.list({ personId, appId })) await this.#parts.store.removeWebhook(id);
  }

  deliverDue(): Promise<void> {
    this.#delivering ??= this.#deliverAll().finally(() => {
      this.#delivering = null;
    });
    return this.#delivering;
  }

  async #deliverAll(): Promise<void> {
    const { store, clock } = this.#parts;
    let due = await store.dueDeliveries(clock.nowMs(), batch);
    while (due.length > 0) {
      await Promise.all(due.map((delivery) => this.#deliver(delivery)));
      due = await store.dueDeliveries(clock.nowMs(), batch);
    }
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { store, clock, chance } = this.#parts;
    const failure = await this.#attempt(delivery);
    const attempts = delivery.attempts + 1;
    if (failure === null) {
      await store.putDelivery({ ...delivery, state: "delivered", attempts, failure });
      return;
    }
    const delayMs = failure === String(gone) ? null : retryDelayMs(attempts, chance());
    const next = delayMs === null ? ({ state: "dead" } as const) : { nextAtMs: clock.nowMs() + delayMs };
    await store.putDelivery({ ...delivery, attempts, failure, ...next });
    if (failure === String(gone)) await store.removeWebhook(delivery.webhookId);
  }

  /** Null when the receiver took it, else why not. */
  async #attempt({ id, webhookId, url, body }: Delivery): Promise<string | null> {
    const { outbound, signer, clock } = this.#parts;
    try {
      const response = await outbound.fetch(url, {
        method: "POST",
        headers: signer.headersFor({ id, webhookId, body, atMs: clock.nowMs() }),
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(answerMs),
      });
      await response.body?.cancel();
      return response.ok ? null : String(response.status);
    } catch (error) {
      return whyNot(error);
    }
  }
}

export function createWebhooks(parts: Parts): Webhooks {
  return new WebhookDesk(parts);
}
