import { readRunning } from "./adapters/files/running-file.ts";

/** A server that runs on a data folder of this machine, as a command sees it. */
export interface RunningServer {
  readonly address: string;
  /** Sends one request to its /v1 as the owner. Rejects with an `Error` of one clear line when it is refused. */
  request(method: string, path: string, body?: unknown): Promise<Response>;
}

async function refusalOf(response: Response): Promise<Error> {
  const problem = (await response.json().catch(() => null)) as { detail?: string } | null;
  return new Error(problem?.detail ?? `The server answered ${response.status}.`);
}

/** The server running on this folder; null when there is none. */
export async function findRunningServer(dataDir: string): Promise<RunningServer | null> {
  const running = await readRunning(dataDir);
  if (running === null || running.address === null) return null;
  const { address, token } = running;
  const isThere = await fetch(`${address}/healthz`).then(
    (response) => response.ok,
    () => false,
  );
  if (!isThere) return null;
  return {
    address,
    async request(method, path, body) {
      const headers: Record<string, string> = { authorization: `Bearer ${token}` };
      if (body !== undefined) headers["content-type"] = "application/json";
      const init: RequestInit = { method, headers };
      if (body !== undefined) init.body = JSON.stringify(body);
      const response = await fetch(`${address}${path}`, init);
      if (!response.ok) throw await refusalOf(response);
      return response;
    },
  };
}
