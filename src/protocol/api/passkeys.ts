/** The JSON of passkeys: what browsers are asked and what they answer, in WebAuthn's own names (all binary as base64url). */
import { Type, type Static } from "typebox";

const Binary = Type.String({ maxLength: 8192, pattern: "^[A-Za-z0-9_-]*$" });
const CredentialId = Type.String({ minLength: 1, maxLength: 1400, pattern: "^[A-Za-z0-9_-]+$" });
const Transports = Type.Array(Type.String({ maxLength: 20 }), { maxItems: 10 });
const PasskeyName = Type.String({ minLength: 1, maxLength: 60, pattern: "\\S" });
const Password = Type.String({ minLength: 1, maxLength: 1024 });

const KnownCredential = Type.Object({
  id: CredentialId,
  type: Type.Literal("public-key"),
  transports: Transports,
});

/** An entry of GET /v1/passkeys. */
export const PasskeyEntry = Type.Object({
  id: Type.String(),
  name: Type.String(),
  /** The name of the server it was made for; it works nowhere else. */
  hostName: Type.String(),
  createdAtMs: Type.Number(),
  lastUsedAtMs: Type.Number(),
});
export type PasskeyEntry = Static<typeof PasskeyEntry>;

/** POST /v1/passkeys/request: a new way in needs the password. */
export const PasskeyWish = Type.Object({ password: Password });

/** The answer: what `navigator.credentials.create` is asked. */
export const PasskeyCreation = Type.Object({
  rp: Type.Object({ id: Type.String(), name: Type.String() }),
  user: Type.Object({ id: Binary, name: Type.String(), displayName: Type.String() }),
  challenge: Binary,
  pubKeyCredParams: Type.Array(Type.Object({ alg: Type.Integer(), type: Type.Literal("public-key") })),
  timeout: Type.Number(),
  excludeCredentials: Type.Array(KnownCredential),
  authenticatorSelection: Type.Object({
    residentKey: Type.Literal("preferred"),
    userVerification: Type.Literal("preferred"),
  }),
  attestation: Type.Literal("none"),
});
export type PasskeyCreation = Static<typeof PasskeyCreation>;

/** What `navigator.credentials.get` is asked. */
export const PasskeyRequest = Type.Object({
  challenge: Binary,
  rpId: Type.String(),
  timeout: Type.Number(),
  userVerification: Type.Enum(["required", "preferred"]),
  /** Empty: any passkey that lies in the device. */
  allowCredentials: Type.Array(KnownCredential),
});
export type PasskeyRequest = Static<typeof PasskeyRequest>;

const Made = Type.Object({
  id: CredentialId,
  response: Type.Object({
    clientDataJSON: Binary,
    attestationObject: Binary,
    transports: Type.Optional(Transports),
  }),
});

/** POST /v1/passkeys */
export const NewPasskey = Type.Object({ name: PasskeyName, passkey: Made });

export const PasskeyRename = Type.Object({ name: PasskeyName });

/** A signature, to sign in with. */
export const Signed = Type.Object({
  id: CredentialId,
  response: Type.Object({
    clientDataJSON: Binary,
    authenticatorData: Binary,
    signature: Binary,
    userHandle: Type.Optional(Binary),
  }),
});

/** POST /v1/session/passkey */
export const PasskeySignIn = Type.Object({ passkey: Signed });

/** PUT /v1/session/second-factor */
export const SecondFactor = Type.Object({ password: Password, asksPasskey: Type.Boolean() });
