import type { FastifyReply, FastifyRequest } from "fastify";
import type { LibraryProgress, LibraryWatch } from "#server/ports/library-watch.ts";

/** Progress is sent at most this often: a page cannot show more. */
const minIntervalMs = 200;
/** Proxies and browsers close a silent connection; a comment keeps it open. */
const heartbeatMs = 20_000;

/** Sends the library's progress as server-sent events until the page goes away. */
export function streamProgress(request: FastifyRequest, reply: FastifyReply, watch: LibraryWatch): void {
  reply.hijack();
  const { raw } = reply;
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) raw.setHeader(name, value);
  }
  raw.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });

  let waiting: NodeJS.Timeout | null = null;
  let latest: LibraryProgress = watch.current();
  const send = (): void => {
    waiting = null;
    raw.write(`event: progress\ndata: ${JSON.stringify(latest)}\n\n`);
  };
  const unsubscribe = watch.subscribe((progress) => {
    latest = progress;
    waiting ??= setTimeout(send, minIntervalMs);
  });
  const heartbeat = setInterval(() => raw.write(": still here\n\n"), heartbeatMs);
  request.raw.on("close", () => {
    unsubscribe();
    clearInterval(heartbeat);
    if (waiting !== null) clearTimeout(waiting);
  });
  send();
}
