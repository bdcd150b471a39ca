/** An app on this machine as its developer would write it, and a person's walk through the page that connects it. */
import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import type { Upbeat } from "./harness.ts";

export interface SampleApp {
  readonly origin: string;
  /** How it answers what it is told; 204 unless set. */
  status: number;
  close(): void;
}

export async function startApp(): Promise<SampleApp> {
  const app = { origin: "", status: 204, close: () => void server.close() };
  const server = createServer((request, response) => {
    response.statusCode = request.method === "POST" ? app.status : 200;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  app.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return app;
}

/** Asks the server as the person behind the page. */
export function askAs(page: Page, method: string, path: string, body?: object): Promise<unknown> {
  const request = { method, path, body: body === undefined ? null : JSON.stringify(body) };
  return page.evaluate(async (asked) => {
    const init: RequestInit = { method: asked.method };
    if (asked.body !== null) {
      init.headers = { "content-type": "application/json" };
      init.body = asked.body;
    }
    const response = await fetch(asked.path, init);
    if (!response.ok) throw new Error(`${asked.path}: ${response.status} ${await response.text()}`);
    const text = await response.text();
    return text === "" ? null : (JSON.parse(text) as unknown);
  }, request);
}

async function posted<T>(url: string, body: Readonly<Record<string, string>> | object, isForm: boolean) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": isForm ? "application/x-www-form-urlencoded" : "application/json" },
    body: isForm ? new URLSearchParams(body as Record<string, string>).toString() : JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** The app registers itself, the person says yes on the page, and the app has its token. */
export async function connectApp(
  page: Page,
  upbeat: Upbeat,
  { app, name, scopes }: { readonly app: SampleApp; readonly name: string; readonly scopes: string },
): Promise<{ clientId: string; headers: Readonly<Record<string, string>> }> {
  await page.goto("/you/apps");
  await askAs(page, "PUT", "/v1/app-settings", { registration: "open" });
  const redirect_uri = `${app.origin}/back`;
  const metadata = { client_name: name, redirect_uris: [redirect_uri], token_endpoint_auth_method: "none" };
  const { client_id } = await posted<{ client_id: string }>(
    `${upbeat.address}/oauth/register`,
    metadata,
    false,
  );
  const code_verifier = randomBytes(32).toString("base64url");
  const query = new URLSearchParams({
    response_type: "code",
    client_id,
    redirect_uri,
    scope: scopes,
    state: "s",
    code_challenge: createHash("sha256").update(code_verifier).digest("base64url"),
    code_challenge_method: "S256",
  });
  await page.goto(`/oauth/authorize?${query.toString()}`);
  await page.getByRole("button", { name: `Connect ${name}` }).click();
  await page.waitForURL(`${redirect_uri}?*`);
  const code = new URL(page.url()).searchParams.get("code") ?? "";
  const fields = { grant_type: "authorization_code", client_id, redirect_uri, code, code_verifier };
  const tokens = await posted<{ access_token: string }>(`${upbeat.address}/oauth/token`, fields, true);
  return { clientId: client_id, headers: { authorization: `Bearer ${tokens.access_token}` } };
}
