import { Type, type Static } from "typebox";

/** GET /v1/trust: how another device comes to trust this server; null while it serves this machine only. */
export const TrustAnswer = Type.Object({
  authority: Type.Union([
    Type.Object({
      name: Type.String(),
      /** SHA-256 of the root certificate, as devices show it. */
      fingerprint: Type.String(),
      expiresAtMs: Type.Number(),
      /** Where the server answers other devices; the likeliest first. */
      addresses: Type.Array(Type.String()),
      /** Where a device that does not trust the server yet finds the root certificate, in the same order. */
      trustAddresses: Type.Array(Type.String()),
    }),
    Type.Null(),
  ]),
});
export type TrustAnswer = Static<typeof TrustAnswer>;
