import { Type, type Static } from "typebox";

/** PUT /v1/pairing: networks in which browsers may not pair sensors, such as "10.1.0.0/16". */
export const PairingSettings = Type.Object({
  forbiddenNetworks: Type.Array(Type.String({ minLength: 4, maxLength: 50 }), { maxItems: 50 }),
});
export type PairingSettings = Static<typeof PairingSettings>;

/** The answer of GET and PUT /v1/pairing. */
export const PairingAnswer = Type.Object({
  ...PairingSettings.properties,
  /** Where the asking browser comes from, as this server sees it, and whether that is in one of them. */
  yourAddress: Type.String(),
  isForbiddenHere: Type.Boolean(),
});
export type PairingAnswer = Static<typeof PairingAnswer>;
