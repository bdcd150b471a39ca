/** The people of a household: how they come in, what keeps guessers out, and that nobody meets what is another's. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { InjectOptions } from "fastify";
import { wordingOf } from "#domain/consent.ts";
import type { Invited, SessionEntry } from "#protocol/api/people.ts";
import { burstAttempts, burstAttemptsPerAccount } from "#server/use-cases/attempt-limit.ts";
import { invitationMs } from "#server/use-cases/household.ts";
import { rotateAfterMs } from "#server/use-cases/sign-in.ts";
import { createTestApp, startMs, type TestApp } from "#test/support/test-app.ts";

const ownerPassword = "correct horse battery";
const memberPassword = "another staple";
const workoutId = "0199b3a0-0000-7000-8000-000000000001";

interface Browser {
  readonly cookies: Map<string, string>;
  ask(request: InjectOptions): ReturnType<TestApp["visit"]>;
}

/** Keeps its cookies, as browsers do. */
function browserOf(app: TestApp, address = "127.0.0.1"): Browser {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async ask(request) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const headers = { "user-agent": `Browser at ${address}`, ...(cookie !== "" && { cookie }) };
      const answer = await app.visit({
        remoteAddress: address,
        ...request,
        headers: { ...headers, ...request.headers },
      });
      for (const { name, value } of answer.cookies) cookies.set(name, value);
      return answer;
    },
  };
}

const signIn = (browser: Browser, password: string, name?: string) =>
  browser.ask({
    method: "POST",
    url: "/v1/session",
    payload: { password, ...(name !== undefined && { name }) },
  });

async function invite(owner: Browser, name: string): Promise<{ invited: Invited; token: string }> {
  const answer = await owner.ask({ method: "POST", url: "/v1/people/invitations", payload: { name } });
  assert.equal(answer.statusCode, 201, answer.body);
  const invited = answer.json<Invited>();
  return { invited, token: invited.path.replace("/join#", "") };
}

const join = (browser: Browser, token: string, name: string, password = memberPassword) =>
  browser.ask({ method: "POST", url: "/v1/join", payload: { token, name, password } });

/** An owner with a password and a member, each in a browser. */
async function household() {
  const app = await createTestApp();
  await app.signIn.setPassword(ownerPassword);
  const owner = browserOf(app);
  assert.equal((await signIn(owner, ownerPassword)).statusCode, 200);
  const member = browserOf(app, "192.0.2.20");
  const joined = await join(member, (await invite(owner, "Kim")).token, "Kim");
  assert.equal(joined.statusCode, 200, joined.body);
  return { app, owner, member, memberId: joined.json<{ personId: string }>().personId };
}

describe("an invitation", () => {
  test("needs an owner with a password: without one whoever opens the page is the owner", async () => {
    const app = await createTestApp();
    const answer = await app.ask({ method: "POST", url: "/v1/people/invitations", payload: { name: "Kim" } });
    assert.equal(answer.statusCode, 409);
    await app.close();
  });

  test("makes one member, once, and its secret is kept nowhere", async () => {
    const { app, owner } = await household();
    const { token, invited } = await invite(owner, "Robin");
    const stored = JSON.stringify(await app.store.people.invitations());
    assert.equal(stored.includes(token), false);
    const [one, two] = await Promise.all([
      join(browserOf(app), token, "Robin"),
      join(browserOf(app), token, "Robin Two"),
    ]);
    assert.deepEqual(
      [one.statusCode, two.statusCode].toSorted((a, b) => a - b),
      [200, 404],
    );
    assert.equal(
      (await owner.ask({ method: "DELETE", url: `/v1/people/invitations/${invited.id}` })).statusCode,
      404,
    );
    await app.close();
  });

  test("dies when it is withdrawn or a week old, and no name is taken twice", async () => {
    const { app, owner } = await household();
    const withdrawn = await invite(owner, "Robin");
    const url = `/v1/people/invitations/${withdrawn.invited.id}`;
    assert.equal((await owner.ask({ method: "DELETE", url })).statusCode, 204);
    assert.equal((await join(browserOf(app), withdrawn.token, "Robin")).statusCode, 404);
    const old = await invite(owner, "Robin");
    assert.equal((await join(browserOf(app), old.token, " KIM ")).statusCode, 409);
    assert.equal((await join(browserOf(app), old.token, "Robin", "short")).statusCode, 400);
    app.time.nowMs += invitationMs;
    assert.equal((await join(browserOf(app), old.token, "Robin")).statusCode, 404);
    assert.equal((await join(browserOf(app), "x".repeat(43), "Robin")).statusCode, 404);
    await app.close();
  });
});

describe("a member", () => {
  test("signs in by name, and is no owner", async () => {
    const { app, member } = await household();
    const again = browserOf(app);
    const answer = await signIn(again, memberPassword, "kim");
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.json().role, "member");
    assert.equal((await signIn(browserOf(app), memberPassword)).statusCode, 401, "not as the owner");
    for (const [method, url, payload] of [
      ["GET", "/v1/people", undefined],
      ["GET", "/v1/people/invitations", undefined],
      ["POST", "/v1/people/invitations", { name: "Eve" }],
      ["DELETE", `/v1/people/${app.owner.id}`, undefined],
      ["POST", "/v1/library/folders", { path: "/" }],
      ["POST", "/v1/library/scan", undefined],
    ] as const) {
      const refused = await member.ask({ method, url, ...(payload !== undefined && { payload }) });
      assert.equal(refused.statusCode, 403, `${method} ${url}`);
    }
    assert.equal((await member.ask({ url: "/v1/tracks" })).statusCode, 200, "the music is shared");
    await app.close();
  });

  test("who is removed is signed out and erased, key and all", async () => {
    const { app, owner, member, memberId } = await household();
    await member.ask({
      method: "PUT",
      url: "/v1/athlete",
      payload: (await member.ask({ url: "/v1/athlete" })).json(),
    });
    assert.notEqual(await app.keystore.exportKey(memberId), null);
    assert.equal((await owner.ask({ method: "DELETE", url: `/v1/people/${memberId}` })).statusCode, 204);
    assert.equal((await member.ask({ url: "/v1/session" })).statusCode, 401);
    assert.equal(await app.keystore.exportKey(memberId), null);
    assert.equal(await app.store.athletes.getAthlete(memberId), null);
    assert.equal((await signIn(browserOf(app), memberPassword, "Kim")).statusCode, 401);
    assert.equal((await owner.ask({ method: "DELETE", url: `/v1/people/${app.owner.id}` })).statusCode, 409);
    await app.close();
  });
});

describe("guessing", () => {
  test("from everywhere at once keeps strangers out, never a browser that has signed in before", async () => {
    const { app } = await household();
    const known = browserOf(app, "198.51.100.7");
    assert.equal((await signIn(known, memberPassword, "Kim")).statusCode, 200);
    await known.ask({ method: "DELETE", url: "/v1/session" });
    for (let attempt = 0; attempt < burstAttemptsPerAccount; attempt += 1) {
      await signIn(browserOf(app, `203.0.113.${attempt}`), "wrong guess", "Kim");
    }
    assert.equal(
      (await signIn(browserOf(app, "198.51.100.8"), memberPassword, "Kim")).statusCode,
      429,
      "a stranger",
    );
    assert.equal(
      (await signIn(known, memberPassword, "Kim")).statusCode,
      200,
      "the browser that was here before",
    );
    assert.equal(
      (await signIn(browserOf(app, "198.51.100.9"), ownerPassword)).statusCode,
      200,
      "another account",
    );
    await app.close();
  });

  test("in a known browser is slowed down too", async () => {
    const { app } = await household();
    const known = browserOf(app);
    await signIn(known, memberPassword, "Kim");
    for (let attempt = 0; attempt < burstAttempts; attempt += 1) await signIn(known, "wrong guess", "Kim");
    assert.equal((await signIn(known, memberPassword, "Kim")).statusCode, 429);
    await app.close();
  });

  test("at a name that is not there answers as at one that is", async () => {
    const { app } = await household();
    const there = await signIn(browserOf(app, "192.0.2.1"), "wrong guess", "Kim");
    const nobody = await signIn(browserOf(app, "192.0.2.2"), "wrong guess", "Nobody");
    assert.deepEqual([nobody.statusCode, nobody.body], [there.statusCode, there.body]);
    await app.close();
  });

  test("one's way to another password needs the one of now", async () => {
    const { app, member } = await household();
    const change = (current: string, password: string) =>
      member.ask({ method: "PUT", url: "/v1/session/password", payload: { current, password } });
    const elsewhere = browserOf(app);
    await signIn(elsewhere, memberPassword, "Kim");
    assert.equal((await change("wrong guess", "a longer one")).statusCode, 403);
    assert.equal((await change(memberPassword, "short")).statusCode, 400);
    assert.equal((await change(memberPassword, "a longer one")).statusCode, 204);
    assert.equal((await member.ask({ url: "/v1/session" })).statusCode, 200, "this session stays");
    assert.equal((await elsewhere.ask({ url: "/v1/session" })).statusCode, 401, "the others end");
    for (let attempt = 0; attempt < burstAttempts; attempt += 1) await change("wrong guess", "a longer one");
    assert.equal((await change("a longer one", "another one")).statusCode, 429);
    await app.close();
  });
});

describe("a session", () => {
  test("is listed with its browser and last use, and can be ended from elsewhere", async () => {
    const { app, member } = await household();
    const phone = browserOf(app, "192.0.2.44");
    await signIn(phone, memberPassword, "Kim");
    app.time.nowMs += 7_200_000;
    await member.ask({ url: "/v1/session" });
    const { items } = (await member.ask({ url: "/v1/sessions" })).json<{ items: SessionEntry[] }>();
    assert.deepEqual(
      items.map(({ device, isCurrent, lastUsedAtMs }) => [device, isCurrent, lastUsedAtMs - startMs]),
      [
        ["Browser at 192.0.2.20", true, 7_200_000],
        ["Browser at 192.0.2.44", false, 0],
      ],
    );
    const url = `/v1/sessions/${items[1]?.id}`;
    assert.equal((await member.ask({ method: "DELETE", url })).statusCode, 204);
    assert.equal((await phone.ask({ url: "/v1/session" })).statusCode, 401);
    assert.equal((await member.ask({ url: "/v1/session" })).statusCode, 200);
    await app.close();
  });

  test("gets a new secret each day, and the one before dies within minutes", async () => {
    const { app, member } = await household();
    const stolen = new Map(member.cookies);
    const thief = browserOf(app);
    for (const [name, value] of stolen) thief.cookies.set(name, value);
    app.time.nowMs += rotateAfterMs;
    assert.equal((await member.ask({ url: "/v1/session" })).statusCode, 200);
    assert.notDeepEqual(member.cookies, stolen);
    assert.equal((await thief.ask({ url: "/v1/tracks" })).statusCode, 200, "requests under way may finish");
    assert.equal((await thief.ask({ url: "/v1/session" })).cookies.length, 0, "and get nothing new");
    app.time.nowMs += 300_000;
    assert.equal((await thief.ask({ url: "/v1/tracks" })).statusCode, 401);
    assert.equal((await member.ask({ url: "/v1/session" })).statusCode, 200);
    await app.close();
  });
});

describe("what is another's", () => {
  let home: Awaited<ReturnType<typeof household>>;
  let ownerSession: SessionEntry;
  const head = {
    classId: "any",
    classTitle: "Any",
    sport: "cycling",
    startedAtMs: startMs,
    mode: "auto",
    source: "sensors",
  };
  before(async () => {
    home = await household();
    const { owner, member } = home;
    const version = wordingOf("keep-biometrics").version;
    for (const browser of [owner, member]) {
      const payload = { granted: true, wordingVersion: version };
      await browser.ask({ method: "PUT", url: "/v1/consents/keep-biometrics", payload });
    }
    assert.equal(
      (await owner.ask({ method: "PUT", url: `/v1/workouts/${workoutId}`, payload: head })).statusCode,
      200,
    );
    ownerSession = (await owner.ask({ url: "/v1/sessions" })).json<{ items: SessionEntry[] }>().items[0];
  });
  after(() => home.app.close());

  test("answers 404 on every route that names it, or 403 where only the owner has business", async () => {
    const document = (await home.app.visit({ url: "/v1/openapi.json" })).json<{
      paths: Record<string, Record<string, { requestBody?: object }>>;
    }>();
    const own = Object.keys(document.paths).filter((path) =>
      /^\/v1\/(workouts|sessions|passkeys)\/\{/.test(path),
    );
    assert.ok(own.length >= 6, own.join(" "));
    const bodies: Readonly<Record<string, object>> = {
      "/v1/workouts/{id}/chunks/{sequence}": { rows: [] },
      "/v1/workouts/{id}/end": {
        durationS: 1,
        reason: "ended-early",
        trackPlays: [],
        blockPasses: [],
        distrustS: 0,
        chunks: 0,
      },
      "/v1/passkeys/{id}": { name: "Mine" },
    };
    for (const path of own) {
      for (const method of Object.keys(document.paths[path] ?? {})) {
        // Beginning a workout makes one of the member's own, under the member.
        if (`${method} ${path}` === "put /v1/workouts/{id}") continue;
        const id = path.startsWith("/v1/sessions") ? ownerSession.id : workoutId;
        const url = path.replace("{id}", id).replace("{sequence}", "0");
        const payload = bodies[path];
        const answer = await home.member.ask({
          method: method.toUpperCase(),
          url,
          ...(payload && { payload }),
        });
        assert.equal(answer.statusCode, 404, `${method} ${path}: ${answer.statusCode}`);
      }
    }
    assert.equal((await home.owner.ask({ url: `/v1/workouts/${workoutId}` })).statusCode, 200);
  });

  test("is in no list of theirs, and the same id is two workouts", async () => {
    const lists = ["/v1/workouts", "/v1/consents/ledger", "/v1/sessions"];
    for (const url of lists) {
      const text = (await home.member.ask({ url })).body;
      assert.equal(text.includes(workoutId) || text.includes(ownerSession.id), false, url);
    }
    const payload = { ...head, classTitle: "Mine" };
    await home.member.ask({ method: "PUT", url: `/v1/workouts/${workoutId}`, payload });
    const titleFor = async (browser: Browser) =>
      (await browser.ask({ url: `/v1/workouts/${workoutId}` })).json<{ classTitle: string }>().classTitle;
    assert.deepEqual([await titleFor(home.owner), await titleFor(home.member)], ["Any", "Mine"]);
    await home.member.ask({ method: "DELETE", url: `/v1/workouts/${workoutId}` });
    assert.equal(await titleFor(home.owner), "Any");
  });
});
