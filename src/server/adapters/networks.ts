/** Which addresses belong to a list of networks ("10.1.0.0/16", "2001:db8::/32"). Compares; opens nothing. */
import { BlockList, isIP } from "node:net";
import type { ReadNetworks } from "#server/ports/networks.ts";

const familyOf = (address: string) => (isIP(address) === 6 ? "ipv6" : "ipv4");

export const readNetworks: ReadNetworks = (texts) => {
  const list = new BlockList();
  for (const text of texts) {
    const [, address = "", digits = ""] = /^([0-9a-f.:]+)\/(\d{1,3})$/i.exec(text) ?? [];
    const family = isIP(address);
    const bits = Number(digits);
    if (family === 0 || bits < 1 || bits > (family === 4 ? 32 : 128)) return null;
    list.addSubnet(address, bits, familyOf(address));
  }
  // IPv4 that comes dressed as IPv6 (::ffff:10.1.2.3) is found in IPv4 networks too.
  return (address) => isIP(address) !== 0 && list.check(address, familyOf(address));
};
