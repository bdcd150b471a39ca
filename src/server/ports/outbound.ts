/** The one way out of the server. Whoever asks another machine for something is given this. */
export interface Outbound {
  /**
   * As the platform's `fetch`, but only to public addresses and to the origins that the owner allows.
   * Rejects with `OutboundRefused` where it will not go, and with a `TypeError` where it cannot.
   */
  readonly fetch: typeof globalThis.fetch;
}

/** Upbeat will not connect there; `message` is one clear line. */
export class OutboundRefused extends Error {
  override name = "OutboundRefused";
}

/** Which origins beside the public internet the owner has allowed, such as "http://192.168.1.20:4533". */
export interface AllowedOrigins {
  has(origin: string): boolean;
}
