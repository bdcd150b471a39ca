/** The client of /v1 that the web app uses, for any programme that has `fetch`. */
import type { PasskeyRequest } from "#protocol/api/passkeys.ts";
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

export interface ClientOptions {
  /** Where the server is, such as "https://nuc.local:8120"; without it a page's own. */
  readonly address?: string;
  /** Sent with each request, such as `{ authorization: "Bearer …" }`; asked for each time, as tokens change. */
  readonly headers?: () => Readonly<Record<string, string>>;
}

/** A piece of a list; `nextCursor` asks for the next, null at the end. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** Each rejects with `ApiError`. Answers are of the type of the route's schema: the server strips the rest; null without a body. */
export interface Client {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
  delete<T = null>(path: string): Promise<T>;
  /** The answer to a GET as it came, a refusal too. */
  getAsItCame(path: string): Promise<{ readonly status: number; readonly text: string }>;
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

export function createClient({ address = "", headers = () => ({}) }: ClientOptions = {}): Client {
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    try {
      return await fetch(`${address}${path}`, init);
    } catch {
      throw new ApiError(0, unreachable);
    }
  };
  const send = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const json: Readonly<Record<string, string>> =
      body === undefined ? {} : { "content-type": "application/json" };
    const response = await ask(path, {
      method,
      // A deletion may be sent while a page closes.
      keepalive: method === "DELETE",
      headers: { accept: "application/json", ...headers(), ...json },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw await problemOf(response);
    const text = await response.text();
    return (text === "" ? null : JSON.parse(text)) as T;
  };
  return {
    get: (path) => send("GET", path),
    post: (path, body) => send("POST", path, body),
    put: (path, body) => send("PUT", path, body),
    delete: (path) => send("DELETE", path),
    async getAsItCame(path) {
      const response = await ask(path, { headers: { accept: "application/json", ...headers() } });
      return { status: response.status, text: await response.text() };
    },
  };
}
