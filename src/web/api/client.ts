import type { PasskeyRequest } from "#protocol/api/passkeys.ts";
import { PasskeyError } from "#web/device/passkeys.ts";
import type { Problem } from "#protocol/api/schemas.ts";

/** The server answered with a problem, or could not be reached (`status` 0). `message` can be shown as it is. */
export class ApiError extends Error {
  override name = "ApiError";
  readonly status: number;
  /** What a passkey has to sign for the sign-in to go on; null when that is not what is missing. */
  readonly passkey: PasskeyRequest | null;

  constructor(status: number, message: string, passkey: PasskeyRequest | null = null) {
    super(message);
    this.status = status;
    this.passkey = passkey;
  }
}

const unreachable = "The server does not answer. Check that Upbeat is running, then try again.";

function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && "title" in value && typeof value.title === "string";
}

async function problemOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  if (isProblem(body)) return new ApiError(response.status, body.detail ?? body.title, body.passkey ?? null);
  return new ApiError(response.status, `The server answered ${response.status}. Try again in a moment.`);
}

/**
 * One request to /v1 with the session cookie.
 * @returns the JSON answer, or null for an answer without a body. The type is the schema's: the server strips the rest.
 * @throws ApiError
 */
async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
  // A deletion may be sent while the page closes.
  const keepalive = method === "DELETE";
  const init: RequestInit = { method, keepalive, headers: { accept: "application/json" } };
  if (body !== undefined) {
    init.headers = { accept: "application/json", "content-type": "application/json" };
    init.body = JSON.stringify(body);
  }
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new ApiError(0, unreachable);
  }
  if (!response.ok) throw await problemOf(response);
  const text = await response.text();
  return (text === "" ? null : JSON.parse(text)) as T;
}

/**
 * The answer to a GET as it came, a refusal too.
 * @throws ApiError when the server does not answer
 */
export async function getAsItCame(path: string): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(path, { headers: { accept: "application/json" } });
    return { status: response.status, text: await response.text() };
  } catch {
    throw new ApiError(0, unreachable);
  }
}

export const api = {
  get: <T>(path: string) => send<T>("GET", path),
  post: <T>(path: string, body?: unknown) => send<T>("POST", path, body),
  put: <T>(path: string, body: unknown) => send<T>("PUT", path, body),
  delete: <T = null>(path: string) => send<T>("DELETE", path),
};

/** What to tell a person about any failure. */
export function messageOf(error: unknown): string {
  return error instanceof ApiError || error instanceof PasskeyError
    ? error.message
    : "Something in this page failed. Reload it and try again.";
}
