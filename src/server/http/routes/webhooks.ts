import type { FastifyRequest } from "fastify";
import { Page } from "#protocol/api/schemas.ts";
import {
  Delivery,
  DeliveryState,
  NewWebhook,
  Retried,
  Webhook,
  WebhookRequest,
} from "#protocol/api/webhooks.ts";
import type { WebhookManager, Webhooks } from "#server/use-cases/webhooks.ts";
import { Type } from "typebox";
import { IdParams, NoContent, PageQuery, type Api } from "../api.ts";
import { signedIn } from "../guards.ts";
import { pageOf, readPage } from "../page.ts";

const tags = ["webhooks"];
const DeliveriesQuery = Type.Object({ ...PageQuery.properties, state: Type.Optional(DeliveryState) });
const config = { scope: "webhooks:manage" } as const;

function managerOf(request: FastifyRequest): WebhookManager {
  return { personId: signedIn(request).id, appId: request.app?.appId ?? null };
}

function deliveryRoutes(app: Api, webhooks: Webhooks): void {
  app.get(
    "/v1/webhooks/deliveries",
    {
      config,
      schema: {
        tags,
        summary: "Messages of the last 30 days, newest first; “dead” ones were given up",
        querystring: DeliveriesQuery,
        response: { 200: Page(Delivery) },
      },
    },
    async (request) => {
      const { state } = request.query;
      const ofState = state === undefined ? {} : { state };
      return readPage(
        request.query,
        (wish) => webhooks.deliveries(managerOf(request), { ...ofState, ...wish }),
        ({ createdAtMs, id }) => ({ at: createdAtMs, id }),
      );
    },
  );
  app.post(
    "/v1/webhooks/deliveries/retry",
    {
      config,
      schema: {
        tags,
        summary: "Try all messages again that were given up and still have an address",
        response: { 202: Retried },
      },
    },
    async (request, reply) => reply.code(202).send({ retried: await webhooks.retryAll(managerOf(request)) }),
  );
  app.post(
    "/v1/webhooks/deliveries/:id/retry",
    {
      config,
      schema: {
        tags,
        summary: "Try a message again that was given up",
        params: IdParams,
        response: { 202: NoContent },
      },
    },
    async (request, reply) => {
      await webhooks.retry(managerOf(request), request.params.id);
      return reply.code(202).send(null);
    },
  );
}

export function webhookRoutes(app: Api, webhooks: Webhooks): void {
  app.get(
    "/v1/webhooks",
    {
      config,
      schema: {
        tags,
        summary: "Addresses that are told, oldest first",
        querystring: PageQuery,
        response: { 200: Page(Webhook) },
      },
    },
    async (request) => {
      const all = await webhooks.list(managerOf(request));
      const { items, nextCursor } = await pageOf(request.query, all, "oldest", ({ createdAtMs, id }) => {
        return { at: createdAtMs, id };
      });
      return { items: items.map((item) => ({ ...item, events: [...item.events] })), nextCursor };
    },
  );
  app.post(
    "/v1/webhooks",
    {
      config: { ...config, creates: true },
      schema: {
        tags,
        summary: "Have an https address told; the answer holds the secret that messages are signed with",
        body: WebhookRequest,
        response: { 201: NewWebhook },
      },
    },
    async (request, reply) => {
      const { webhook, secret } = await webhooks.add(managerOf(request), request.body);
      return reply.code(201).send({ ...webhook, events: [...webhook.events], secret });
    },
  );
  app.delete(
    "/v1/webhooks/:id",
    { config, schema: { tags, summary: "Tell it no more", params: IdParams, response: { 204: NoContent } } },
    async (request, reply) => {
      await webhooks.remove(managerOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
  deliveryRoutes(app, webhooks);
}
