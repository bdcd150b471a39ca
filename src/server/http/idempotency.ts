/** Idempotency-Key: a request that creates may be sent again, after a lost answer too, and creates once. */
import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { KeptAnswers } from "#server/ports/kept-answers.ts";
import { signedIn } from "./guards.ts";
import { sendProblem } from "./problems.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Takes an Idempotency-Key. */
    creates?: true;
  }
  interface FastifyRequest {
    /** Under what the answer to this request is kept. */
    answerKey: string | null;
  }
}

export const keyPattern = /^[\x21-\x7e]{1,200}$/;

const hashOf = (...parts: readonly unknown[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex");

const bodyHashOf = (request: FastifyRequest): string => hashOf(request.body);

export function registerIdempotency(app: FastifyInstance, answers: KeptAnswers): void {
  const underWay = new Set<string>();
  app.decorateRequest("answerKey", null);
  app.addHook("preHandler", async (request, reply) => {
    const given = request.headers["idempotency-key"];
    const { creates, url } = { ...request.routeOptions.config, url: request.routeOptions.url };
    if (creates !== true || given === undefined) return undefined;
    if (typeof given !== "string" || !keyPattern.test(given))
      return sendProblem(reply, 400, "An Idempotency-Key is 1 to 200 visible ASCII characters.");
    const key = hashOf(signedIn(request).id, request.app?.appId ?? null, url, given);
    if (underWay.has(key))
      return sendProblem(reply, 409, "The first request with this key is still under way.");
    underWay.add(key);
    request.answerKey = key;
    const kept = await answers.get(key);
    if (kept === null) return undefined;
    if (kept.bodyHash !== bodyHashOf(request))
      return sendProblem(reply, 422, "This Idempotency-Key stood for another request before.");
    reply.header("idempotency-replayed", "true").header("cache-control", "no-store");
    return reply.code(kept.status).type("application/json; charset=utf-8").send(kept.body);
  });
  app.addHook("onSend", async (request, reply, payload) => {
    const { answerKey } = request;
    const isNew = reply.statusCode < 300 && !reply.hasHeader("idempotency-replayed");
    if (answerKey === null || !isNew || typeof payload !== "string") return payload;
    const answer = { bodyHash: bodyHashOf(request), status: reply.statusCode, body: payload };
    await answers.put(answerKey, signedIn(request).id, answer);
    return payload;
  });
  const done = async (request: FastifyRequest): Promise<void> => {
    if (request.answerKey !== null) underWay.delete(request.answerKey);
  };
  app.addHook("onResponse", done);
  app.addHook("onRequestAbort", done);
}
