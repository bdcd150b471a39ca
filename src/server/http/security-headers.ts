import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ForbidPairing } from "#server/use-cases/forbid-pairing.ts";

/**
 * Scripts, styles and data come from this server only. WebAssembly may be compiled (audio decoders and the stretch
 * engine); workers and worklets are files like all others; covers and recordings may be shown from blobs.
 */
const contentSecurityPolicy = (media: string): string =>
  [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    `media-src ${media}`,
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
const answerPolicy = contentSecurityPolicy("'self' blob:");
/** A class may name a video anywhere on the web: pages may play media from there over TLS, and load nothing else. */
export const pagePolicy = contentSecurityPolicy("'self' blob: https:");

/** Motion, the wake lock and the calibration microphone are ours to ask for; nothing else is. */
const permissionsPolicy = [
  "accelerometer=(self)",
  "gyroscope=(self)",
  "screen-wake-lock=(self)",
  "microphone=(self)",
  "autoplay=(self)",
  "camera=()",
  "geolocation=()",
  "payment=()",
  "usb=()",
  "serial=()",
  "hid=()",
].join(", ");

/** As long as a phone may lie in a drawer. */
const strictTransport = `max-age=${180 * 86_400}`;

/**
 * A browser remembers "this name over TLS only" for every port of the name. That is right where Upbeat is what the name
 * stands for (port 443), and would shut out a neighbour elsewhere: `nas.local:8120` must not close `http://nas.local`.
 */
function mayBeStrict({ protocol, headers: { host = "" } }: FastifyRequest): boolean {
  return (
    protocol === "https" && /^[a-z0-9.-]*[a-z][a-z0-9.-]*$/i.test(host) && host.toLowerCase() !== "localhost"
  );
}

export function registerSecurityHeaders(app: FastifyInstance, pairing: ForbidPairing): void {
  app.addHook("onRequest", (request, reply, done) => {
    if (mayBeStrict(request)) reply.header("strict-transport-security", strictTransport);
    reply.headers({
      "content-security-policy": answerPolicy,
      "permissions-policy": `bluetooth=${pairing.isForbidden(request.ip) ? "()" : "(self)"}, ${permissionsPolicy}`,
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
    done();
  });
}
