/** TLS and mutual TLS over real sockets: who is served, who is not, and what a stolen token is worth. */
import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { connect as connectTcp } from "node:net";
import { after, before, describe, test } from "node:test";
import { connect as connectTls } from "node:tls";
import { createAuthority } from "#server/adapters/ca/authority.ts";
import { memoryAuthority } from "#server/adapters/memory/memory-authority.ts";
import type { IssuedAccount } from "#server/use-cases/service-accounts.ts";
import {
  clientToken,
  createSecureTestApp,
  inClear,
  overTls,
  type SecureTestApp,
} from "#test/support/tls-client.ts";

let server: SecureTestApp;
before(async () => {
  server = await createSecureTestApp();
});
after(() => server.close());

const pairOf = ({ certificatePem, keyPem }: IssuedAccount) => ({ cert: certificatePem, key: keyPem });

describe("one port, with and without TLS", () => {
  test("whoever trusts the root is served over TLS, nobody else is", async () => {
    const trusting = await overTls(server, { path: "/healthz" });
    assert.equal(trusting.status, 200);
    await assert.rejects(overTls(server, { path: "/healthz", ca: [] }), /self.signed|unable to/i);
    const other = await createAuthority(memoryAuthority(), { machine: "evil", names: [], nowMs: Date.now() });
    await assert.rejects(overTls(server, { path: "/healthz", ca: other.root.pem }));
    await assert.rejects(
      overTls(server, { path: "/healthz", servername: "bank.example" }),
      /does not match certificate/,
    );
  });

  test("this machine is served in clear, with keep-alive and a body that comes in pieces", async () => {
    assert.equal((await inClear(server, { path: "/healthz" })).status, 200);
    const socket = connectTcp(server.port, "127.0.0.1");
    const answers = new Promise<string>((resolve) => {
      let text = "";
      socket.on("data", (chunk: Buffer) => {
        text += chunk.toString();
        if ((text.match(/HTTP\/1\.1 200/g) ?? []).length === 2) resolve(text);
      });
    });
    for (const piece of ["G", "ET /healthz HT", "TP/1.1\r\nHost: 127.0.0.1\r\n\r\n"]) {
      await new Promise<void>((sent) => {
        socket.write(piece, () => sent());
      });
    }
    socket.write("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    assert.match(await answers, /"status":"ok"/);
    socket.destroy();
  });

  test("another machine is sent to TLS, and finds only how to trust it", async () => {
    const from = { remoteAddress: "192.168.1.77" };
    const page = await server.visit({ url: "/history?x=1", ...from });
    assert.equal(page.statusCode, 308);
    assert.equal(page.headers.location, "https://127.0.0.1:8120/history?x=1");
    assert.equal(page.headers["set-cookie"], undefined);
    for (const url of ["/v1/workouts", "/oauth/authorize"]) {
      assert.equal((await server.ask({ url, ...from })).statusCode, 308, url);
    }
    const signIn = { method: "POST", url: "/v1/session", payload: { password: "x" }, ...from } as const;
    assert.equal((await server.visit(signIn)).statusCode, 403);
    const trust = await server.visit({ url: "/trust", ...from });
    assert.equal(trust.statusCode, 200);
    assert.ok(trust.body.includes(server.authority.root.fingerprint.split(":").slice(0, 8).join(" ")));
    const root = await server.visit({ url: "/trust/upbeat-root.crt", ...from });
    assert.equal(root.headers["content-type"], "application/x-x509-ca-cert");
    assert.equal(new X509Certificate(root.body).fingerprint256, server.authority.root.fingerprint);
  });

  test("what speaks neither is dropped, and the server goes on", async () => {
    for (const bytes of [
      [0x16, 0xff, 0xff, 0xff, 0xff],
      [0x00],
      [0x16, 0x03, 0x01, 0x00, 0x02, 0x01, 0x00],
    ]) {
      const socket = connectTcp(server.port, "127.0.0.1");
      socket.on("error", () => {});
      socket.end(Buffer.from(bytes));
      await new Promise((closed) => {
        socket.on("close", closed).resume();
      });
    }
    assert.equal((await overTls(server, { path: "/healthz" })).status, 200);
  });

  test("a name of its own port 443 is remembered as https only; addresses and other ports are not", async () => {
    const strict = async (host: string) =>
      (await overTls(server, { path: "/healthz", headers: { host } })).headers["strict-transport-security"];
    assert.equal(await strict("127.0.0.1"), undefined);
    assert.equal(await strict("localhost"), undefined);
    assert.equal(await strict("localhost:8120"), undefined);
    server.hostNames.add("upbeat.lan");
    assert.match(String(await strict("upbeat.lan")), /^max-age=\d{7,}$/);
    assert.equal(await strict("upbeat.lan:8120"), undefined);
    assert.equal(
      (await inClear(server, { path: "/healthz", headers: { host: "upbeat.lan" } })).headers[
        "strict-transport-security"
      ],
      undefined,
    );
  });

  test("stopping ends connections that never said a word", { timeout: 20_000 }, async () => {
    const own = await createSecureTestApp();
    const silent = connectTcp(own.port, "127.0.0.1");
    await new Promise((open) => {
      silent.on("connect", open);
    });
    const ended = new Promise((closed) => {
      silent.on("error", () => {}).on("close", closed);
    });
    await own.close();
    await ended;
  });
});

describe("service accounts over mutual TLS", () => {
  let robot: IssuedAccount;
  let other: IssuedAccount;
  before(async () => {
    robot = await server.serviceAccounts.issue("robot", ["tracks:read"]);
    other = await server.serviceAccounts.issue("other", ["tracks:read", "classes:read"]);
  });

  const tokenOf = async (account: IssuedAccount) => {
    const answer = await clientToken(server, account.name, pairOf(account));
    assert.equal(answer.status, 200, answer.body);
    return (JSON.parse(answer.body) as { access_token: string }).access_token;
  };
  const read = (token: string, pair: object, path = "/v1/tracks") =>
    overTls(server, { ...pair, path, headers: { authorization: `Bearer ${token}` } });

  test("with its certificate an account gets a token, and with both it reads what its scope opens", async () => {
    const token = await tokenOf(robot);
    assert.equal((await read(token, pairOf(robot))).status, 200);
    assert.equal((await read(token, pairOf(robot), "/v1/workouts")).status, 403);
    assert.equal((await read(token, pairOf(robot), "/v1/session")).status, 403);
  });

  test("no certificate, another's, one of another authority or of one's own making: no token", async () => {
    const stranger = await createAuthority(memoryAuthority(), {
      machine: "testbox",
      names: [],
      nowMs: Date.now(),
    });
    const forged = await stranger.issueClient("robot", Date.now());
    const machine = server.authority.issueServer(["127.0.0.1"], Date.now());
    const pairs = [
      {},
      pairOf(other),
      { cert: forged.certificatePem, key: forged.keyPem },
      { cert: machine.certificatePem, key: machine.keyPem },
    ];
    for (const [index, pair] of pairs.entries()) {
      const { status, body } = await clientToken(server, "robot", pair);
      assert.equal(status, 401, `${index} ${body}`);
    }
    const wide = await clientToken(server, "robot", pairOf(robot), "tracks:read workouts:read");
    assert.equal(wide.status, 400, "a scope that was not given");
  });

  test("a stolen token is worth nothing without its certificate: 0 of 60", async () => {
    const token = await tokenOf(robot);
    const renewed = await server.serviceAccounts.issue("robot", ["tracks:read"]);
    const stranger = await createAuthority(memoryAuthority(), {
      machine: "testbox",
      names: [],
      nowMs: Date.now(),
    });
    const forged = await stranger.issueClient("robot", Date.now());
    const thieves: readonly (readonly [string, object])[] = [
      ["none", {}],
      ["another account's", pairOf(other)],
      ["another of the same account", pairOf(renewed)],
      ["forged", { cert: forged.certificatePem, key: forged.keyPem }],
    ];
    let successes = 0;
    let attempts = 0;
    for (const [name, pair] of thieves) {
      for (const path of [
        "/v1/tracks",
        "/v1/tracks?limit=1",
        "/v1/classes/mine",
        "/v1/webhooks",
        "/v1/session",
      ]) {
        for (const scheme of ["Bearer", "bearer", "DPoP"]) {
          attempts += 1;
          const { status } = await overTls(server, {
            ...pair,
            path,
            headers: { authorization: `${scheme} ${token}` },
          });
          if (status !== 401) successes += 1;
          assert.equal(status, 401, `${name} certificate at ${path}: ${status}`);
        }
      }
    }
    assert.equal(attempts, 60);
    const clear = await inClear(server, {
      path: "/v1/tracks",
      headers: { authorization: `Bearer ${token}` },
    });
    assert.equal(clear.status, 401, "nor in clear");
    assert.equal(successes, 0);
    assert.equal((await read(token, pairOf(robot))).status, 200, "its owner goes on");
  });

  test("a revoked certificate gets no token and uses none, also in a session that was open before", async () => {
    const gone = await server.serviceAccounts.issue("gone", ["tracks:read"]);
    const token = await tokenOf(gone);
    const socket = connectTls({
      port: server.port,
      host: "127.0.0.1",
      ca: server.authority.root.pem,
      ...pairOf(gone),
    });
    const ask = (): Promise<string> =>
      new Promise((resolve) => {
        socket.once("data", (chunk: Buffer) => resolve(chunk.toString().slice(0, 12)));
        socket.write(`GET /v1/tracks HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\n\r\n`);
      });
    assert.equal(await ask(), "HTTP/1.1 200");
    const kept = await server.serviceAccounts.issue("gone", ["tracks:read"]);
    await server.serviceAccounts.revoke(gone.serial);
    assert.equal(await ask(), "HTTP/1.1 401");
    socket.destroy();
    assert.equal((await clientToken(server, "gone", pairOf(gone))).status, 401);
    assert.equal((await read(token, pairOf(gone))).status, 401);
    const newer = await tokenOf(kept);
    const { ended } = await server.serviceAccounts.revoke("gone");
    assert.equal(ended, true);
    assert.equal((await read(newer, pairOf(kept))).status, 401);
    await assert.rejects(server.serviceAccounts.revoke("gone"), /has the name/);
  });

  test("an account asks for nothing that is about a person", async () => {
    await assert.rejects(server.serviceAccounts.issue("nosy", ["workouts:read"]), /acts for nobody/);
    await assert.rejects(server.serviceAccounts.issue("Not a name", ["tracks:read"]), /small letters/);
  });
});
