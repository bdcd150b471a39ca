/** Networks as people type them: what is wrong with one, and which addresses one stands for. */

/** As many as the server keeps. */
export const mostNetworks = 50;

function isIpv4(address: string): boolean {
  const parts = address.split(".");
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

function isIpv6(address: string): boolean {
  return address.includes(":") && URL.canParse(`http://[${address}]/`);
}

function isAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}

/** What is wrong with a network, and what to do, in a sentence or two; null when nothing is. */
export function troubleWithNetwork(text: string, known: readonly string[]): string | null {
  const wanted = text.trim();
  if (isAddress(wanted)) {
    const bits = isIpv4(wanted) ? 32 : 128;
    return `This is one address. For it alone write ${wanted}/${bits}; for a whole network say how many bits are fixed, such as 10.1.0.0/16.`;
  }
  const [, address = "", digits = ""] = /^([^/]+)\/(\d{1,3})$/.exec(wanted) ?? [];
  if (!isAddress(address)) return "A network is written as 10.1.0.0/16 or 2001:db8::/32.";
  const most = isIpv4(address) ? 32 : 128;
  const bits = Number(digits);
  if (bits < 1 || bits > most) return `After the slash stands a number from 1 to ${most}.`;
  if (known.includes(wanted)) return "This network is in the list already.";
  return known.length >= mostNetworks ? `At most ${mostNetworks} networks. Remove one first.` : null;
}

function toNumber(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

function toAddress(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}

/** "10.1.0.0 to 10.1.255.255"; null where the notation says it best (IPv6). */
export function rangeOf(network: string): string | null {
  const [address = "", digits = ""] = network.split("/");
  if (!isIpv4(address)) return null;
  const size = 2 ** (32 - Number(digits));
  const first = Math.floor(toNumber(address) / size) * size;
  return size === 1 ? "this address alone" : `${toAddress(first)} to ${toAddress(first + size - 1)}`;
}
