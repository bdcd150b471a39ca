/** Holds apps to their quota, says how much is left (IETF draft ratelimit-headers), and counts what was answered. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { scopeWords, type AccessCategory } from "#domain/access.ts";
import type { AppAccess } from "#server/ports/authorisations.ts";
import type { Caller, MeterApps } from "#server/use-cases/meter-apps.ts";
import { sendProblem } from "./problems.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** How much the answer holds, for the meter: read off what is written by a schema; whoever writes an answer sets it. */
    rowsAnswered: number;
  }
}

export function callerOf({ appId, personId }: AppAccess): Caller {
  return { appId, personId: personId ?? "" };
}

function categoryOf(request: FastifyRequest): AccessCategory {
  const { scope } = request.routeOptions.config;
  return scope === undefined ? "catalogue" : scopeWords[scope].category;
}

/** Entries of a list, seconds of a series; one for anything else. */
function rowsOf(payload: unknown): number {
  const { items, rows } = (payload ?? {}) as { items?: unknown; rows?: unknown };
  if (Array.isArray(items)) return items.length;
  return Array.isArray(rows) ? rows.length : 1;
}

async function admit(request: FastifyRequest, reply: FastifyReply, meter: MeterApps, app: AppAccess) {
  const category = categoryOf(request);
  const { allowed, limit, remaining, resetS, slowed } = await meter.admit(callerOf(app), category);
  reply.header("ratelimit-policy", `"${category}";q=${limit};w=3600`);
  reply.header("ratelimit", `"${category}";r=${remaining};t=${resetS}`);
  if (allowed) return undefined;
  reply.header("retry-after", resetS);
  const why = slowed
    ? "This app reads far more than it ordinarily does, so it is slowed for this hour, and its person can see that."
    : `The quota of ${limit} calls an hour is used up.`;
  return sendProblem(reply, 429, why);
}

/** After the guards: who asks is known by now. */
export function registerFairUse(app: FastifyInstance, meter: MeterApps): void {
  app.addHook("onRequest", async (request, reply) =>
    request.app === null ? undefined : admit(request, reply, meter, request.app),
  );
  app.decorateRequest("rowsAnswered", 1);
  app.addHook("preSerialization", async (request, _reply, payload) => {
    if (request.app !== null) request.rowsAnswered = rowsOf(payload);
    return payload;
  });
  app.addHook("onResponse", async (request, reply) => {
    if (request.app === null || reply.statusCode >= 400) return;
    const bytes = Number(reply.getHeader("content-length") ?? 0);
    const rows = reply.statusCode === 304 ? 0 : request.rowsAnswered;
    meter.note(callerOf(request.app), categoryOf(request), {
      rows,
      bytes: Number.isFinite(bytes) ? bytes : 0,
    });
  });
}
