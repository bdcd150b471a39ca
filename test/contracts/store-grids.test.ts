/** What every adapter of the store does with grids made by people and with sounds. */
import assert from "node:assert/strict";
import { describe } from "node:test";
import { StoreError } from "#server/ports/store.ts";
import { allPages, everyStore, fileOf, track } from "#test/support/every-store.ts";

for (const { name, use } of everyStore()) {
  describe(`the ${name} store`, () => {
    use("shows the grid a person keeps in place of the analysed one, whatever is scanned", async (store) => {
      const { tracks, grids } = store;
      assert.equal(await grids.gridsOf("t1"), null);
      await tracks.putTrack(track("t1"), fileOf("/m/a", "t1"));
      const analysed = { beatsS: track("t1").profile.beatsS, downbeatsS: [0.1] };
      assert.deepEqual(await grids.gridsOf("t1"), { analysed, kept: null });
      const kept = { origin: "edited", beatsS: [1, 1.5, 2, 2.5, 1e-300 + 3], downbeatsS: [1, 3] } as const;
      await grids.putGrid("t1", kept);
      const shown = {
        ...track("t1").profile,
        tempoBpm: 120,
        tempoConfidence: 1,
        beatsS: kept.beatsS,
        downbeatsS: kept.downbeatsS,
      };
      const expected = { ...track("t1"), gridOrigin: "edited", profile: shown };
      // Another scan, with another analysis, of the same and of a second file.
      const other = track("t1", { profile: { ...track("t1").profile, beatsS: [7, 8], confident: false } });
      await tracks.putTrack(other, fileOf("/m/a", "t1"));
      await tracks.putTrack({ ...other, gridOrigin: "edited" }, fileOf("/m/b", "t1"));
      assert.deepEqual(await tracks.getTrack("t1"), expected);
      assert.deepEqual(await tracks.allTracks(), [expected]);
      assert.deepEqual((await tracks.listTracks({ limit: 5, cursor: null })).items, [expected]);
      assert.deepEqual(await grids.gridsOf("t1"), { analysed: { beatsS: [7, 8], downbeatsS: [0.1] }, kept });
      await grids.putGrid("t1", { ...kept, origin: "imported" });
      assert.equal((await tracks.getTrack("t1"))?.gridOrigin, "imported");
      await tracks.removeFile("/m/a");
      await tracks.removeFile("/m/b");
      assert.equal(await grids.gridsOf("t1"), null);
      await tracks.putTrack(track("t1"), fileOf("/m/a", "t1"));
      assert.deepEqual((await tracks.getTrack("t1"))?.profile, shown, "the grid outlives its file");
      await grids.removeGrid("t1");
      assert.deepEqual(await tracks.getTrack("t1"), track("t1"));
    });

    use("lists sure and unsure grids apart", async ({ tracks, grids }) => {
      for (const id of ["t1", "t2", "t3", "t4"]) {
        const profile = { ...track(id).profile, confident: id === "t1" };
        await tracks.putTrack(track(id, { profile }), fileOf(`/m/${id}`, id));
      }
      await grids.putGrid("t2", { origin: "edited", beatsS: [0, 1], downbeatsS: [] });
      await grids.putGrid("t1", { origin: "edited", beatsS: [], downbeatsS: [] });
      const listed = async (confident: boolean) =>
        (await allPages((cursor) => tracks.listTracks({ limit: 1, cursor, confident }))).map(({ id }) => id);
      assert.deepEqual(await listed(true), ["t2"]);
      assert.deepEqual(await listed(false), ["t1", "t3", "t4"]);
    });

    use("knows tracks by their sound", async ({ tracks, sounds }) => {
      const sound = { audioHash: "aa", fingerprint: Uint8Array.of(1, 2, 255) };
      await assert.rejects(sounds.putSound("t1", sound), StoreError);
      await tracks.putTrack(track("t1"), fileOf("/m/a", "t1"));
      await tracks.putTrack(track("d1", { source: "demo" }), fileOf("/d/a", "d1"));
      assert.equal(await sounds.getSound("t1"), null);
      assert.deepEqual(await sounds.tracksWithoutSound(), ["t1"]);
      await sounds.putSound("t1", { ...sound, audioHash: "older" });
      await sounds.putSound("t1", sound);
      assert.deepEqual(await sounds.tracksWithoutSound(), []);
      assert.deepEqual(await sounds.getSound("t1"), sound);
      assert.equal(await sounds.trackWithAudio("aa"), "t1");
      assert.equal(await sounds.trackWithAudio("older"), null);
      const known = { trackId: "t1", durationS: 181.25, fingerprint: sound.fingerprint };
      assert.deepEqual(await sounds.soundsLasting(181, 182), [known]);
      assert.deepEqual(await sounds.soundsLasting(182, 200), []);
      await tracks.removeFile("/m/a");
      assert.equal(await sounds.trackWithAudio("aa"), null);
    });
  });
}
