import { Type } from "typebox";

/** GET and PUT /v1/pairing: networks in which browsers may not pair sensors, such as "10.1.0.0/16". */
export const PairingSettings = Type.Object({
  forbiddenNetworks: Type.Array(Type.String({ minLength: 4, maxLength: 50 }), { maxItems: 50 }),
});
