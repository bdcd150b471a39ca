/** The library, the classes and the pages, as browsers ask for them. */
import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { moodOf, moodWords } from "#domain/mood.ts";
import type { TrackProfile } from "#domain/track.ts";
import type { Track } from "#domain/track.ts";
import { idleProgress } from "#server/use-cases/library-watch.ts";
import { createTestApp, demoTracks, testHost, type TestApp } from "#test/support/test-app.ts";

let server: TestApp;
const audio = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);
const songId = "song";

before(async () => {
  server = await createTestApp();
  const folder = join(server.folder, "my music #1");
  mkdirSync(folder);
  const path = join(folder, "100% of what? .mp3");
  writeFileSync(path, audio);
  const [demo] = demoTracks();
  assert.ok(demo);
  const file = { path, sizeBytes: audio.length, modifiedMs: 0, outcome: { trackId: songId } };
  const cover = { mimeType: "image/png", bytes: Uint8Array.of(137, 80, 78, 71) };
  // A field that no schema declares stands for anything that must not leave the server.
  const track = { ...demo, id: songId, source: "library" as const, secretPath: path };
  await server.tracks.putTrack(track, file, cover);
});
after(() => server.close());

describe("a track's audio", () => {
  const url = `/v1/tracks/${songId}/audio`;

  test("comes whole, in ranges, and only once", async () => {
    const whole = await server.ask({ url });
    assert.equal(whole.statusCode, 200);
    assert.deepEqual([...whole.rawPayload], [...audio]);
    assert.equal(whole.headers["accept-ranges"], "bytes");
    assert.match(String(whole.headers["content-type"]), /^audio\//);
    const part = await server.ask({ url, headers: { range: "bytes=100-199" } });
    assert.equal(part.statusCode, 206);
    assert.equal(part.headers["content-range"], "bytes 100-199/1000");
    assert.deepEqual(new Uint8Array(part.rawPayload), audio.slice(100, 200));
    const last = await server.ask({ url, headers: { range: "bytes=-10" } });
    assert.deepEqual(new Uint8Array(last.rawPayload), audio.slice(990));
    assert.equal((await server.ask({ url, headers: { range: "bytes=2000-" } })).statusCode, 416);
    const etag = String(whole.headers.etag);
    assert.equal((await server.ask({ url, headers: { "if-none-match": etag } })).statusCode, 304);
  });

  test("that is gone or was never there is a problem, not a failure", async () => {
    const [demo] = demoTracks();
    assert.ok(demo);
    const path = join(server.folder, "gone.mp3");
    await server.tracks.putTrack(
      { ...demo, id: "gone" },
      { path, sizeBytes: 1, modifiedMs: 0, outcome: { trackId: "gone" } },
    );
    for (const id of ["gone", "nothing", "..%2f..%2fetc%2fpasswd", "%00"]) {
      assert.equal((await server.ask({ url: `/v1/tracks/${id}/audio` })).statusCode, 404, id);
    }
    await server.tracks.removeFile(path);
  });
});

test("a track carries what its schema declares and nothing else", async () => {
  const { items } = (await server.ask({ url: "/v1/tracks" })).json();
  assert.equal(items[0].id, songId);
  assert.equal("beatsS" in items[0], false, "lists leave the grid out");
  const detail = (await server.ask({ url: `/v1/tracks/${songId}` })).json();
  const grid = (await server.ask({ url: `/v1/tracks/${songId}/beat-grid` })).json();
  assert.deepEqual(Object.keys(grid).toSorted(), ["beatsS", "downbeatsS"]);
  assert.deepEqual(detail.beatsS, grid.beatsS);
  assert.ok(grid.beatsS.length > 100);
  for (const answer of [items[0], detail, grid])
    assert.doesNotMatch(JSON.stringify(answer), /secretPath|my music/);
  const cover = await server.ask({ url: `/v1/tracks/${songId}/cover` });
  assert.equal(cover.headers["content-type"], "image/png");
  assert.deepEqual([...cover.rawPayload], [137, 80, 78, 71]);
});

test("a music folder is added by its real path, and filled", async () => {
  const path = join(server.folder, "my music #1");
  const url = "/v1/library/folders";
  const before = server.fills.length;
  for (const same of [path, `${path}/`, join(path, ".")]) {
    assert.equal((await server.ask({ method: "POST", url, payload: { path: same } })).statusCode, 202);
  }
  const info = (await server.ask({ url: "/v1/library" })).json();
  assert.deepEqual(info.folders, [path]);
  assert.deepEqual([info.tracks, info.demo], [1, false]);
  assert.deepEqual(server.fills.at(-1), [path]);
  assert.ok(server.fills.length > before);
  for (const bad of ["relative", join(path, "nothing"), join(path, "100% of what? .mp3"), "/\0", ""]) {
    assert.equal((await server.ask({ method: "POST", url, payload: { path: bad } })).statusCode, 400, bad);
  }
});

test("progress streams to a page until it goes", async () => {
  await server.app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = server.app.server.address() as AddressInfo;
  const leave = new AbortController();
  const answer = await fetch(`http://127.0.0.1:${port}/v1/library/events`, {
    headers: { cookie: server.cookie },
    signal: leave.signal,
  });
  assert.equal(answer.headers.get("content-type"), "text/event-stream");
  assert.ok(answer.headers.get("content-security-policy"));
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  const next = async (): Promise<unknown> =>
    JSON.parse(/data: (.*)/.exec((await reader?.read())?.value ?? "")?.[1] ?? "");
  assert.deepEqual(await next(), idleProgress);
  server.watch.publish({ ...idleProgress, state: "scanning", done: 3 });
  server.watch.publish({ ...idleProgress, state: "scanning", done: 4 });
  assert.deepEqual(await next(), { ...idleProgress, state: "scanning", done: 4 });
  leave.abort();
});

describe("classes", () => {
  test("are listed in pages that join without gap or repeat", async () => {
    const seen: string[] = [];
    interface ClassPage {
      readonly items: { id: string; sport: string }[];
      readonly nextCursor: string | null;
    }
    let cursor: string | null = "";
    while (cursor !== null) {
      const answer = await server.visit({ url: `/v1/classes?sport=rowing&limit=50&cursor=${cursor}` });
      const page: ClassPage = answer.json<ClassPage>();
      seen.push(...page.items.map((item) => `${item.sport} ${item.id}`));
      cursor = page.nextCursor;
    }
    assert.ok(seen.length > 0);
    assert.equal(new Set(seen).size, seen.length);
    assert.ok(seen.every((entry) => entry.startsWith("rowing ")));
  });

  test("are found by a sentence, which the answer shows as understood", async () => {
    const page = (await server.visit({ url: "/v1/classes?query=30%20min%20ride&limit=5" })).json();
    assert.equal(page.items.length, 5);
    for (const { sport, durationS } of page.items) {
      assert.equal(sport, "cycling");
      assert.ok(Math.abs(durationS - 1800) <= 180);
    }
    assert.deepEqual(page.chips.map(({ kind }: { kind: string }) => kind).toSorted(), ["duration", "sport"]);
    const id = page.items[0].id;
    assert.equal((await server.visit({ url: `/v1/classes/${id}` })).json().id, id);
  });

  test("name the classes most like them, whatever the mood of their music", async () => {
    const id = "cycling-norwegian-4x4-40";
    const answer = (await server.visit({ url: `/v1/classes/${id}/similar` })).json();
    assert.equal(answer.items.length, 4);
    for (const item of answer.items) {
      assert.equal(item.sport, "cycling");
      assert.notEqual(item.id, id);
    }
    assert.deepEqual((await server.visit({ url: `/v1/classes/${id}~calm/similar` })).json(), answer);
    assert.equal((await server.visit({ url: "/v1/classes/none/similar" })).statusCode, 404);
  });
});

test("a soundtrack names its tracks, with their grids", async () => {
  const other = await createTestApp();
  const empty = await other.ask({ method: "POST", url: "/v1/soundtracks", payload: { classId: "x" } });
  assert.equal(empty.statusCode, 404);
  const { items } = (await other.visit({ url: "/v1/classes?sport=cycling&maxMinutes=20&limit=1" })).json();
  const classId = items[0].id;
  const ask = (payload: object) => other.ask({ method: "POST", url: "/v1/soundtracks", payload });
  assert.equal((await ask({ classId })).statusCode, 409, "no track is there yet");
  const put = async (track: Track) => {
    const file = { path: `/demo/${track.id}`, sizeBytes: 1, modifiedMs: 0, outcome: { trackId: track.id } };
    await other.tracks.putTrack(track, file);
  };
  const [alone, ...others] = demoTracks();
  assert.ok(alone);
  await put(alone);
  const small = (await ask({ classId })).json();
  assert.match(small.missing[0], /^Only \d+ minutes? of music for \d+ minutes of class: tracks come back/);
  for (const track of others) await put(track);
  const planned = (await ask({ classId })).json();
  assert.ok(planned.missing.length < small.missing.length);
  assert.equal(planned.slots[0].startS, 0);
  assert.equal(planned.slots.at(-1).endS, items[0].durationS);
  const named = new Set(planned.slots.map((slot: { trackId: string }) => slot.trackId));
  assert.deepEqual(new Set(planned.tracks.map((track: { id: string }) => track.id)), named);
  assert.ok(planned.tracks.every((track: { beatsS: number[] }) => track.beatsS.length > 0));
  const rest = (await ask({ classId, fromS: 120, exclude: [planned.slots[0].trackId] })).json();
  assert.equal(rest.slots[0].startS, 120);
  assert.ok(rest.slots.every((slot: { trackId: string }) => slot.trackId !== planned.slots[0].trackId));
  await other.close();
});

describe("the web app", () => {
  test("is cached where it cannot change, and asked for again where it can", async () => {
    const asset = await server.visit({ url: "/assets/main-3f2a.js" });
    assert.match(String(asset.headers["cache-control"]), /immutable/);
    assert.match(String(asset.headers["content-type"]), /javascript/);
    for (const url of ["/", "/service-worker.js", "/workouts/some-id", "/index.html"]) {
      assert.equal((await server.visit({ url })).headers["cache-control"], "no-cache", url);
    }
  });

  test("is the newest that was built, while the server runs", async () => {
    const url = "/assets/main-9c1d.js";
    assert.equal((await server.visit({ url })).statusCode, 404);
    const path = join(server.folder, "web", url);
    writeFileSync(path, "// app, built anew");
    assert.equal((await server.visit({ url })).body, "// app, built anew");
    rmSync(path);
    assert.equal((await server.visit({ url })).statusCode, 404);
  });

  test("has a strict content security policy on every answer", async () => {
    for (const url of ["/", "/v1/session", "/nothing.js", "/healthz"]) {
      const said = String((await server.visit({ url })).headers["content-security-policy"]);
      // A page may play the video of a class from anywhere, over TLS; no other answer may, and nothing else.
      const policy = url === "/" ? said.replace("; media-src 'self' blob: https:;", ";") : said;
      assert.equal(policy.includes("media-src"), url !== "/", url);
      assert.match(policy, /default-src 'self'/);
      assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|https?:|\*/);
    }
  });

  test("shows nothing but itself", async () => {
    const outside = [
      "/../secret.txt",
      "/..%2fsecret.txt",
      "/assets/..%2f..%2fsecret.txt",
      "/%2e%2e/secret.txt",
      "//etc/passwd",
      "/%ff",
      "/%00",
    ];
    for (const url of outside) {
      const answer = await server.visit({ url });
      assert.doesNotMatch(answer.body, /outside the web root|root:/, url);
      assert.ok(answer.statusCode < 500, url);
    }
    assert.equal((await server.visit({ url: "/assets/old-1234.js" })).statusCode, 404);
    const post = await server.visit({ method: "POST", url: "/", headers: { origin: `http://${testHost}` } });
    assert.equal(post.statusCode, 404);
  });
});

test("a slot is offered other tracks, and a swap stays a swap wherever it is asked for", async () => {
  const other = await createTestApp();
  for (const track of demoTracks()) {
    const file = { path: `/demo/${track.id}`, sizeBytes: 1, modifiedMs: 0, outcome: { trackId: track.id } };
    await other.tracks.putTrack(track, file);
  }
  const ask = async (path: string, payload: object) =>
    other.ask({ method: "POST", url: `/v1/soundtracks${path}`, payload });
  const { items } = (await other.visit({ url: "/v1/classes?sport=cycling&maxMinutes=30&limit=1" })).json();
  const classId = items[0].id;
  const planned = (await ask("", { classId })).json();
  assert.deepEqual(planned.swaps, []);
  const { startS, endS, trackId } = planned.slots[1];
  const atS = Math.round((startS + endS) / 2);
  const offered = (await ask("/alternatives", { classId, atS })).json();
  assert.ok(offered.items.length >= 3);
  const [choice] = offered.items;
  assert.notEqual(choice.track.id, trackId);
  assert.equal(choice.track.id, choice.slot.trackId);
  assert.equal(choice.track.beatsS, undefined, "without grids");
  assert.match(choice.words, /worse|good|better/);
  const swapped = (await ask("", { classId, swaps: choice.swaps })).json();
  assert.deepEqual(swapped.swaps, [{ atS, trackId: choice.track.id }]);
  assert.ok(Math.abs(swapped.cost - planned.cost - choice.extraCost) < 1e-6);
  assert.deepEqual((await ask("", { classId, swaps: choice.swaps })).json(), swapped);
  assert.deepEqual((await ask("", { classId, swaps: [] })).json(), planned);
  const rest = (await ask("", { classId, swaps: choice.swaps, fromS: 30, exclude: ["x"] })).json();
  assert.ok(rest.slots.some((slot: { trackId: string }) => slot.trackId === choice.track.id));
  const gone = { classId, swaps: [{ atS, trackId: "gone" }] };
  assert.deepEqual((await ask("", gone)).json().swaps, []);
  assert.equal((await ask("/alternatives", { classId: "none", atS: 1 })).statusCode, 404);
  assert.equal((await ask("/alternatives", { classId })).statusCode, 400);
  await other.close();
});

test("tracks are found by a sentence, in pages, with what was understood", async () => {
  const other = await createTestApp();
  for (const track of demoTracks()) {
    const file = { path: `/demo/${track.id}`, sizeBytes: 1, modifiedMs: 0, outcome: { trackId: track.id } };
    await other.tracks.putTrack(track, file);
  }
  interface Found {
    readonly items: { id: string; tempoBpm: number; energy: number; beatsS?: unknown }[];
    readonly chips: { kind: string; label: string }[];
    readonly unknown: string[];
    readonly nextCursor: string | null;
  }
  const find = async (query: string, more = ""): Promise<Found> =>
    (await other.ask({ url: `/v1/tracks?query=${encodeURIComponent(query)}${more}` })).json();
  const drives = (profile: TrackProfile) =>
    moodWords(moodOf(profile)).some((word) => word === "driving" || word === "euphoric");
  const right = demoTracks().filter(({ profile }) => drives(profile) && profile.tempoBpm >= 120);
  const all = await find("driving, at least 120 bpm", "&limit=200");
  assert.ok(right.length >= 3);
  assert.deepEqual(all.items.map(({ id }) => id).sort(), right.map(({ id }) => id).sort());
  assert.deepEqual(
    all.chips.map(({ kind }) => kind),
    ["arousal", "tempo"],
  );
  assert.ok(all.items.every(({ beatsS }) => beatsS === undefined));
  const ids: string[] = [];
  for (let page = await find("driving, at least 120 bpm", "&limit=2"); ;) {
    ids.push(...page.items.map(({ id }) => id));
    if (page.nextCursor === null) break;
    page = await find("driving, at least 120 bpm", `&limit=2&cursor=${page.nextCursor}`);
  }
  assert.deepEqual(
    ids,
    all.items.map(({ id }) => id),
  );
  assert.deepEqual((await find("zzyzx")).unknown, ["zzyzx"]);
  const plain = (await other.ask({ url: "/v1/tracks" })).json();
  assert.deepEqual([plain.chips, plain.unknown], [[], []]);
  assert.equal((await other.ask({ url: "/v1/tracks?query=fast&cursor=x" })).statusCode, 400);
  const [first] = demoTracks();
  assert.ok(first);
  await other.tracks.putTrack(
    { ...first, title: "Zzyzx Road" },
    { path: "/demo/z", sizeBytes: 1, modifiedMs: 0, outcome: { trackId: first.id } },
  );
  assert.deepEqual(
    (await find("zzyzx")).items.map(({ id }) => id),
    [first.id],
    "the index follows the library",
  );
  await other.close();
});
