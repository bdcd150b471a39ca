/** A history of music from elsewhere: counted, felt in the taste, exported, taken out again. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { strFromU8, unzipSync } from "fflate";
import { createTestApp, demoTracks, type TestApp } from "#test/support/test-app.ts";

let server: TestApp;
const [first, second] = demoTracks();
assert.ok(first && second);

before(async () => {
  server = await createTestApp();
  for (const track of [first, second]) {
    const file = { path: `/demo/${track.id}`, sizeBytes: 1, modifiedMs: 0, outcome: { trackId: track.id } };
    await server.tracks.putTrack(track, file);
  }
});
after(() => server.close());

const get = async (url: string) => (await server.ask({ url })).json();
const bring = (name: string, text: string) =>
  server.ask({ method: "POST", url: "/v1/taste/imports", payload: { name, text } });
const csvOf = (rows: readonly (readonly [string, string])[]) =>
  `artist,track,uts\n${rows.map(([artist, title]) => `"${artist}","${title}",${server.time.nowMs / 1000 - 3600}`).join("\n")}`;
const tasteOf = async (id: string) => (await get(`/v1/tracks/${id}/taste`)).taste;

test("what the library has is matched and liked more, the rest is counted; taking it out takes it all back", async () => {
  const rows = [
    ...Array.from(
      { length: 12 },
      () => [first.artist.toUpperCase(), `${first.title} (2011 Remaster)`] as const,
    ),
    ["Nobody Here", "Not There"] as const,
  ];
  const answer = await bring("scrobbles.csv", `${csvOf(rows)}\n"",nothing,1\n`);
  assert.equal(answer.statusCode, 200, answer.body);
  const { id, ...told } = answer.json();
  assert.deepEqual(told, {
    format: "lastfm",
    name: "scrobbles.csv",
    importedAtMs: server.time.nowMs,
    entries: 13,
    recordings: 2,
    matched: 1,
    tracks: 1,
    unreadable: 1,
  });
  const heard = await tasteOf(first.id);
  assert.ok(heard > 0.6, String(heard));
  const reasons = (await get(`/v1/tracks/${first.id}/taste`)).reasons.map(
    ({ text }: { text: string }) => text,
  );
  assert.ok(reasons.includes("12 listens to it in your imported history."), reasons.join());
  assert.equal((await bring("again.csv", `${csvOf(rows)}\n`)).statusCode, 409, "the same twice counts once");
  const kept = strFromU8(
    unzipSync((await server.ask({ url: "/v1/export" })).rawPayload)["taste.json"] ?? new Uint8Array(),
  );
  assert.ok(kept.includes("Not There"));
  assert.deepEqual(
    (await get("/v1/taste/imports")).items.map((one: { id: string }) => one.id),
    [id],
  );
  assert.equal((await server.ask({ method: "DELETE", url: `/v1/taste/imports/${id}` })).statusCode, 204);
  assert.equal(await tasteOf(first.id), 0.5);
  assert.equal((await server.ask({ method: "DELETE", url: `/v1/taste/imports/${id}` })).statusCode, 404);
});

test("favourites count as such; two imports at once are both there", async () => {
  const list = (track: typeof first) => `#EXTM3U\n#EXTINF:1,${track.artist} - ${track.title}\na.mp3\n`;
  const both = await Promise.all([bring("a.m3u", list(first)), bring("b.m3u", list(second))]);
  assert.deepEqual(
    both.map(({ statusCode }) => statusCode),
    [200, 200],
  );
  assert.equal((await get("/v1/taste/imports")).items.length, 2);
  assert.ok((await tasteOf(second.id)) > 0.7);
  await server.ask({ method: "POST", url: "/v1/taste/reset" });
  assert.equal((await get("/v1/taste/imports")).items.length, 0);
});

test("what is no history changes nothing, and says why", async () => {
  for (const text of ["hello", "{}", "[[[[[[[[", "artist,track\n1,2"]) {
    const answer = await bring("x", text);
    assert.equal(answer.statusCode, 400, text);
    assert.equal(typeof answer.json().detail, "string");
  }
  assert.equal((await get("/v1/taste/imports")).items.length, 0);
  assert.equal((await server.visit({ url: "/v1/taste/imports" })).statusCode, 401);
});
