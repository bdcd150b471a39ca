/** Nothing that a stranger can write makes the server visit an address of its own machine or network. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Agent } from "undici";
import { guardedOutbound, type GuardedOutbound } from "#server/adapters/outbound/guarded-outbound.ts";
import { OutboundRefused } from "#server/ports/outbound.ts";
import { privateHosts, privateNames } from "#test/support/private-urls.ts";
import { publicIpv4, publicIpv6, simulatedInternet } from "#test/support/simulated-internet.ts";

/** The truth of this test, told by hand: these and no others are public. */
const publicAddresses: ReadonlySet<string> = new Set([
  publicIpv4,
  publicIpv6,
  "8.8.8.8",
  "1.1.1.1",
  "100.63.255.255",
  "100.128.0.1",
  "172.15.255.255",
  "172.32.0.1",
  "169.253.1.1",
  "192.167.1.1",
  "198.17.1.1",
  "198.20.1.1",
  "11.0.0.1",
  "126.255.255.255",
  "128.0.0.1",
  "223.255.255.254",
  "2a00:1450:4001::200e",
  "2001:4860:4860::8888",
  "2400:cb00::1",
]);
const redirectStatuses = [301, 302, 303, 307, 308];
const redirectTargets = [
  "http://127.0.0.1/r",
  "http://2130706433/r",
  "http://[::1]/r",
  "http://[::ffff:10.0.0.1]/r",
  "http://169.254.169.254/latest/meta-data/",
  "http://loop.example/r",
  "//192.168.0.1/r",
];

let net: Awaited<ReturnType<typeof simulatedInternet>>;
let outbound: GuardedOutbound;
const allowed = new Set<string>();

before(async () => {
  net = await simulatedInternet(
    (address) => publicAddresses.has(address),
    (request, response) => {
      const url = new URL(request.url ?? "/", "http://site.example");
      const target = url.searchParams.get("to");
      if (target !== null) {
        response.writeHead(Number(url.searchParams.get("status")), { location: target });
        response.end();
      } else if (url.pathname === "/large") {
        response.end("x".repeat(5000));
      } else if (url.pathname === "/drip") {
        const drip = setInterval(() => response.write("x"), 5);
        response.on("close", () => clearInterval(drip));
      } else response.end("public");
    },
  );
  for (const [name, addresses] of Object.entries(privateNames)) net.names.set(name, () => addresses);
  net.names.set("site.example", () => [publicIpv4]);
  outbound = guardedOutbound({
    allowed,
    ...net,
    limits: { silenceMs: 5000, answerBytes: 4000, answerMs: 300 },
  });
});
after(async () => {
  await outbound.close();
  await net.close();
});

/** Every way out is tried: the port, and the plain `fetch` that a library would call. */
async function attempts(url: string): Promise<string[]> {
  const ways = [
    () => outbound.fetch(url),
    () => fetch(url, { dispatcher: outbound.dispatcher } as RequestInit),
  ];
  return Promise.all(
    ways.map((way) =>
      way().then(
        async (response) => `answered ${await response.text()}`,
        (error: Error) => error.name,
      ),
    ),
  );
}

const urls = [...privateHosts, ...Object.keys(privateNames)].map((host) => `http://${host}/x`);

describe("the guarded way out", () => {
  test("there are enough vectors, and without the guard they reach the canary", async () => {
    assert.ok(new Set(urls).size >= 240, `${urls.length} URLs`);
    const open = new Agent({
      connect: (options, answer) => {
        const isName = /[a-z]/.test(options.hostname) && !options.hostname.includes(":");
        const known = isName ? net.resolve(options.hostname) : Promise.resolve([options.hostname]);
        void known.then(([hostname = ""]) => net.connect({ ...options, hostname }, answer));
      },
    });
    for (const url of urls) {
      await fetch(url, { dispatcher: open } as RequestInit).then(
        (answer) => answer.text(),
        () => null,
      );
    }
    assert.ok(net.hits.length >= 240, `${net.hits.length} of ${urls.length} reach the canary unguarded`);
    await open.close();
    net.hits.length = 0;
  });

  test("no form of a private address is reached", async () => {
    for (const url of urls) {
      const outcomes = await attempts(url);
      assert.ok(
        outcomes.every((outcome) => !outcome.startsWith("answered")),
        `${url}: ${outcomes.join()}`,
      );
    }
    assert.deepEqual(net.hits, []);
  });

  test("no redirect leads there", async () => {
    let tried = 0;
    for (const status of redirectStatuses) {
      for (const target of redirectTargets) {
        tried += 1;
        const outcomes = await attempts(
          `http://site.example/?status=${status}&to=${encodeURIComponent(target)}`,
        );
        assert.ok(
          outcomes.every((outcome) => !outcome.startsWith("answered")),
          `${status} ${target}`,
        );
      }
    }
    assert.ok(tried >= 35);
    assert.deepEqual(net.hits, []);
  });

  test("a name that changes its address between two looks is never followed inside", async () => {
    const inside = ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1"];
    const schedules: ((turn: number, address: string) => readonly string[])[] = [
      (turn, address) => (turn === 0 ? [publicIpv4] : [address]),
      (turn, address) => (turn % 2 === 0 ? [publicIpv6] : [address]),
      (turn, address) => (turn === 0 ? [publicIpv4, publicIpv6] : [address, publicIpv4]),
      (_turn, address) => [address, publicIpv4],
    ];
    let rebinds = 0;
    for (const [way, schedule] of schedules.entries()) {
      for (const [index, address] of inside.entries()) {
        rebinds += 1;
        const name = `rebind-${way}-${index}.example`;
        let turn = 0;
        net.names.set(name, () => schedule(turn++, address));
        for (let request = 0; request < 6; request += 1) await attempts(`http://${name}:${8000 + request}/`);
        assert.ok(turn >= 6, "the name is looked up for every new connection");
      }
    }
    assert.ok(rebinds >= 20);
    assert.deepEqual(net.hits, []);
  });

  test("public addresses and names are reached", async () => {
    for (const address of publicAddresses) {
      const host = address.includes(":") ? `[${address}]` : address;
      net.names.set("control.example", () => [address]);
      for (const url of [`http://${host}/`, `http://control.example:${8100 + address.length}/`]) {
        assert.deepEqual(await attempts(url), ["answered public", "answered public"], `${url} ${address}`);
      }
    }
    const hop = `http://site.example/?status=302&to=${encodeURIComponent("http://8.8.8.8/")}`;
    assert.deepEqual(await attempts(hop), ["answered public", "answered public"]);
  });

  test("other schemes and addresses with a password inside are not fetched", async () => {
    for (const url of [
      "file:///etc/passwd",
      "ftp://8.8.8.8/",
      "data:,x",
      "gopher://8.8.8.8/",
      "ws://8.8.8.8/",
    ]) {
      await assert.rejects(outbound.fetch(url), OutboundRefused, url);
    }
    await assert.rejects(outbound.fetch("http://me:secret@8.8.8.8/"), OutboundRefused);
  });

  test("a stranger's answer is bounded in size and in time", async () => {
    for (const path of ["large", "drip"]) {
      await assert.rejects(async () => (await outbound.fetch(`http://site.example/${path}`)).text(), path);
    }
  });

  test("the owner may allow an origin of their network, that one only, and never link-local", async () => {
    net.names.set("music.lan", () => ["192.168.1.20"]);
    allowed.add("http://music.lan:4533");
    allowed.add("http://169.254.169.254");
    assert.equal(await (await outbound.fetch("http://music.lan:4533/rest")).text(), "canary");
    assert.equal(net.hits.splice(0).length, 1);
    for (const url of ["http://music.lan/", "http://music.lan:4534/", "http://169.254.169.254/"]) {
      await assert.rejects(outbound.fetch(url), OutboundRefused, url);
    }
    assert.deepEqual(net.hits, []);
    allowed.clear();
  });
});
