/** The certificate authority over every way of keeping it. OpenSSL, inside Node's TLS, judges what it issues. */
import assert from "node:assert/strict";
import { X509Certificate, createPrivateKey, randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { connect, createServer } from "node:tls";
import { folderAuthority } from "#server/adapters/ca/authority-folder.ts";
import { createAuthority, openAuthority } from "#server/adapters/ca/authority.ts";
import { addressBytes, makeLeaf, type Subject } from "#server/adapters/ca/certificates.ts";
import { memoryAuthority } from "#server/adapters/memory/memory-authority.ts";
import { initAuthority } from "#server/local-authority.ts";
import type { AuthorityRecords } from "#server/ports/certificates.ts";
import { createServerCertificate } from "#server/use-cases/server-certificate.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-ca-"));
after(() => rmSync(folder, { recursive: true }));
const dayMs = 86_400_000;
const nowMs = Date.now();
const make = (records: AuthorityRecords, names: readonly string[] = []) =>
  createAuthority(records, { machine: "Testbox", names, nowMs });

/** Shakes hands for a name, over a real socket; answers what OpenSSL says of the certificate. */
async function verdictOn(
  pair: { readonly certificatePem: string; readonly keyPem: string },
  rootPem: string,
  servername: string,
): Promise<string> {
  const listener = createServer({ cert: pair.certificatePem, key: pair.keyPem }, (socket) => socket.end());
  listener.on("tlsClientError", () => {});
  await new Promise<void>((ready) => {
    listener.listen(0, "127.0.0.1", ready);
  });
  const { port } = listener.address() as AddressInfo;
  const target = /^[\d.]+$|:/.test(servername) ? {} : { servername };
  const said = await new Promise<string>((resolve) => {
    const socket = connect({ host: "127.0.0.1", port, ca: rootPem, ...target }, () => resolve("good"));
    socket.on("error", (error) => resolve(error.message));
  });
  listener.close();
  return said;
}

const adapters: Readonly<Record<string, () => AuthorityRecords>> = {
  memory: memoryAuthority,
  folder: () => folderAuthority(mkdtempSync(join(folder, "keys-"))),
};

for (const [name, records] of Object.entries(adapters)) {
  describe(`an authority kept in ${name}`, () => {
    test("is there after it was made, with all it issued and took back, and is not made twice", async () => {
      const kept = records();
      assert.equal(await openAuthority(kept), null);
      const made = await make(kept, ["upbeat.example.org"]);
      const { issued } = await made.issueClient("robot", nowMs);
      const second = await made.issueClient("robot", nowMs);
      await made.revoke(issued.serial, nowMs + 5);
      await made.revoke(issued.serial, nowMs + 9);
      const opened = await openAuthority(kept);
      assert.deepEqual(opened?.root, made.root);
      assert.deepEqual(opened?.root.names, ["testbox", "upbeat.example.org"]);
      assert.deepEqual(opened?.issued(), [{ ...issued, revokedAtMs: nowMs + 5 }, second.issued]);
      await assert.rejects(make(kept), /already/);
      assert.deepEqual((await openAuthority(kept))?.root, made.root);
    });
  });
}

test("in a folder its files are its owner's alone", async () => {
  const keys = mkdtempSync(join(folder, "modes-"));
  await make(folderAuthority(keys));
  assert.deepEqual(readdirSync(join(keys, "ca")).toSorted(), ["authority.json", "root.crt", "root.key"]);
  const mode = (path: string) => (statSync(join(keys, "ca", path)).mode & 0o777).toString(8);
  assert.deepEqual([mode("."), mode("root.key"), mode("authority.json")], ["700", "600", "600"]);
  await assert.rejects(initAuthority(keys, []), /already \(SHA-256 [0-9A-F:]{95}\)/);
});

test("a certificate of this machine is good for its names and addresses, in time, and for nothing else", async () => {
  const authority = await make(memoryAuthority(), ["upbeat.example.org"]);
  const hosts = [
    "127.0.0.1",
    "localhost",
    "Testbox",
    "testbox.local",
    "upbeat.example.org",
    "fd00::7",
    "[::1]",
  ];
  const pair = authority.issueServer(
    [...hosts, "bank.example", "93.184.216.34", "2a00::1", "fe80::1%eth0"],
    nowMs,
  );
  const { root } = authority;
  for (const host of ["127.0.0.1", "localhost", "testbox", "testbox.local", "upbeat.example.org"]) {
    assert.equal(await verdictOn(pair, root.pem, host), "good", host);
  }
  assert.match(await verdictOn(pair, root.pem, "bank.example"), /altnames/);
  const stranger = await make(memoryAuthority());
  assert.match(await verdictOn(pair, stranger.root.pem, "localhost"), /verify|signature|issuer/);
  const past = authority.issueServer(hosts, nowMs - 91 * dayMs);
  assert.match(await verdictOn(past, root.pem, "localhost"), /expired/);
  const { issued: _, ...client } = await authority.issueClient("robot", nowMs);
  assert.match(await verdictOn(client, root.pem, "localhost"), /purpose|altnames/);
});

test("whoever steals the root's key can still not stand for a name or address beyond this network", async () => {
  const kept = memoryAuthority();
  const { root } = await make(kept);
  const keyPem = (await kept.read())?.keyPem ?? "";
  const stolen = {
    key: createPrivateKey(keyPem),
    certificate: new X509Certificate(root.pem),
    name: root.name,
  };
  const forged = (subject: Subject) => {
    const serial = randomBytes(16);
    const leaf = {
      use: "server",
      name: "x",
      subjects: [subject],
      nowMs,
      untilMs: nowMs + dayMs,
      serial,
    } as const;
    const { key, certificate } = makeLeaf(stolen, leaf);
    const pem = key.export({ type: "pkcs8", format: "pem" }).toString();
    return { certificatePem: certificate.toString(), keyPem: pem };
  };
  assert.equal(await verdictOn(forged({ kind: "dns", name: "nas.local" }), root.pem, "nas.local"), "good");
  for (const name of ["bank.example", "notlocal", "example.org", "xlocal"]) {
    assert.match(await verdictOn(forged({ kind: "dns", name }), root.pem, name), /permitted subtree/, name);
  }
  for (const address of ["93.184.216.34", "172.32.0.1", "2a00::1"]) {
    assert.match(
      await verdictOn(forged({ kind: "ip", address }), root.pem, "x"),
      /permitted subtree/,
      address,
    );
  }
});

test("addresses become the bytes that stand for them", () => {
  const hex = (address: string) => addressBytes(address).toString("hex");
  assert.equal(hex("192.168.1.5"), "c0a80105");
  assert.equal(hex("::1"), `${"0".repeat(31)}1`);
  assert.equal(hex("fd00:a::12:3"), "fd00000a000000000000000000120003");
  assert.equal(hex("1:2:3:4:5:6:7:8"), "00010002000300040005000600070008");
});

test("the server's certificate is renewed a month before its end, and when the machine's addresses change", async () => {
  const authority = await make(memoryAuthority());
  const clock = { atMs: nowMs, nowMs: () => clock.atMs };
  const hosts = ["localhost", "192.168.1.5"];
  const shown = createServerCertificate({ authority, hosts: () => hosts, clock });
  const names = () => new X509Certificate(shown.current().certificatePem).subjectAltName;
  assert.equal(shown.refresh(), false);
  clock.atMs += 59 * dayMs;
  assert.equal(shown.refresh(), false);
  clock.atMs += 2 * dayMs;
  assert.equal(shown.refresh(), true);
  assert.equal(shown.current().expiresAtMs, clock.atMs + 90 * dayMs);
  hosts[1] = "192.168.1.9";
  assert.equal(shown.refresh(), true);
  assert.equal(names(), "IP Address:192.168.1.9, DNS:localhost");
  hosts.push("93.184.216.34");
  assert.equal(shown.refresh(), false, "an address that it cannot stand for changes nothing");
});
