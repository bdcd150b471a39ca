/**
 * An internet of three parts on loopback sockets: a canary that answers for every address that is not public, a public
 * server that answers for the control addresses, and a resolver. Whatever a guard lets through to a private address
 * reaches the canary; nothing leaves this machine.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buildConnector } from "undici";
import type { Connector, Resolve } from "#server/adapters/outbound/guarded-connector.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export const publicIpv4 = "93.184.216.34";
export const publicIpv6 = "2606:2800:220:1:248:1893:25c8:1946";

async function listening(handler: Handler): Promise<{ server: Server; port: number }> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

export async function simulatedInternet(isPublic: (address: string) => boolean, publicHandler: Handler) {
  const hits: string[] = [];
  const canary = await listening((request, response) => {
    hits.push(`${request.headers.host ?? ""}${request.url ?? ""}`);
    response.end("canary");
  });
  const site = await listening(publicHandler);
  const names = new Map<string, () => readonly string[]>();
  const open = buildConnector({ timeout: 5000 });
  const connect: Connector = (options, callback) => {
    const port = isPublic(options.hostname) ? site.port : canary.port;
    open({ ...options, protocol: "http:", hostname: "127.0.0.1", port: String(port) }, callback);
  };
  const resolve: Resolve = async (hostname) => {
    const answer = names.get(hostname.replace(/\.$/, ""));
    if (answer === undefined) throw new Error(`${hostname} has no address`);
    return answer();
  };
  return {
    hits,
    names,
    connect,
    resolve,
    async close() {
      for (const { server } of [canary, site]) {
        server.closeAllConnections();
        await new Promise((resolve) => {
          server.close(resolve);
        });
      }
    },
  };
}
