import { networkInterfaces, hostname } from "node:os";
import type { Clock } from "#server/ports/environment.ts";

export const systemClock: Clock = { nowMs: () => Date.now() };

const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];
const everyAddress: ReadonlySet<string> = new Set(["0.0.0.0", "::", "[::]"]);

export function isLoopbackHost(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

export function isEveryAddress(host: string): boolean {
  return everyAddress.has(host);
}

function bracketed(address: string): string {
  return address.includes(":") && !address.startsWith("[") ? `[${address}]` : address;
}

/**
 * The names a browser may reach this server by when it listens on `host`: loopback, the host itself, and, when it
 * listens everywhere, this machine's name and addresses. Any other Host header is a rebound DNS name or a mistake.
 */
export function hostNamesFor(host: string): ReadonlySet<string> {
  const names = [...loopbackNames, bracketed(host)];
  if (everyAddress.has(host)) {
    const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    names.push(hostname(), `${hostname()}.local`, ...addresses.map(({ address }) => bracketed(address)));
  }
  return new Set(names.map((name) => name.toLowerCase()));
}

function isPrivateOverlay(name: string): boolean {
  return /^(docker|br-|veth|virbr|cni|flannel)/.test(name);
}

/** By what other machines reach this one, likeliest first: names given by the owner, its addresses, its name. */
export function reachableHosts(host: string, names: readonly string[]): readonly string[] {
  if (!everyAddress.has(host)) return [...names.filter((name) => name.includes(".")), bracketed(host)];
  const addresses = Object.entries(networkInterfaces())
    .filter(([name]) => !isPrivateOverlay(name))
    .flatMap(([, list]) => list ?? [])
    .filter(({ family, internal }) => family === "IPv4" && !internal)
    .map(({ address }) => address);
  const own = names.filter((name) => name.includes("."));
  return [...new Set([...own, ...addresses, `${hostname().toLowerCase()}.local`])];
}
