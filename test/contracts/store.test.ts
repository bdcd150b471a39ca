/** One contract for every adapter of the store. */
import assert from "node:assert/strict";
import { describe } from "node:test";
import { auditHash } from "#server/adapters/audit-hash.ts";
import type { LibraryFile } from "#server/ports/store.ts";
import { allPages, everyStore, fileOf, track } from "#test/support/every-store.ts";

const noPassword = { passwordHash: null, asksPasskey: false } as const;

function failed(path: string): LibraryFile {
  return { path, sizeBytes: 0, modifiedMs: 1, outcome: { reason: "The file is empty." } };
}

for (const { name, use } of everyStore()) {
  describe(`the ${name} store`, () => {
    use("gives a track back exactly as it was put", async ({ tracks }) => {
      const put = track("t1");
      await tracks.putTrack(put, fileOf("/m/a.flac", "t1"));
      assert.deepEqual(await tracks.getTrack("t1"), put);
      assert.deepEqual(await tracks.allTracks(), [put]);
      assert.deepEqual(await tracks.getFile("/m/a.flac"), fileOf("/m/a.flac", "t1"));
      assert.equal(await tracks.audioPath("t1"), "/m/a.flac");
      assert.equal(await tracks.getTrack("nothing"), null);
      assert.equal(await tracks.audioPath("nothing"), null);
      assert.equal(await tracks.getFile("/nothing"), null);
    });

    use("keeps a cover with its track, once", async ({ tracks }) => {
      const cover = { mimeType: "image/png", bytes: Uint8Array.of(1, 2, 3) };
      await tracks.putTrack(track("t1"), fileOf("/m/a", "t1"), cover);
      await tracks.putTrack(track("t2"), fileOf("/m/b", "t2"), cover);
      assert.equal((await tracks.getTrack("t1"))?.hasCover, true);
      await tracks.removeFile("/m/a");
      assert.equal(await tracks.getCover("t1"), null);
      const kept = await tracks.getCover("t2");
      assert.equal(kept?.mimeType, "image/png");
      assert.deepEqual([...(kept?.bytes ?? [])], [1, 2, 3]);
      await tracks.putTrack(track("t2"), fileOf("/m/b", "t2"), null);
      assert.equal(await tracks.getCover("t2"), null);
      assert.equal((await tracks.getTrack("t2"))?.hasCover, false);
    });

    use("replaces a track that is analysed again", async ({ tracks }) => {
      await tracks.putTrack(track("t1"), fileOf("/m/a", "t1"));
      await tracks.putTrack(track("t1", { title: "Renamed" }), fileOf("/m/a", "t1"));
      assert.deepEqual(await tracks.allTracks(), [track("t1", { title: "Renamed" })]);
      assert.deepEqual(await tracks.trackNames(), [
        { id: "t1", title: "Renamed", artist: "Somebody", tempoBpm: 127.99 },
      ]);
    });

    use("forgets a track with its last file", async ({ tracks }) => {
      await tracks.putTrack(track("t1"), fileOf("/m/b", "t1"));
      await tracks.putTrack(track("t1"), fileOf("/m/a", "t1"));
      assert.equal(await tracks.audioPath("t1"), "/m/a");
      await tracks.removeFile("/m/a");
      assert.equal(await tracks.audioPath("t1"), "/m/b");
      await tracks.putFailure(failed("/m/b"));
      assert.equal(await tracks.getTrack("t1"), null);
      assert.deepEqual(await tracks.failures(), [failed("/m/b")]);
      assert.deepEqual(await tracks.allFiles(), [failed("/m/b")]);
      await tracks.putTrack(track("t2"), fileOf("/m/b", "t2"));
      assert.deepEqual(await tracks.failures(), []);
      await tracks.putTrack(track("t3"), fileOf("/m/b", "t3"));
      assert.equal(await tracks.getTrack("t2"), null, "a file whose content changed leaves its old track");
    });

    use("lists tracks by artist and title in pages", async ({ tracks }) => {
      const names = ["b", "A", "ä", "\u{1f3b5}", "｡", "aa", "Z", "a"];
      for (const [index, artist] of names.entries()) {
        await tracks.putTrack(track(`t${index}`, { artist, title: "x" }), fileOf(`/m/${index}`, `t${index}`));
      }
      const listed = await allPages((cursor) => tracks.listTracks({ limit: 3, cursor }));
      const bytes = (text: string): Buffer => Buffer.from(text.toLowerCase());
      const expected = names
        .map((artist, index) => ({ artist, id: `t${index}` }))
        .sort(
          (one, two) => Buffer.compare(bytes(one.artist), bytes(two.artist)) || (one.id < two.id ? -1 : 1),
        );
      assert.deepEqual(
        listed.map(({ artist, id }) => ({ artist, id })),
        expected,
      );
      assert.equal((await tracks.listTracks({ limit: names.length, cursor: null })).nextCursor, null);
      assert.deepEqual(await tracks.countTracks(), { demo: 0, library: names.length });
    });

    use("knows people and their sessions", async ({ people }) => {
      assert.equal(await people.owner(), null);
      const owner = { id: "p1", name: "Owner", role: "owner", ...noPassword } as const;
      await people.putPerson(owner);
      await people.putPerson({ ...owner, passwordHash: "hash" });
      await people.putPerson({ id: "p0", name: "Member", role: "member", ...noPassword });
      assert.deepEqual(await people.owner(), { ...owner, passwordHash: "hash" });
      assert.equal((await people.getPerson("p0"))?.name, "Member");
      const times = { createdAtMs: 1_800_000_000_000, lastUsedAtMs: 1_800_000_000_001 };
      const session = {
        tokenHash: "h1",
        personId: "p1",
        device: "Some browser",
        ...times,
        expiresAtMs: 1_900_000_000_000,
      };
      await people.putSession(session);
      await people.putSession({ ...session, tokenHash: "h2" });
      await people.putSession({ ...session, tokenHash: "h3", personId: "p0" });
      assert.deepEqual(await people.getSession("h1"), session);
      await people.putSession({ ...session, lastUsedAtMs: 1_800_000_000_009 });
      const hashes = (await people.sessionsOf("p1")).map(({ tokenHash, lastUsedAtMs }) => [
        tokenHash,
        lastUsedAtMs,
      ]);
      assert.deepEqual(
        hashes.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
        [
          ["h1", 1_800_000_000_009],
          ["h2", 1_800_000_000_001],
        ],
      );
      await people.removeSession("h1");
      assert.equal(await people.getSession("h1"), null);
      await people.removeSessionsOf("p1");
      assert.equal(await people.getSession("h2"), null);
      assert.notEqual(await people.getSession("h3"), null);
      await people.putSession({
        ...session,
        tokenHash: "h4",
        personId: "p0",
        expiresAtMs: 1_900_000_000_001,
      });
      await people.removeExpiredSessions(1_900_000_000_000);
      assert.equal(await people.getSession("h3"), null);
      assert.notEqual(await people.getSession("h4"), null);
    });

    use("knows everybody, their browsers, and takes an invitation once", async ({ people }) => {
      for (const [id, role] of [
        ["p2", "member"],
        ["p1", "owner"],
      ] as const) {
        await people.putPerson({ id, name: id, role, ...noPassword });
      }
      assert.deepEqual(
        (await people.everybody()).map(({ id }) => id),
        ["p1", "p2"],
      );
      await people.putDevice("p1", "d");
      await people.putDevice("p1", "d");
      assert.equal(await people.isDeviceOf("p1", "d"), true);
      assert.equal(await people.isDeviceOf("p2", "d"), false);
      const invitation = { id: "i", tokenHash: "t", name: "Kim", expiresAtMs: 1_900_000_000_000 };
      await people.putInvitation(invitation);
      assert.deepEqual(await people.invitations(), [invitation]);
      const taken = await Promise.all([people.takeInvitation("t"), people.takeInvitation("t")]);
      assert.deepEqual(taken, [invitation, null]);
      assert.deepEqual(await people.invitations(), []);
    });

    use("keeps workouts per person, newest first", async ({ workouts }) => {
      const sealed = Uint8Array.of(9, 8, 7);
      for (const id of ["w2", "w1", "w3"]) {
        await workouts.putWorkout({ personId: "p", workoutId: id, finished: false, sealed });
      }
      await workouts.putWorkout({ personId: "q", workoutId: "w1", finished: false, sealed });
      await workouts.putWorkout({ personId: "p", workoutId: "w1", finished: true, sealed: Uint8Array.of(1) });
      const listed = await allPages((cursor) => workouts.listWorkouts("p", { limit: 2, cursor }));
      assert.deepEqual(
        listed.map((workout) => [workout.workoutId, workout.finished, ...workout.sealed]),
        [
          ["w3", false, 9, 8, 7],
          ["w2", false, 9, 8, 7],
          ["w1", true, 1],
        ],
      );
      assert.equal((await workouts.getWorkout("q", "w1"))?.finished, false);
      assert.equal(await workouts.getWorkout("q", "w2"), null);
    });

    use("keeps the first of two chunks with one number", async ({ workouts }) => {
      const chunk = { personId: "p", workoutId: "w", sealed: Uint8Array.of(1), sequence: 1 };
      await workouts.putChunk(chunk);
      await workouts.putChunk({ ...chunk, sequence: 0, sealed: Uint8Array.of(0) });
      await workouts.putChunk({ ...chunk, sealed: Uint8Array.of(2) });
      await workouts.putChunk({ ...chunk, personId: "q" });
      const kept = await workouts.chunks("p", "w");
      assert.deepEqual(
        kept.map((one) => [one.sequence, ...one.sealed]),
        [
          [0, 0],
          [1, 1],
        ],
      );
      await workouts.putWorkout({ personId: "p", workoutId: "w", finished: true, sealed: chunk.sealed });
      await workouts.removeWorkout("p", "w");
      assert.deepEqual(await workouts.chunks("p", "w"), []);
      assert.equal(await workouts.getWorkout("p", "w"), null);
      assert.equal((await workouts.chunks("q", "w")).length, 1);
    });

    use("lets a series go and keeps its workout", async ({ workouts }) => {
      const sealed = Uint8Array.of(1);
      await workouts.putWorkout({ personId: "p", workoutId: "w", finished: true, sealed });
      await workouts.putChunk({ personId: "p", workoutId: "w", sealed, sequence: 0 });
      await workouts.putChunk({ personId: "q", workoutId: "w", sealed, sequence: 0 });
      assert.deepEqual(await workouts.workoutsWithChunks("p"), ["w"]);
      await workouts.removeChunks("p", "w");
      assert.deepEqual(await workouts.workoutsWithChunks("p"), []);
      assert.deepEqual(await workouts.workoutsWithChunks("q"), ["w"]);
      assert.deepEqual(await workouts.chunks("p", "w"), []);
      assert.equal((await workouts.getWorkout("p", "w"))?.finished, true);
      assert.equal((await workouts.chunks("q", "w")).length, 1);
    });

    use("adds to each person's ledger of consent, in order", async ({ consents }) => {
      const line = {
        purpose: "recommend",
        granted: true,
        atMs: 1_790_000_000_000,
        wordingVersion: 3,
      } as const;
      assert.deepEqual(await consents.consentsOf("p"), []);
      assert.deepEqual(await consents.appendConsent("p", line), { ...line, sequence: 0 });
      await consents.appendConsent("q", { ...line, purpose: "share:coach" });
      const [second, third] = await Promise.all([
        consents.appendConsent("p", { ...line, granted: false }),
        consents.appendConsent("p", line),
      ]);
      assert.deepEqual(
        [second.sequence, third.sequence].toSorted((a, b) => a - b),
        [1, 2],
      );
      const ledger = await consents.consentsOf("p");
      assert.deepEqual(
        ledger.map(({ sequence }) => sequence),
        [0, 1, 2],
      );
      assert.equal((await consents.consentsOf("q"))[0]?.purpose, "share:coach");
    });

    use("keeps the first of two data keys with one generation, and wraps it anew", async ({ dataKeys }) => {
      const key = { personId: "p", category: "series", generation: 0, wrapped: Uint8Array.of(1) };
      await dataKeys.addDataKey(key);
      const second = await dataKeys.addDataKey({ ...key, wrapped: Uint8Array.of(2) });
      assert.deepEqual([...second.wrapped], [1]);
      await dataKeys.addDataKey({ ...key, generation: 1, wrapped: Uint8Array.of(3) });
      await dataKeys.addDataKey({ ...key, category: "athlete", wrapped: Uint8Array.of(4) });
      await dataKeys.addDataKey({ ...key, personId: "q" });
      await dataKeys.rewrapDataKey({ ...key, wrapped: Uint8Array.of(5) });
      await dataKeys.rewrapDataKey({ ...key, generation: 9, wrapped: Uint8Array.of(6) });
      const kept = await dataKeys.dataKeysOf("p");
      assert.deepEqual(
        kept.map(({ category, generation, wrapped }) => [category, generation, ...wrapped]),
        [
          ["athlete", 0, 4],
          ["series", 0, 5],
          ["series", 1, 3],
        ],
      );
    });

    use("chains each person's audit trail", async ({ audit }) => {
      const line = { atMs: 1_790_000_000_000, purpose: "share:coach", category: "series" } as const;
      const [one, two] = await Promise.all([audit.appendAudit("p", line), audit.appendAudit("p", line)]);
      await audit.appendAudit("q", line);
      assert.deepEqual([one.sequence, two.sequence], [0, 1]);
      assert.equal(one.hash, auditHash("", "p", { ...line, sequence: 0 }));
      assert.equal(two.hash, auditHash(one.hash, "p", { ...line, sequence: 1 }));
      assert.deepEqual(await audit.auditOf("p"), [one, two]);
      assert.deepEqual(await audit.auditBefore("p", Number.MAX_SAFE_INTEGER, 5), [two, one]);
      assert.deepEqual(await audit.auditBefore("p", two.sequence, 5), [one]);
      assert.deepEqual(await audit.auditBefore("p", Number.MAX_SAFE_INTEGER, 1), [two]);
      assert.notEqual((await audit.auditOf("q"))[0]?.hash, one.hash, "a chain belongs to its person");
    });

    use("erases every row of one person and nothing of another", async (store) => {
      const { people, workouts, athletes, consents, dataKeys, audit, erasure } = store;
      const sealed = Uint8Array.of(1);
      const bareSession = { device: "", createdAtMs: 1, lastUsedAtMs: 1, expiresAtMs: 9 };
      const line = { purpose: "train", granted: true, atMs: 1, wordingVersion: 1 } as const;
      for (const id of ["p", "q"]) {
        await people.putPerson({ id, name: id, role: id === "p" ? "owner" : "member", ...noPassword });
        await people.putSession({ tokenHash: id, personId: id, ...bareSession });
        await workouts.putWorkout({ personId: id, workoutId: "w", finished: true, sealed });
        await workouts.putChunk({ personId: id, workoutId: "w", sealed, sequence: 0 });
        await athletes.putAthlete(id, sealed);
        await consents.appendConsent(id, line);
        await dataKeys.addDataKey({ personId: id, category: "c", generation: 0, wrapped: sealed });
        await audit.appendAudit(id, { atMs: 1, purpose: "own", category: "everything" });
      }
      const counts = async (id: string) => [
        (await people.getSession(id)) === null ? 0 : 1,
        (await workouts.listWorkouts(id, { limit: 9, cursor: null })).items.length,
        (await workouts.chunks(id, "w")).length,
        (await athletes.getAthlete(id))?.length ?? 0,
        (await consents.consentsOf(id)).length,
        (await dataKeys.dataKeysOf(id)).length,
        (await audit.auditOf(id)).length,
      ];
      assert.deepEqual(await counts("p"), [1, 1, 1, 1, 1, 1, 1]);
      await erasure.eraseRowsOf("p");
      assert.deepEqual(await counts("p"), [0, 0, 0, 0, 0, 0, 0]);
      assert.deepEqual(await counts("q"), [1, 1, 1, 1, 1, 1, 1]);
      for (const id of ["p", "q"]) await people.removeMember(id);
      assert.equal((await people.getPerson("p"))?.role, "owner", "the owner stays");
      assert.equal(await people.getPerson("q"), null);
      assert.equal(await people.getSession("q"), null);
    });

    use("keeps settings and athletes", async ({ settings, athletes }) => {
      assert.equal(await settings.getSetting("folders"), null);
      await settings.putSetting("folders", ["/a", "/b"]);
      await settings.putSetting("folders", ["/a"]);
      assert.deepEqual(await settings.getSetting("folders"), ["/a"]);
      assert.equal(await athletes.getAthlete("p"), null);
      await athletes.putAthlete("p", Uint8Array.of(4, 5));
      assert.deepEqual([...((await athletes.getAthlete("p")) ?? [])], [4, 5]);
    });
  });
}
