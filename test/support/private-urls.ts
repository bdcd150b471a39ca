/** Addresses that no request of a stranger may make the server visit, in the forms that URLs allow. */

const ipv4: readonly string[] = [
  "127.0.0.1",
  "127.8.8.8",
  "127.255.255.254",
  "0.0.0.0",
  "10.0.0.1",
  "10.255.255.255",
  "100.64.0.1",
  "100.127.255.254",
  "169.254.169.254",
  "169.254.170.2",
  "172.16.0.1",
  "172.31.255.254",
  "192.0.0.192",
  "192.168.0.1",
  "192.168.255.254",
  "198.18.0.1",
  "198.19.255.255",
  "203.0.113.7",
  "224.0.0.1",
  "239.255.255.250",
  "255.255.255.255",
];
const ipv6: readonly string[] = [
  "::",
  "::1",
  "0:0:0:0:0:0:0:1",
  "fe80::1",
  "febf::1",
  "fc00::1",
  "fd00:ec2::254",
  "fdff:ffff::1",
  "ff02::1",
  "ff0e::fb",
  "fec0::1",
  "100::1",
  "2001:db8::1",
  "2001::1",
  "2001:10::1",
  "3fff::1",
  "5f00::1",
  "64:ff9b:1::7f00:1",
];

function partsOf(address: string): number[] {
  return address.split(".").map(Number);
}

function wholeOf(address: string): number {
  return partsOf(address).reduce((sum, part) => sum * 256 + part, 0);
}

/** Dotted, as one number in three bases, shortened, in mixed bases, and inside IPv6. */
export function formsOf(address: string): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = partsOf(address);
  const whole = wholeOf(address);
  const hex = (part: number): string => `0x${part.toString(16)}`;
  const octal = (part: number): string => `0${part.toString(8)}`;
  const words = `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  return [
    address,
    `${address}.`,
    String(whole),
    hex(whole),
    octal(whole),
    partsOf(address).map(hex).join("."),
    partsOf(address).map(octal).join("."),
    `${a}.${b * 65_536 + c * 256 + d}`,
    `${a}.${b}.${c * 256 + d}`,
    `${hex(a)}.${octal(b)}.${c}.${d}`,
    `[::ffff:${address}]`,
    `[::ffff:${words}]`,
    `[::${words}]`,
    `[64:ff9b::${words}]`,
    `[2002:${words}::1]`,
  ];
}

/** Host names as they stand in URLs. */
export const privateHosts: readonly string[] = [
  ...ipv4.flatMap(formsOf),
  ...ipv6.map((address) => `[${address}]`),
  "%31%32%37.0.0.1",
  "１２７.0.0.1",
  "127。0。0。1",
  "①②⑦.0.0.1",
];

/** Names that resolve to somewhere private, and names that are refused as such. */
export const privateNames: Readonly<Record<string, readonly string[]>> = {
  localhost: ["127.0.0.1", "::1"],
  "a.localhost": ["127.0.0.1"],
  "metadata.google.internal": ["169.254.169.254"],
  metadata: ["169.254.169.254"],
  "instance-data": ["169.254.169.254"],
  "printer.local": ["192.168.1.9"],
  "router.home.arpa": ["192.168.1.1"],
  "intern.example": ["10.1.2.3"],
  "loop.example": ["127.0.0.1"],
  "loop6.example": ["::1"],
  "mapped.example": ["::ffff:127.0.0.1"],
  "mapped-hex.example": ["::ffff:7f00:1"],
  "nat64.example": ["64:ff9b::7f00:1"],
  "sixtofour.example": ["2002:7f00:1::1"],
  "ula.example": ["fd12:3456::1"],
  "link.example": ["fe80::1%eth0"],
  "cgnat.example": ["100.64.10.10"],
  "many.example": ["10.0.0.1", "192.168.0.1", "fd00::1"],
};
