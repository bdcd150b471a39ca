import { ApiError, createClient } from "#client/client.ts";
import { PasskeyError } from "#web/device/passkeys.ts";

export { ApiError };

/** This page's own server, with its session cookie. */
export const api = createClient();

/** What to tell a person about any failure. */
export function messageOf(error: unknown): string {
  return error instanceof ApiError || error instanceof PasskeyError
    ? error.message
    : "Something in this page failed. Reload it and try again.";
}
