/** Grids made by people, as the app and others edit, export and import them. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { createFingerprintMeter } from "#analysis/fingerprint.ts";
import { normalRandom, seededRandom } from "#domain/seeded-random.ts";
import type { TrackProfile } from "#domain/track.ts";
import { GridFile } from "#protocol/grid-file.ts";
import type { AnalysedFile } from "#server/ports/analyser.ts";
import { createTestApp, demoTracks, type TestApp } from "#test/support/test-app.ts";

const sampleRate = 8000;
const durationS = 30;
const analysed = { beatsS: [0.5, 1, 1.5, 2], downbeatsS: [0.5] };
const tags = { title: "Song", artist: "Somebody", album: null, genre: null, year: null };

/** Noise whose level and colour change four times a second, drawn by a seed. */
function recording(seed: number): Float32Array {
  const random = seededRandom(seed);
  let [level, colour, last] = [0, 0, 0];
  return Float32Array.from({ length: durationS * sampleRate }, (_, i) => {
    if (i % (sampleRate / 4) === 0) [level, colour] = [0.05 + 0.3 * random(), 0.9 * random()];
    last = colour * last + level * normalRandom(random);
    return last;
  });
}

function fingerprintOf(samples: Float32Array): Uint8Array {
  const meter = createFingerprintMeter(sampleRate);
  meter.push([samples]);
  return meter.finish();
}

const profile: TrackProfile = {
  ...analysed,
  tempoBpm: 120,
  tempoConfidence: 0.5,
  confident: false,
  key: null,
  keyConfidence: 0,
  loudnessLufs: -14,
  truePeakDbtp: -1,
  energy: 0.5,
  durationS,
};
const found: AnalysedFile = {
  profile: { ...profile, beatsS: [7, 8, 9], downbeatsS: [] },
  sound: { audioHash: "song", fingerprint: fingerprintOf(recording(1)) },
  tags,
  cover: null,
};

let server: TestApp;
const song = recording(1);
const url = "/v1/tracks/song/beat-grid";

async function addTrack(to: TestApp, id: string, samples: Float32Array): Promise<void> {
  const track = { id, source: "library", taste: 0.5, hasCover: false, ...tags, profile } as const;
  await to.tracks.putTrack(track, {
    path: `/m/${id}`,
    sizeBytes: 1,
    modifiedMs: 0,
    outcome: { trackId: id },
  });
  await to.store.sounds.putSound(id, { audioHash: id, fingerprint: fingerprintOf(samples) });
}

before(async () => {
  server = await createTestApp({ analyse: async () => found });
  await addTrack(server, "song", song);
  await addTrack(server, "other", recording(2));
});
after(() => server.close());

const track = async () => (await server.ask({ url: "/v1/tracks/song" })).json();

describe("a grid of one's own", () => {
  test("is kept, shown everywhere, survives another analysis, and can be taken back", async () => {
    assert.deepEqual([(await track()).gridOrigin, (await track()).confident], ["analysed", false]);
    const own = { beatsS: [1, 1.4, 1.8, 2.2, 2.6], downbeatsS: [1, 2.6] };
    const kept = (await server.ask({ method: "PUT", url, payload: own })).json();
    assert.deepEqual([kept.beatsS, kept.downbeatsS, kept.gridOrigin], [own.beatsS, own.downbeatsS, "edited"]);
    assert.deepEqual([Math.round(kept.tempoBpm), kept.tempoConfidence, kept.confident], [150, 1, true]);
    assert.deepEqual(await track(), kept);
    const again = await server.ask({ method: "POST", url: "/v1/tracks/song/analysis" });
    assert.deepEqual(again.json(), { beatsS: [7, 8, 9], downbeatsS: [] });
    assert.deepEqual((await server.ask({ url: `${url}/analysed` })).json(), {
      beatsS: [7, 8, 9],
      downbeatsS: [],
    });
    assert.deepEqual(await track(), kept);
    assert.deepEqual((await server.ask({ url })).json(), own);
    const listed = (await server.ask({ url: "/v1/tracks?confident=false" })).json();
    assert.deepEqual(
      listed.items.map(({ id }: { id: string }) => id),
      ["other"],
    );
    const reverted = (await server.ask({ method: "DELETE", url })).json();
    assert.deepEqual([reverted.beatsS, reverted.gridOrigin], [[7, 8, 9], "analysed"]);
  });

  test("that cannot be one is refused in one line, and nothing is lost", async () => {
    const stateBefore = await track();
    const bad: [unknown, RegExp][] = [
      [{ beatsS: [1, 1.01], downbeatsS: [] }, /0\.1 s apart/],
      [{ beatsS: [1, 99], downbeatsS: [] }, /outside the track/],
      [{ beatsS: [1, 2], downbeatsS: [1.5] }, /none of its beats/],
      [{ beatsS: ["1"], downbeatsS: [] }, /beatsS/],
      [{ beatsS: [1, 2] }, /downbeatsS/],
      [[], /object/],
    ];
    for (const [payload, says] of bad) {
      const answer = await server.ask({ method: "PUT", url, payload: payload as object });
      assert.equal(answer.statusCode, 400);
      assert.match(answer.json().detail, says);
    }
    assert.deepEqual(await track(), stateBefore);
  });

  test("of no track is not found, of a composed track never analysed", async () => {
    for (const [method, path] of [
      ["PUT", ""],
      ["DELETE", ""],
      ["GET", "/analysed"],
      ["GET", "/file"],
    ] as const) {
      const payload = method === "PUT" ? { payload: analysed } : {};
      const answer = await server.ask({ method, url: `/v1/tracks/none/beat-grid${path}`, ...payload });
      assert.equal(answer.statusCode, 404, path);
    }
    const [demo] = demoTracks();
    assert.ok(demo);
    const file = { path: "/d", sizeBytes: 1, modifiedMs: 0, outcome: { trackId: demo.id } };
    await server.tracks.putTrack(demo, file);
    assert.equal(
      (await server.ask({ method: "POST", url: `/v1/tracks/${demo.id}/analysis` })).statusCode,
      409,
    );
    await server.tracks.removeFile("/d");
  });
});

describe("a grid file", () => {
  test("finds the recording in another library, and moves the grid to where the music lies", async () => {
    const own = { beatsS: [0.02, 5, 5.5, 6, 29.9], downbeatsS: [5] };
    await server.ask({ method: "PUT", url, payload: own });
    const answer = await server.ask({ url: `${url}/file` });
    assert.match(String(answer.headers["content-disposition"]), /Song\.beat-grid\.json/);
    const file = answer.json();
    assert.deepEqual([file.format, file.version, file.title], ["upbeat-beat-grid", 1, "Song"]);

    const other = await createTestApp();
    await addTrack(other, "unrelated", recording(3));
    const post = (payload: object) => other.ask({ method: "POST", url: "/v1/beat-grids", payload });
    const missing = await post(file);
    assert.equal(missing.statusCode, 404);
    assert.match(missing.json().detail, /No track of your library/);
    // The same music half as loud, 250 ms later, with noise.
    const noise = seededRandom(9);
    const lead = sampleRate / 4;
    const copy = Float32Array.from(
      { length: song.length },
      (_, i) => 0.5 * (song[i - lead] ?? 0) + 0.01 * noise(),
    );
    await addTrack(other, "copy", copy);
    const posted = await post(file);
    assert.equal(posted.statusCode, 200, posted.body);
    const imported = posted.json();
    assert.equal(imported.trackId, "copy");
    assert.ok(Math.abs(imported.offsetMs - 250) < 3, `${imported.offsetMs} ms`);
    const moved = (await other.ask({ url: "/v1/tracks/copy" })).json();
    assert.deepEqual([moved.gridOrigin, moved.beatsS.length, moved.downbeatsS.length], ["imported", 4, 1]);
    assert.ok(Math.abs(moved.beatsS[1] - 5.25) < 0.003);
    await other.ask({ method: "PUT", url: "/v1/tracks/copy/beat-grid", payload: own });
    const refused = await post(file);
    assert.equal(refused.statusCode, 409);
    assert.match(refused.json().detail, /edited by hand/);
    await other.close();
  });

  test("that is hostile, damaged or none gets one clear error and changes nothing", async () => {
    const file = (await server.ask({ url: `${url}/file` })).json();
    const state = await track();
    const bad: [unknown, number, RegExp][] = [
      ["{", 400, /JSON/],
      ["[".repeat(100_000), 400, /JSON/],
      [`${"[".repeat(50_000)}${"]".repeat(50_000)}`, 400, /not a beat grid/],
      [JSON.stringify({ ...file, padding: "x".repeat(3e6) }), 413, /large/],
      [{}, 400, /not a beat grid/],
      [{ ...file, version: 2 }, 400, /version 1/],
      [{ ...file, durationS: -1 }, 400, /durationS/],
      [{ ...file, beatsS: Array.from({ length: 80_000 }, (_, i) => i) }, 400, /beatsS/],
      [{ ...file, beatsS: [2, 1], downbeatsS: [] }, 400, /ascend/],
      [{ ...file, fingerprint: { ...file.fingerprint, data: "?" } }, 400, /fingerprint/],
      [{ ...file, fingerprint: { ...file.fingerprint, algorithm: "other" } }, 400, /does not know/],
      [{ ...file, fingerprint: { ...file.fingerprint, data: "" } }, 404, /No track/],
    ];
    for (const [payload, status, says] of bad) {
      const answer = await server.ask({
        method: "POST",
        url: "/v1/beat-grids",
        headers: { "content-type": "application/json" },
        payload: typeof payload === "string" ? payload : JSON.stringify(payload),
      });
      assert.equal(answer.statusCode, status, JSON.stringify(payload).slice(0, 80));
      assert.match(answer.json().detail, says);
      assert.doesNotMatch(answer.json().detail, /\n/);
    }
    assert.deepEqual(await track(), state);
  });

  test("of any JSON at all is answered", async () => {
    const file = (await server.ask({ url: `${url}/file` })).json();
    const parts = Object.fromEntries(
      Object.entries(file).map(([name, value]) => [name, fc.oneof(fc.constant(value), fc.jsonValue())]),
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), fc.record(parts)), async (payload) => {
        const answer = await server.ask({
          method: "POST",
          url: "/v1/beat-grids",
          headers: { "content-type": "application/json" },
          payload: JSON.stringify(payload),
        });
        assert.ok(answer.statusCode < 500, `${answer.statusCode} ${answer.body}`);
      }),
      { numRuns: 60 },
    );
  });

  test("has the schema that is published", () => {
    const published = JSON.parse(readFileSync("docs/beat-grid.schema.json", "utf8")) as object;
    assert.deepEqual(published, {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      ...(JSON.parse(JSON.stringify(GridFile)) as object),
    });
  });
});
