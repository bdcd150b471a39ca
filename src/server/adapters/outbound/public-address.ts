/**
 * Which addresses belong to the public internet (IANA special-purpose registries, RFC 6890 and its updates). All of
 * IPv6 outside 2000::/3 is refused as a whole: loopback, link-local, unique local, multicast and the forms that carry
 * an IPv4 address inside (mapped ::ffff:0:0/96, NAT64 64:ff9b::/96); inside it 6to4 and Teredo are.
 */
import { BlockList, isIP } from "node:net";

const specialIpv4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];
const specialIpv6: readonly (readonly [string, number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["2620:4f:8000::", 48],
  ["3fff::", 20],
];
/** Never for anybody, whatever the owner allows: cloud metadata lives on link-local addresses. */
const forbidden: readonly (readonly [string, number, "ipv4" | "ipv6"])[] = [
  ["0.0.0.0", 8, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["192.0.0.192", 32, "ipv4"],
  ["100.100.100.200", 32, "ipv4"],
  ["224.0.0.0", 3, "ipv4"],
  ["fe80::", 10, "ipv6"],
  ["ff00::", 8, "ipv6"],
  ["fd00:ec2::254", 128, "ipv6"],
];

const special = new BlockList();
for (const [network, bits] of specialIpv4) special.addSubnet(network, bits, "ipv4");
for (const [network, bits] of specialIpv6) special.addSubnet(network, bits, "ipv6");
const globalIpv6 = new BlockList();
globalIpv6.addSubnet("2000::", 3, "ipv6");
const never = new BlockList();
for (const [network, bits, family] of forbidden) never.addSubnet(network, bits, family);

/** Whether an IP address, in the form a resolver answers, may be reached without the owner's word. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special.check(address, "ipv4");
  return family === 6 && globalIpv6.check(address, "ipv6") && !special.check(address, "ipv6");
}

/** Whether the owner may allow an address of their own network. IPv4 dressed as IPv6 is judged by neither and refused. */
export function isAllowableAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0 || /^::ffff:|^64:ff9b:|^2002:/i.test(address)) return false;
  return !never.check(address, family === 4 ? "ipv4" : "ipv6");
}
