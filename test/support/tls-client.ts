/** The HTTP side listening on a real TLS socket, and clients with and without certificates in front of it. */
import { request as httpRequest } from "node:http";
import { request as httpsRequest, type RequestOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { createAuthority } from "#server/adapters/ca/authority.ts";
import { peerCertificates } from "#server/adapters/ca/peer-certificate.ts";
import { memoryAuthority } from "#server/adapters/memory/memory-authority.ts";
import type { CertificateAuthority } from "#server/ports/certificates.ts";
import { createTestApp, type TestApp } from "./test-app.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface SecureTestApp extends TestApp {
  readonly authority: CertificateAuthority;
  readonly port: number;
}

/** `hosts` are the names the certificate stands for. */
export async function createSecureTestApp(
  hosts: readonly string[] = ["127.0.0.1", "localhost", "upbeat.lan"],
): Promise<SecureTestApp> {
  const authority = await createAuthority(memoryAuthority(), {
    machine: "testbox",
    names: [],
    nowMs: Date.now(),
  });
  const { certificatePem, keyPem, expiresAtMs } = authority.issueServer(hosts, Date.now());
  const server = await createTestApp({
    isLoopbackOnly: false,
    secureContext: { certificatePem, keyPem, expiresAtMs, rootPem: authority.root.pem },
    peerCertificate: peerCertificates(() => authority),
    authority: async () => authority,
    trust: { root: authority.root, hosts: () => [`127.0.0.1:${port()}`] },
  });
  await server.app.listen({ host: "127.0.0.1", port: 0 });
  const port = (): number => (server.app.server.address() as AddressInfo).port;
  return { ...server, authority, port: port() };
}

interface Call extends RequestOptions {
  readonly body?: string;
}

function send(ask: typeof httpsRequest, port: number, { body, ...options }: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = ask({ host: "127.0.0.1", port, agent: false, ...options }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      );
    });
    request.on("error", reject);
    request.end(body);
  });
}

/** A client that trusts the authority, and nothing else. */
export function overTls(server: SecureTestApp, call: Call): Promise<Answer> {
  return send(httpsRequest, server.port, { ca: server.authority.root.pem, ...call });
}

export function inClear(server: SecureTestApp, call: Call): Promise<Answer> {
  return send(httpRequest, server.port, call);
}

/** Asks for a token as a service account. */
export function clientToken(
  server: SecureTestApp,
  clientId: string,
  pair: { readonly cert?: string; readonly key?: string },
  scope = "tracks:read",
): Promise<Answer> {
  return overTls(server, {
    ...pair,
    method: "POST",
    path: "/oauth/token",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ grant_type: "client_credentials", client_id: clientId, scope }).toString(),
  });
}
