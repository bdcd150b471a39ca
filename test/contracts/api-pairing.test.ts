/** Where the owner forbids it, browsers are told not to offer Bluetooth. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTestApp, type TestApp } from "#test/support/test-app.ts";

let server: TestApp;
before(async () => {
  server = await createTestApp();
});
after(() => server.close());

const policyFor = async (remoteAddress: string, url = "/") =>
  String((await server.visit({ url, remoteAddress })).headers["permissions-policy"]).split(", ");
const put = (forbiddenNetworks: readonly string[]) =>
  server.ask({ method: "PUT", url: "/v1/pairing", payload: { forbiddenNetworks } });

test("pages say that Bluetooth may be used, except in the networks the owner names", async () => {
  assert.ok((await policyFor("10.1.2.3")).includes("bluetooth=(self)"));
  assert.equal((await put(["10.1.0.0/16", "2001:db8::/32"])).statusCode, 200);
  for (const address of ["10.1.0.1", "10.1.255.255", "::ffff:10.1.2.3", "2001:db8:7::1"]) {
    for (const url of ["/", "/workout/x", "/assets/main-3f2a.js"]) {
      const policy = await policyFor(address, url);
      assert.ok(policy.includes("bluetooth=()") && !policy.includes("bluetooth=(self)"), `${address} ${url}`);
    }
  }
  for (const address of ["10.2.0.1", "127.0.0.1", "192.168.1.5", "2001:db9::1"]) {
    assert.ok((await policyFor(address)).includes("bluetooth=(self)"), address);
  }
  const seenFrom = async (remoteAddress: string) =>
    (await server.ask({ url: "/v1/pairing", remoteAddress })).json();
  const forbiddenNetworks = ["10.1.0.0/16", "2001:db8::/32"];
  const yourAddress = "10.1.2.3";
  assert.deepEqual(await seenFrom(yourAddress), { forbiddenNetworks, yourAddress, isForbiddenHere: true });
  assert.deepEqual(await seenFrom("127.0.0.1"), {
    forbiddenNetworks,
    yourAddress: "127.0.0.1",
    isForbiddenHere: false,
  });
  await put([]);
  assert.ok((await policyFor("10.1.2.3")).includes("bluetooth=(self)"));
});

test("what is no network is refused, and nothing changes", async () => {
  await put(["10.0.0.0/8"]);
  for (const network of [
    "10.0.0.0",
    "10.0.0.0/33",
    "10.0.0.0/0",
    "work",
    "::1/129",
    "1.2.3/8",
    "300.0.0.0/8",
  ]) {
    assert.equal((await put([network])).statusCode, 400, network);
  }
  assert.ok((await policyFor("10.1.2.3")).includes("bluetooth=()"));
  assert.equal((await server.visit({ url: "/v1/pairing" })).statusCode, 401);
});
