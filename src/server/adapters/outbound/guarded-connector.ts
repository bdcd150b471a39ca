/** Opens sockets only to addresses that passed: the address that was checked is the one connected to. */
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { buildConnector } from "undici";
import { OutboundRefused, type AllowedOrigins } from "#server/ports/outbound.ts";
import { isAllowableAddress, isPublicAddress } from "./public-address.ts";

export type Connector = buildConnector.connector;
/** The addresses of a host name. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/** A machine that has not answered by then is not there. */
const connectTimeoutMs = 5000;
/** Addresses of one name that are tried, one after the other. */
const maxAddresses = 4;
/** Names under which clouds hand out credentials, and names of this very machine or network. */
const forbiddenNames = /(^|\.)(localhost|internal|metadata|instance-data|local|home\.arpa)\.?$/i;

export const systemResolve: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true, order: "verbatim" })).map(({ address }) => address);

export const systemConnector: Connector = buildConnector({ timeout: connectTimeoutMs });

interface ConnectorParts {
  readonly resolve: Resolve;
  readonly connect: Connector;
  readonly allowed: AllowedOrigins;
}

function connectTo(connect: Connector, options: buildConnector.Options, address: string): Promise<Outcome> {
  return new Promise((resolve) => {
    connect({ ...options, hostname: address }, (...outcome) => resolve(outcome));
  });
}

async function addressesOf(
  options: buildConnector.Options,
  parts: ConnectorParts,
): Promise<readonly string[]> {
  const { hostname, protocol, host } = options;
  const isAllowed = parts.allowed.has(`${protocol}//${host ?? hostname}`);
  if (!isAllowed && forbiddenNames.test(hostname)) {
    throw new OutboundRefused(
      `${hostname} is a name of this machine or its network; Upbeat does not go there.`,
    );
  }
  const found = isIP(hostname) === 0 ? await parts.resolve(hostname) : [hostname];
  const good = found.filter(isAllowed ? isAllowableAddress : isPublicAddress).slice(0, maxAddresses);
  if (good.length > 0) return good;
  throw new OutboundRefused(
    `${hostname} is not on the public internet. The owner can allow ${protocol}//${host ?? hostname} in the settings.`,
  );
}

type Outcome = Parameters<buildConnector.Callback>;

async function open(options: buildConnector.Options, parts: ConnectorParts): Promise<Outcome> {
  try {
    let last: Outcome | null = null;
    for (const address of await addressesOf(options, parts)) {
      last = await connectTo(parts.connect, options, address);
      if (last[0] === null) return last;
    }
    return last ?? [new Error("No address was tried."), null];
  } catch (error) {
    return [error instanceof Error ? error : new Error(String(error)), null];
  }
}

/** A connector for undici that resolves a name once, keeps what may be reached, and connects to exactly that. */
export function guardedConnector(parts: ConnectorParts): Connector {
  return (options, answer) => {
    void open(options, parts).then((outcome) => answer(...outcome));
  };
}
