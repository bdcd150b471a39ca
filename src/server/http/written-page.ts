/** Pages that are remembered opened are written once: as JSON, and packed for whoever unpacks. */
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";
import { tagOf } from "./conditional.ts";

interface Form {
  readonly body: Buffer;
  readonly tag: string;
}

interface Written {
  readonly plain: Form;
  /** Made when it is first asked for. */
  packed: Promise<Form> | null;
}

const pack = promisify(gzip);
/** They go with the page they were written from. */
const written = new WeakMap<object, Written>();

/** Whether the client unpacks gzip: it names it, and not with weight 0. */
function unpacks(request: FastifyRequest): boolean {
  const accepted = request.headers["accept-encoding"];
  return typeof accepted === "string" && /\bgzip\b(?!\s*;\s*q=0(\.0+)?\s*(,|$))/i.test(accepted);
}

/**
 * Sends a page that `toAnswer` makes an answer of. An app is sent it as it is: how much apps read is counted in bytes, and packing would
 * hide most of it.
 */
export async function sendWritten<T extends { readonly items: readonly unknown[] }>(
  page: T,
  request: FastifyRequest,
  reply: FastifyReply,
  toAnswer: (page: T) => Record<string, unknown>,
): Promise<FastifyReply> {
  let known = written.get(page);
  if (known === undefined) {
    const body = Buffer.from(String(reply.serializeInput(toAnswer(page), "200")));
    known = { plain: { body, tag: tagOf(body) }, packed: null };
    written.set(page, known);
  }
  request.rowsAnswered = page.items.length;
  reply.type("application/json; charset=utf-8").header("vary", "accept-encoding");
  if (request.app !== null || !unpacks(request)) {
    return reply.header("etag", known.plain.tag).send(known.plain.body);
  }
  const { plain } = known;
  known.packed ??= pack(plain.body).then((body) => ({ body, tag: plain.tag.replace(/"$/, '-gzip"') }));
  const { body, tag } = await known.packed;
  return reply.header("etag", tag).header("content-encoding", "gzip").send(body);
}
