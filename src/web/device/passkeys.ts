/** Passkeys of this device or of a security key, as far as the browser has them. */
import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from "@simplewebauthn/browser";
import type { PasskeyCreation, PasskeyRequest } from "#protocol/api/passkeys.ts";

/** Why there can be no passkey here; null when there can. */
export function passkeyTrouble(): string | null {
  if (isAddress(location.hostname)) {
    return "Passkeys belong to a name, not to an address such as this one.";
  }
  if (!browserSupportsWebAuthn()) {
    return isSecureContext
      ? "This browser has no passkeys."
      : "Browsers keep passkeys for encrypted connections (HTTPS), or for localhost.";
  }
  return null;
}

function isAddress(hostName: string): boolean {
  return hostName.startsWith("[") || /^\d+(\.\d+){3}$/.test(hostName);
}

/** The same page by a name that can have passkeys, where there is one for sure. */
export function namedAddress(): string | null {
  const isThisMachine = /^(127(\.\d+){3}|\[::1\])$/.test(location.hostname);
  if (!isThisMachine) return null;
  const url = new URL(location.href);
  url.hostname = "localhost";
  return url.href;
}

/** The device or the person did not give one; the message can be shown. */
export class PasskeyError extends Error {
  override name = "PasskeyError";
}

/** Asks the person. Rejects with `PasskeyError`. */
async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const isKnown =
      error instanceof WebAuthnError && error.code === "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED";
    throw new PasskeyError(
      isKnown ? "This device has a passkey of yours already." : "No passkey was given.",
      {
        cause: error,
      },
    );
  }
}

export function makePasskey(creation: PasskeyCreation) {
  return asked(() => startRegistration({ optionsJSON: creation }));
}

export function signWithPasskey(request: PasskeyRequest) {
  return asked(() => startAuthentication({ optionsJSON: request }));
}
