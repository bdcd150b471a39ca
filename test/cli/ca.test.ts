/** The commands of the certificate authority, and a real server that other machines reach over TLS. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { runUpbeat, serveArgs, startServerProcess } from "#test/support/server-process.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-ca-"));
after(() => rmSync(folder, { recursive: true }));
const where = ["--data", join(folder, "data"), "--keys", join(folder, "keys")];

async function json<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await runUpbeat([...args, "--json"]);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout) as T;
}

function ask(address: string, options: object, body?: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(address, options, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.on("error", reject).end(body);
  });
}

test("init, issue, serve to the network, revoke while it runs", { timeout: 180_000 }, async () => {
  const root = await json<{ fingerprint: string; certificatePath: string }>("ca", "init", ...where.slice(2));
  assert.match(root.fingerprint, /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  const again = await runUpbeat(["ca", "init", ...where.slice(2)]);
  assert.equal(again.code, 1);
  assert.match(again.stderr, /there is an authority/i);
  interface Issued {
    readonly serial: string;
    readonly certificatePath: string;
    readonly keyPath: string;
  }
  const robot = await json<Issued>("ca", "issue", "robot", "--scopes", "tracks:read", ...where);
  assert.equal(statSync(robot.keyPath).mode & 0o777, 0o600);
  assert.equal((await runUpbeat(["ca", "issue", "robot", ...where])).code, 1, "a key is never written over");
  assert.equal((await runUpbeat(["ca", "issue", "nosy", "--scopes", "workouts:read", ...where])).code, 2);

  const password = await runUpbeat(["password", "--data", join(folder, "data")], "correct horse battery\n");
  assert.equal(password.code, 0, password.stderr);
  const server = await startServerProcess(folder, [...serveArgs(folder), "--host", "0.0.0.0"]);
  const { port } = new URL(server.address);
  assert.ok(server.log().includes(root.fingerprint), server.log());
  const secure = `https://127.0.0.1:${port}`;
  const pair = {
    ca: readFileSync(root.certificatePath),
    cert: readFileSync(robot.certificatePath),
    key: readFileSync(robot.keyPath),
  };
  const tokenRequest = () =>
    ask(
      `${secure}/oauth/token`,
      {
        ...pair,
        agent: false,
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
      },
      "grant_type=client_credentials&client_id=robot&scope=tracks:read",
    );
  const got = await tokenRequest();
  assert.equal(got.status, 200, got.text);
  const { access_token } = JSON.parse(got.text) as { access_token: string };
  const headers = { authorization: `Bearer ${access_token}` };
  const read = () => ask(`${secure}/v1/tracks`, { ...pair, agent: false, headers });
  assert.equal((await read()).status, 200);
  const metadata = await ask(`${secure}/.well-known/oauth-authorization-server`, {
    ca: pair.ca,
    agent: false,
  });
  assert.equal((JSON.parse(metadata.text) as { issuer: string }).issuer, secure);

  const revoked = await json<{ serials: string[]; ended: boolean }>("ca", "revoke", "robot", ...where);
  assert.deepEqual(revoked, { name: "robot", serials: [robot.serial], ended: true });
  assert.equal((await read()).status, 401);
  assert.equal((await tokenRequest()).status, 401);
  const later = await json<Issued>("ca", "issue", "later", ...where);
  assert.notEqual(later.serial, robot.serial, "issuing works through the server too");
  assert.equal(await server.stop("SIGTERM"), 0);
});
