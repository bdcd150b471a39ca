import assert from "node:assert/strict";
import { isIP } from "node:net";
import { test } from "node:test";
import fc from "fast-check";
import { readNetworks } from "#server/adapters/networks.ts";
import { mostNetworks, rangeOf, troubleWithNetwork } from "./network.ts";

test("networks of both kinds are taken, and what is none says why", () => {
  for (const network of ["10.1.0.0/16", " 192.168.1.7/32 ", "2001:db8::/32", "::1/128", "0.0.0.0/1"]) {
    assert.equal(troubleWithNetwork(network, []), null, network);
  }
  assert.match(troubleWithNetwork("10.1.2.3", []) ?? "", /one address.*10\.1\.2\.3\/32/);
  assert.match(troubleWithNetwork("2001:db8::1", []) ?? "", /\/128/);
  assert.match(troubleWithNetwork("10.0.0.0/33", []) ?? "", /from 1 to 32/);
  assert.match(troubleWithNetwork("10.0.0.0/0", []) ?? "", /from 1 to 32/);
  assert.match(troubleWithNetwork("::1/129", []) ?? "", /from 1 to 128/);
  for (const text of ["", "work", "10.1/16", "300.0.0.0/8", "010.0.0.0/8", "10.0.0.0/8/8", "a:b/16"]) {
    assert.match(troubleWithNetwork(text, []) ?? "", /is written as/, text);
  }
  assert.match(troubleWithNetwork("10.0.0.0/8", ["10.0.0.0/8"]) ?? "", /already/);
  const many = Array.from({ length: mostNetworks }, (_, number) => `10.${number}.0.0/16`);
  assert.match(troubleWithNetwork("11.0.0.0/8", many) ?? "", /At most 50/);
});

test("whatever is taken here is taken by the server", () => {
  const address = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string());
  fc.assert(
    fc.property(address, fc.integer({ min: -1, max: 140 }), (text, bits) => {
      const network = `${text}/${bits}`;
      if (troubleWithNetwork(network, []) === null) assert.notEqual(readNetworks([network.trim()]), null);
      else if (isIP(text) === 4 && bits > 0 && bits <= 32) assert.fail(`refused ${network}`);
    }),
  );
});

test("a range names its first and last address, and those alone are in it", () => {
  assert.equal(rangeOf("10.1.2.3/16"), "10.1.0.0 to 10.1.255.255");
  assert.equal(rangeOf("255.255.255.255/1"), "128.0.0.0 to 255.255.255.255");
  assert.equal(rangeOf("192.168.1.7/32"), "this address alone");
  assert.equal(rangeOf("2001:db8::/32"), null);
  fc.assert(
    fc.property(fc.ipV4(), fc.integer({ min: 1, max: 31 }), fc.ipV4(), (address, bits, other) => {
      const network = `${address}/${bits}`;
      const [first = "", last = ""] = (rangeOf(network) ?? "").split(" to ");
      const isInside = readNetworks([network]);
      assert.ok(isInside?.(first) && isInside(last) && isInside(address));
      const order = (text: string) =>
        text
          .split(".")
          .map((part) => part.padStart(3, "0"))
          .join();
      const isBetween = order(other) >= order(first) && order(other) <= order(last);
      assert.equal(isInside?.(other), isBetween);
    }),
  );
});
