/** The real server, talkative, through everything that carries a secret: no secret is in what it writes. */
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { InjectOptions } from "fastify";
import type { PasskeyCreation, PasskeyRequest } from "#protocol/api/passkeys.ts";
import { authenticator } from "#test/support/authenticator.ts";
import { httpVisitor } from "#test/support/http-visitor.ts";
import {
  authorize,
  connect,
  dpopKey,
  form,
  newPkce,
  redirectUri,
  register,
  token,
  type AskedServer,
} from "#test/support/oauth-client.ts";
import { runUpbeat } from "#test/support/server-process.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-logs-"));
const password = "canary-horse-battery-of-the-owner";
/** Whatever must not be written, by what it is. */
const secrets = new Map<string, string>([["password", password]]);
let log = "";
let child: ReturnType<typeof fork>;
let server: AskedServer;
let address = "";
let ask: (request: InjectOptions & { url: string }) => ReturnType<AskedServer["visit"]>;

function secret(what: string, value: string): string {
  assert.ok(value.length >= 8, `${what}: ${value}`);
  secrets.set(what, value);
  return value;
}

before(async () => {
  mkdirSync(join(folder, "music"));
  cpSync("test/fixtures/audio/clicks.flac", join(folder, "music", "clicks.flac"));
  const script = join(import.meta.dirname, "..", "support", "talkative-server.ts");
  child = fork(script, [folder], { stdio: ["ignore", "pipe", "pipe", "ipc"] });
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (log += chunk.toString()));
  [address] = (await once(child, "message")) as [string];
  const visit = httpVisitor(address);
  const [session] = (await visit({ url: "/" })).cookies;
  assert.ok(session);
  secret("session cookie", session.value);
  const cookie = `${session.name}=${session.value}`;
  ask = (request) => visit({ ...request, headers: { cookie, ...request.headers } });
  const setRegistration = async (registration: "open" | "closed") => {
    const answer = await ask({ method: "PUT", url: "/v1/app-settings", payload: { registration } });
    assert.equal(answer.statusCode, 200, answer.body);
  };
  server = { visit, cookie, apps: { setRegistration } };
});
after(async () => {
  child.kill("SIGKILL");
  await once(child, "close");
  rmSync(folder, { recursive: true, force: true });
});

async function signInEveryWay(): Promise<void> {
  const changed = await ask({ method: "PUT", url: "/v1/session/password", payload: { password } });
  assert.equal(changed.statusCode, 204, changed.body);
  const wrong = { password: secret("wrong password", "canary-wrong-password") };
  assert.equal((await server.visit({ method: "POST", url: "/v1/session", payload: wrong })).statusCode, 401);
  const inUrl = await server.visit({ url: `/v1/session?password=${secret("query", "canary-in-the-query")}` });
  assert.equal(inUrl.statusCode, 401);
  const answer = await server.visit({ method: "POST", url: "/v1/session", payload: { password } });
  assert.equal(answer.statusCode, 200, answer.body);
  for (const { name, value } of answer.cookies) secret(`cookie ${name}`, value);
  const invited = await ask({ method: "POST", url: "/v1/people/invitations", payload: { name: "Kim" } });
  const invitation = secret("invitation", invited.json<{ path: string }>().path.split("#")[1] ?? "");
  const joins = {
    token: invitation,
    name: "Kim",
    password: secret("member's password", "canary-of-a-member"),
  };
  const joined = await server.visit({ method: "POST", url: "/v1/join", payload: joins });
  assert.equal(joined.statusCode, 200, joined.body);
  secret("member's cookie", joined.cookies[0]?.value ?? "");
}

async function usePasskeys(): Promise<void> {
  const origin = address.replace("127.0.0.1", "localhost");
  const headers = { host: new URL(origin).host };
  const device = authenticator(origin);
  const question = await ask({ method: "POST", url: "/v1/passkeys/request", headers, payload: { password } });
  const made = device.make(question.json<PasskeyCreation>());
  secret("attestation", made.response.attestationObject);
  const payload = { name: "Phone", passkey: made };
  const added = await ask({ method: "POST", url: "/v1/passkeys", headers, payload });
  assert.equal(added.statusCode, 201, added.body);
  for (const forged of [false, true]) {
    const asked = await server.visit({ method: "POST", url: "/v1/session/passkey-request", headers });
    const passkey = device.sign(asked.json<PasskeyRequest>(), { forged });
    secret(`passkey signature ${forged}`, passkey.response.signature);
    secret(`passkey challenge ${forged}`, asked.json<PasskeyRequest>().challenge);
    const url = "/v1/session/passkey";
    const answer = await server.visit({ method: "POST", url, headers, payload: { passkey } });
    assert.equal(answer.statusCode, forged ? 401 : 200, answer.body);
    for (const { name, value } of answer.cookies) secret(`passkey cookie ${name}`, value);
  }
}

async function walkAsApp(): Promise<void> {
  const scope = "workouts:read tracks:read";
  const tokens = await connect(server, scope);
  const access = secret("access token", tokens.access_token);
  secret("refresh token", tokens.refresh_token);
  const bearer = { authorization: `Bearer ${access}` };
  assert.equal((await server.visit({ url: "/v1/tracks?limit=1", headers: bearer })).statusCode, 200);
  const { body: confidential } = await register(server, {
    token_endpoint_auth_method: "client_secret_basic",
  });
  const clientSecret = secret("client secret", confidential.client_secret ?? "");
  const basic = `Basic ${Buffer.from(`${confidential.client_id}:${clientSecret}`).toString("base64")}`;
  secret("authorization header", basic.slice(6));
  const pkce = newPkce();
  secret("code verifier", pkce.verifier);
  const state = secret("state", "canary-state-of-an-app");
  const asked = { client_id: confidential.client_id, scope, code_challenge: pkce.challenge, state };
  const code = secret("code", (await authorize(server, asked)).get("code") ?? "");
  const grant = { grant_type: "authorization_code", redirect_uri: redirectUri, code };
  const key = await dpopKey();
  const proof = await key({ htm: "POST", htu: `${address}/oauth/token` });
  secret("DPoP proof", proof);
  const bent = { ...grant, code_verifier: secret("wrong verifier", newPkce().verifier) };
  assert.equal((await token(server, bent, { authorization: basic, dpop: proof })).statusCode, 400);
  const url = `/oauth/token?code=${code}`;
  await server.visit({ method: "POST", url, ...form({ ...grant, code_verifier: pkce.verifier }) });
  for (const path of ["introspect", "revoke"]) {
    const { headers, payload } = form({ token: tokens.refresh_token, client_id: tokens.clientId });
    const sent = { method: "POST", url: `/oauth/${path}`, headers, payload } as const;
    assert.ok((await server.visit(sent)).statusCode < 500);
  }
  const wrongToken = secret("wrong token", "canary-token-that-is-none");
  for (const scheme of ["Bearer", "DPoP", "Basic"]) {
    const headers = { authorization: `${scheme} ${wrongToken}`, dpop: proof };
    assert.equal((await server.visit({ url: "/v1/workouts", headers })).statusCode, 401);
  }
}

async function failInManyWays(): Promise<void> {
  const hook = await ask({
    method: "POST",
    url: "/v1/webhooks",
    payload: {
      url: `https://hooks.invalid/${secret("webhook address", "canary-in-a-webhook")}`,
      events: ["workout.finished"],
    },
  });
  assert.equal(hook.statusCode, 201, hook.body);
  secret("webhook secret", hook.json<{ secret: string }>().secret);
  const canary = secret("body", "canary-in-a-body");
  const json = { "content-type": "application/json" };
  for (const payload of [`{"password": "${canary}"`, `{"password": ["${canary}"]}`, `{"${canary}": 1}`]) {
    const answer = await server.visit({ method: "POST", url: "/v1/session", payload, headers: json });
    assert.equal(answer.statusCode, 400, answer.body);
  }
  const odd = { cookie: `upbeat=${secret("unknown cookie", "canary-in-a-cookie")}; ${server.cookie}` };
  assert.ok(
    (await server.visit({ url: "/v1/workouts?limit=canary-in-the-query", headers: odd })).statusCode < 500,
  );
  assert.equal((await server.visit({ url: "/v1/nowhere?token=canary-in-the-query" })).statusCode, 401);
  const bad = await server.visit({ url: "/%E0%A4%A?token=canary-in-the-query" });
  assert.equal(bad.statusCode, 400);
}

/** A kit typed with a slip is refused, and the refusal repeats none of it. Then the keystore breaks under the server. */
async function recoverAndBreak(): Promise<void> {
  const keysDir = join(folder, "keys");
  const profile = (await ask({ url: "/v1/athlete" })).json<object>();
  assert.equal((await ask({ method: "PUT", url: "/v1/athlete", payload: profile })).statusCode, 200);
  const kit = (await runUpbeat(["keys", "kit", "--keys", keysDir])).stdout;
  const codes = kit.match(/\b[0-9A-Z]{5}(?:-[0-9A-Z]{1,5}){5,}/g) ?? [];
  assert.equal(codes.length, 1, kit);
  for (const code of codes) secret("recovery kit", code.slice(0, 17));
  const slip = kit.replaceAll(/-[0-9A-Z]$/gm, (end) => (end === "-A" ? "-B" : "-A"));
  const refused = await runUpbeat(["keys", "restore", "--keys", join(folder, "other")], slip);
  assert.equal(refused.code, 1, refused.stdout);
  log += refused.stderr + refused.stdout;
  for (const name of readdirSync(keysDir)) {
    rmSync(join(keysDir, name), { recursive: true });
    mkdirSync(join(keysDir, name));
  }
  const url = `/v1/taste/artists?code=${secrets.get("query")}`;
  const failed = await ask({ method: "PUT", url, payload: { artist: "Somebody", word: "more" } });
  assert.ok(failed.statusCode >= 500, `${failed.statusCode}`);
  assert.match(log, /"level":50/, "an error was written");
}

test(
  "no password, cookie, token, proof, code, secret or query is in the log of any of it",
  { timeout: 240_000 },
  async () => {
    await walkAsApp();
    await signInEveryWay();
    await usePasskeys();
    await failInManyWays();
    await recoverAndBreak();
    const lines = log.split("\n").filter((line) => line.includes("incoming request"));
    assert.ok(lines.length >= 30, `${lines.length} requests were written of`);
    for (const path of ["/v1/session", "/oauth/token", "/oauth/authorize", "/v1/passkeys"])
      assert.ok(
        lines.some((line) => line.includes(path)),
        `${path} was written of`,
      );
    assert.ok(secrets.size >= 25, `${secrets.size} secrets`);
    const found = [...secrets].filter(([, value]) =>
      [value, encodeURIComponent(value), Buffer.from(value).toString("base64").replace(/=+$/, "")].some(
        (form) => log.includes(form),
      ),
    );
    assert.deepEqual(
      found.map(([what]) => what),
      [],
    );
  },
);
