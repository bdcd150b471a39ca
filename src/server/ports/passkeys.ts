/** Passkeys (WebAuthn): keys that lie in a person's devices and sign, for one host name, that it is them. */

export interface Passkey {
  readonly id: string;
  readonly personId: string;
  /** What the device calls it, base64url. */
  readonly credentialId: string;
  /** The name of the server it was made for (the RP ID); it signs for no other. */
  readonly hostName: string;
  /** What the person calls it. */
  readonly name: string;
  /** COSE. */
  readonly publicKey: Uint8Array;
  /** How often the device says it has signed; 0 for ever where it does not count. */
  readonly counter: number;
  /** Ways to reach the device, as the browser named them, e.g. "internal", "usb". */
  readonly transports: readonly string[];
  readonly createdAtMs: number;
  readonly lastUsedAtMs: number;
}

export interface PasskeyStore {
  /** Insert or replace by id. Rejects where the credential is another passkey's. */
  putPasskey(passkey: Passkey): Promise<void>;
  passkeyOfCredential(credentialId: string): Promise<Passkey | null>;
  /** Oldest first. */
  passkeysOf(personId: string): Promise<readonly Passkey[]>;
  removePasskey(personId: string, id: string): Promise<void>;
}

/** What a browser answers when a passkey was made. Fields as in WebAuthn's JSON, all base64url. */
export interface MadePasskey {
  readonly id: string;
  readonly response: {
    readonly clientDataJSON: string;
    readonly attestationObject: string;
    readonly transports?: readonly string[];
  };
}

/** What a browser answers when a passkey has signed. */
export interface SignedPasskey {
  readonly id: string;
  readonly response: {
    readonly clientDataJSON: string;
    readonly authenticatorData: string;
    readonly signature: string;
    readonly userHandle?: string;
  };
}

/** Where the browser is: what it must have signed for. */
export interface PasskeyPlace {
  readonly hostName: string;
  readonly origins: readonly string[];
}

export interface PasskeyChecks {
  /** A random challenge for one use, which holds until then; it need not be kept. */
  newChallenge(use: string, untilMs: number): string;
  /** Whether a challenge was made here, for this use, and still holds. */
  isChallenge(challenge: string, use: string, nowMs: number): boolean;
  /** What was made, if it was made at this place and for a challenge that holds; null otherwise. */
  readMade(
    made: MadePasskey,
    place: PasskeyPlace,
    holds: (challenge: string) => boolean,
  ): Promise<Pick<Passkey, "credentialId" | "publicKey" | "counter"> | null>;
  /**
   * The new counter, if this passkey signed at this place a challenge that holds; null otherwise. `mustKnowPerson`: the
   * device has made sure who holds it (a finger, a PIN).
   */
  readSigned(
    signed: SignedPasskey,
    passkey: Passkey,
    place: PasskeyPlace,
    wanted: { readonly holds: (challenge: string) => boolean; readonly mustKnowPerson: boolean },
  ): Promise<number | null>;
}
