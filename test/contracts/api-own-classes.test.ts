/** Classes that people make: saved, found, taken out as files, previewed and deleted. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { classById } from "#domain/catalogue/index.ts";
import { createTestApp, demoTracks, type TestApp } from "#test/support/test-app.ts";

let server: TestApp;
const original = classById("cycling-norwegian-4x4-40");
assert.ok(original);
const own = { ...original, id: "own-mine-1", title: "Mine alone", family: "anything" };

before(async () => {
  server = await createTestApp();
  for (const track of demoTracks())
    await server.tracks.putTrack(track, {
      path: `/demo/${track.id}`,
      sizeBytes: 1,
      modifiedMs: 0,
      outcome: { trackId: track.id },
    });
});
after(() => server.close());

const put = (id: string, payload: object) => server.ask({ method: "PUT", url: `/v1/classes/${id}`, payload });
const ownIds = async () => {
  const { items }: { items: { id: string }[] } = (await server.ask({ url: "/v1/classes?own=true" })).json();
  return items.map(({ id }) => id);
};

test("a class is saved under its address, found, changed and deleted", async () => {
  assert.deepEqual(await ownIds(), []);
  const saved = await put(own.id, own);
  assert.equal(saved.statusCode, 200);
  assert.equal(saved.json().family, "own");
  assert.deepEqual(saved.json().music, { mood: "euphoric", arc: "waves" }, "four hard pieces with rests");
  assert.deepEqual(saved.json().blocks, own.blocks);
  assert.deepEqual(await ownIds(), [own.id]);
  const found = (await server.ask({ url: "/v1/classes?query=mine+alone" })).json();
  assert.ok(found.items.some(({ id }: { id: string }) => id === own.id));
  await put(own.id, { ...own, title: "Changed" });
  assert.equal((await server.ask({ url: `/v1/classes/${own.id}` })).json().title, "Changed");
  assert.deepEqual(await ownIds(), [own.id], "the same one");
  const gone = await server.ask({ method: "DELETE", url: `/v1/classes/${own.id}` });
  assert.equal(gone.statusCode, 204);
  assert.equal((await server.ask({ url: `/v1/classes/${own.id}` })).statusCode, 404);
  assert.deepEqual(await ownIds(), []);
});

test("a class keeps its video: a file by name and size, or an address, and nothing else of it", async () => {
  const file = { fileName: "Hügel.mp4", sizeBytes: 12_345_678, offsetS: 12.5 };
  const web = { url: "https://videos.example:8443/ride.mp4?t=1", offsetS: 0 };
  for (const video of [file, web]) {
    const saved = await put("own-film-1", {
      ...own,
      video: { ...video, path: "/home/somebody", bytes: "AAAA" },
    });
    assert.equal(saved.statusCode, 200);
    assert.deepEqual(saved.json().video, video);
    assert.deepEqual((await server.ask({ url: "/v1/classes/own-film-1" })).json().video, video);
    const taken = (await server.ask({ url: "/v1/classes/own-film-1/file?format=json" })).json();
    assert.deepEqual(JSON.parse(taken.text).video, video);
    const zwo = (await server.ask({ url: "/v1/classes/own-film-1/file?format=zwo" })).json();
    assert.ok(zwo.losses.includes("The video is not kept."));
  }
  const list = (await server.ask({ url: "/v1/classes?own=true" })).body;
  assert.doesNotMatch(list, /videos\.example/, "a list is for cards");
  const without = await put("own-film-1", own);
  assert.ok(!("video" in without.json()));
  await server.ask({ method: "DELETE", url: "/v1/classes/own-film-1" });
  assert.ok(!("video" in (await server.ask({ url: `/v1/classes/${original.id}` })).json()));
});

test("a video that is none is refused, and nothing is kept", async () => {
  const wrong: readonly unknown[] = [
    null,
    "https://videos.example/",
    {},
    { offsetS: 0 },
    { url: "http://videos.example/", offsetS: 0 },
    { url: "javascript:alert(1)", offsetS: 0 },
    { url: "https://somebody:secret@videos.example/", offsetS: 0 },
    { url: `https://videos.example/${"x".repeat(2_000)}`, offsetS: 0 },
    { url: "https://videos.example/", offsetS: -1 },
    { url: "https://videos.example/", offsetS: 1e9 },
    { url: "https://videos.example/", offsetS: "0" },
    { url: "https://videos.example/" },
    { fileName: "../a.mp4", sizeBytes: 1, offsetS: 0 },
    { fileName: "", sizeBytes: 1, offsetS: 0 },
    { fileName: "a.mp4", sizeBytes: 0, offsetS: 0 },
    { fileName: "a.mp4", sizeBytes: 1.5, offsetS: 0 },
    { fileName: "a.mp4", offsetS: 0 },
  ];
  for (const video of wrong) {
    const answer = await put("own-film-2", { ...own, video });
    assert.equal(answer.statusCode, 400, JSON.stringify(video));
    assert.match(String(answer.headers["content-type"]), /problem\+json/);
  }
  assert.equal((await server.ask({ url: "/v1/classes/own-film-2" })).statusCode, 404);
});

test("without a session own classes are neither seen nor changed", async () => {
  await put(own.id, own);
  assert.equal((await server.visit({ url: `/v1/classes/${own.id}` })).statusCode, 404);
  assert.equal((await server.visit({ url: `/v1/classes/${original.id}` })).statusCode, 200);
  for (const url of ["/v1/classes?own=true", "/v1/classes?query=mine+alone"]) {
    const text = (await server.visit({ url })).body;
    assert.doesNotMatch(text, /Mine alone/, url);
  }
  const url = `/v1/classes/${own.id}`;
  assert.equal((await server.visit({ method: "PUT", url, payload: own })).statusCode, 401);
  assert.equal((await server.visit({ method: "DELETE", url })).statusCode, 401);
  assert.equal((await server.visit({ url: `${url}/file?format=json` })).statusCode, 401);
});

test("built-in classes stay as they are, and nonsense is refused", async () => {
  assert.equal((await put(original.id, original)).statusCode, 409);
  const removal = await server.ask({ method: "DELETE", url: `/v1/classes/${original.id}` });
  assert.equal(removal.statusCode, 409);
  const [first] = own.blocks;
  const wrong: readonly object[] = [
    { ...own, durationS: own.durationS + 1 },
    { ...own, blocks: own.blocks.slice(1) },
    { ...own, blocks: [] },
    { ...own, blocks: [{ ...first, durationS: -5 }] },
    { ...own, blocks: own.blocks.with(0, { ...own.blocks[0], power: { from: 90, to: 90 } }) },
    { ...own, sport: "chess" },
    { ...own, title: "" },
  ];
  for (const payload of wrong)
    for (const answer of [
      await put("own-wrong", payload),
      await server.ask({ method: "POST", url: "/v1/soundtracks/preview", payload: { class: payload } }),
    ]) {
      assert.equal(answer.statusCode, 400, JSON.stringify(payload).slice(0, 80));
      assert.match(String(answer.headers["content-type"]), /problem\+json/);
    }
});

test("a class that is not saved gets the soundtrack it would have, and stays unsaved", async () => {
  await put(own.id, own);
  const saved = await server.ask({ method: "POST", url: "/v1/soundtracks", payload: { classId: own.id } });
  const shorter = { ...own, durationS: own.blocks[1].startS, blocks: own.blocks.slice(0, 1), cues: [] };
  await put(own.id, shorter);
  const again = await server.ask({ method: "POST", url: "/v1/soundtracks", payload: { classId: own.id } });
  assert.equal(again.json().slots.at(-1).endS, shorter.durationS, "planned for the class as it is now");
  const unsaved = { ...own, id: "own-not-saved" };
  const preview = await server.ask({
    method: "POST",
    url: "/v1/soundtracks/preview",
    payload: { class: unsaved },
  });
  assert.equal(preview.statusCode, 200);
  assert.deepEqual(preview.json().slots, saved.json().slots);
  assert.equal(preview.json().classId, "own-not-saved");
  assert.equal((await server.ask({ url: "/v1/classes/own-not-saved" })).statusCode, 404);
});

test("any class is taken out as a file that says what it loses", async () => {
  const zwo = (await server.ask({ url: `/v1/classes/${original.id}/file?format=zwo` })).json();
  assert.match(zwo.text, /<workout_file>/);
  assert.equal(zwo.fileName, `${original.id}.zwo`);
  assert.ok(zwo.losses.length > 0);
  const json = (await server.ask({ url: `/v1/classes/${original.id}/file?format=json` })).json();
  assert.deepEqual(JSON.parse(json.text), { format: "upbeat-class", version: 1, ...original });
  assert.deepEqual(json.losses, []);
  const other = await server.ask({ url: `/v1/classes/${original.id}/file?format=doc` });
  assert.equal(other.statusCode, 400);
});
