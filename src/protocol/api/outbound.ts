import { Type, type Static } from "typebox";

/** GET and PUT /v1/outbound: machines of the local network that the server may talk to, as origins. */
export const OutboundSettings = Type.Object({
  allowedOrigins: Type.Array(Type.String({ minLength: 8, maxLength: 300 }), { maxItems: 50 }),
});
export type OutboundSettings = Static<typeof OutboundSettings>;
