import type { FastifyInstance } from "fastify";

/**
 * Scripts, styles and data come from this server only. WebAssembly may be compiled (audio decoders and the stretch
 * engine); workers and worklets are files like all others; covers and recordings may be shown from blobs.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** Motion, the wake lock and the calibration microphone are ours to ask for; nothing else is. Bluetooth has no such switch. */
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

export function registerSecurityHeaders(app: FastifyInstance): void {
  app.addHook("onRequest", async (_request, reply) => {
    reply.headers({
      "content-security-policy": contentSecurityPolicy,
      "permissions-policy": permissionsPolicy,
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
  });
}
