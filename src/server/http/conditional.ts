/** Conditional GET (RFC 9110, 13): what has not changed since a client last had it is not sent again. */
import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

export function tagOf(body: string | Buffer): string {
  return `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
}

/** Whether a client's list of tags names this one; weak ones are as good here. */
function names(list: string | undefined, tag: string): boolean {
  if (list === undefined) return false;
  return list.trim() === "*" || list.split(",").some((one) => one.trim().replace(/^W\//, "") === tag);
}

function isTaggable(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): payload is string | Buffer {
  return (
    (request.method === "GET" || request.method === "HEAD") &&
    reply.statusCode === 200 &&
    request.url.startsWith("/v1/") &&
    reply.getHeader("cache-control") !== "no-store" &&
    (typeof payload === "string" || Buffer.isBuffer(payload))
  );
}

/** Every answer of /v1 that is known as a whole carries an ETag, and 304 stands for the same one again. */
export function registerConditional(app: FastifyInstance): void {
  app.addHook("onSend", (request, reply, payload, done) => {
    if (!isTaggable(request, reply, payload)) return done(null, payload);
    const given = reply.getHeader("etag");
    const tag = typeof given === "string" ? given : tagOf(payload);
    reply.header("etag", tag);
    // Browsers may keep it, and must ask each time whether it is still so.
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "private, no-cache");
    if (!names(request.headers["if-none-match"], tag)) return done(null, payload);
    reply
      .code(304)
      .removeHeader("content-length")
      .removeHeader("content-type")
      .removeHeader("content-encoding");
    done(null, null);
  });
}
