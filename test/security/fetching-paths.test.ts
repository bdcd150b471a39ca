/**
 * Every way in which somebody outside can have the server fetch an address of their choice: webhooks, the keys of an app
 * (jwks_uri) and its sector identifier. None of them reaches this machine or its network.
 */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { SignJWT, generateKeyPair } from "jose";
import { guardedOutbound, type GuardedOutbound } from "#server/adapters/outbound/guarded-outbound.ts";
import { form, origin, redirectUri, register } from "#test/support/oauth-client.ts";
import { privateHosts, privateNames } from "#test/support/private-urls.ts";
import { publicIpv4, publicIpv6, simulatedInternet } from "#test/support/simulated-internet.ts";
import { createTestApp, type TestApp } from "#test/support/test-app.ts";

const redirectStatuses = [301, 302, 303, 307, 308];
const redirectHosts = [
  "127.0.0.1",
  "2130706433",
  "[::1]",
  "[::ffff:10.0.0.1]",
  "169.254.169.254",
  "loop.example",
  "192.168.0.1",
];
const inside = ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1"];

let net: Awaited<ReturnType<typeof simulatedInternet>>;
let outbound: GuardedOutbound;
let server: TestApp;
let key: CryptoKey;
const visited: string[] = [];

before(async () => {
  net = await simulatedInternet(
    (address) => address === publicIpv4 || address === publicIpv6,
    (request, response) => {
      const url = new URL(request.url ?? "/", "https://site.example");
      visited.push(url.pathname);
      const to = url.searchParams.get("to");
      if (to !== null) response.writeHead(Number(url.searchParams.get("status")), { location: to });
      response.end();
    },
  );
  for (const [name, addresses] of Object.entries(privateNames)) net.names.set(name, () => addresses);
  net.names.set("site.example", () => [publicIpv4]);
  outbound = guardedOutbound({ allowed: new Set(), ...net });
  server = await createTestApp({ outbound });
  await server.apps.setRegistration("open");
  key = (await generateKeyPair("ES256")).privateKey;
});
after(async () => {
  await server.close();
  await outbound.close();
  await net.close();
});

/** What a stranger, or an app, can do so that the server fetches `url`. */
const paths: Readonly<Record<string, (url: string) => Promise<void>>> = {
  async webhook(url) {
    const manager = { personId: server.owner.id, appId: null };
    const added = await server.webhooks.add(manager, { url, events: ["workout.finished"] }).catch(() => null);
    if (added === null) return;
    await server.webhooks.tell(server.owner.id, "workout.finished", randomUUID(), {});
    await server.webhooks.deliverDue();
    await server.webhooks.remove(manager, added.webhook.id);
  },
  async "keys of an app"(url) {
    const { status, body } = await register(server, {
      token_endpoint_auth_method: "private_key_jwt",
      jwks_uri: url,
    });
    if (status !== 201) return;
    const assertion = await new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg: "ES256" })
      .setIssuer(body.client_id)
      .setSubject(body.client_id)
      .setAudience(origin)
      .setIssuedAt()
      .setExpirationTime("1m")
      .sign(key);
    const request = form({
      grant_type: "refresh_token",
      refresh_token: "x",
      client_id: body.client_id,
      client_assertion: assertion,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    });
    await server.visit({ method: "POST", url: "/oauth/token", ...request });
  },
  async "sector identifier"(url) {
    await register(server, { sector_identifier_uri: url, redirect_uris: [redirectUri] });
  },
};

for (const [name, have] of Object.entries(paths)) {
  test(
    `${name}: no form of a private address is fetched, and a public one is`,
    { timeout: 200_000 },
    async () => {
      visited.length = 0;
      await have(`https://site.example/${encodeURIComponent(name)}`);
      assert.equal(visited.length, 1, "this path does fetch");
      const hosts = [...privateHosts, ...Object.keys(privateNames)];
      assert.ok(new Set(hosts).size >= 240);
      for (const host of hosts) await have(`https://${host}/x`);
      assert.deepEqual(net.hits, []);
    },
  );

  test(`${name}: no redirect and no changing name leads there`, { timeout: 100_000 }, async () => {
    let redirects = 0;
    for (const status of redirectStatuses) {
      for (const host of redirectHosts) {
        redirects += 1;
        await have(`https://site.example/?status=${status}&to=${encodeURIComponent(`http://${host}/r`)}`);
      }
    }
    assert.ok(redirects >= 35);
    let rebinds = 0;
    for (const address of inside) {
      for (const way of ["first public", "alternating", "mixed", "inside"]) {
        rebinds += 1;
        const host = `rebind-${rebinds}-${Object.keys(paths).indexOf(name)}.example`;
        let turn = 0;
        net.names.set(host, () => {
          turn += 1;
          if (way === "mixed") return [address, publicIpv4];
          if (way === "inside") return [address];
          return (way === "first public" ? turn === 1 : turn % 2 === 1) ? [publicIpv4] : [address];
        });
        for (let time = 0; time < 3; time += 1) await have(`https://${host}:${8000 + time}/`);
      }
    }
    assert.ok(rebinds >= 20);
    assert.deepEqual(net.hits, []);
  });
}
