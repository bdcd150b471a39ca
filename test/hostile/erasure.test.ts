/** What a thief of the disk finds, with everything that is left: the folder without the keystore, and after an erasure. */
import assert from "node:assert/strict";
import { createDecipheriv } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { classById } from "#domain/catalogue/index.ts";
import { runUpbeat, startServerProcess, type ServerProcess } from "#test/support/server-process.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-erasure-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const id = "0199b3a0-0000-7000-8000-000000000001";
const title = "Quiet marzipan hour";
const head = {
  classId: "private-class",
  classTitle: title,
  sport: "cycling",
  startedAtMs: 1_790_000_000_000,
  mode: "auto",
  source: "sensors",
};
/** A class of one's own: its id holds its title, as the editor makes it. */
const ownTitle = "Zitronenmelisse nach Feierabend";
const ownClassId = "own-zitronenmelisse-nach-feierabend-4f2a";
const ownClass = {
  ...classById("cycling-norwegian-4x4-40"),
  id: ownClassId,
  title: ownTitle,
  description: "Ein Geheimnis unter der Linde",
};
const ownId = "0199b3a1-0000-7000-8000-000000000002";
const history = JSON.stringify({
  listened_at: 1_700_000_000,
  track_metadata: { artist_name: "Chor der Vergessenen", track_name: "Lied ohne Ufer" },
});
const trackPlays = [
  { trackId: "t", title: "Zweifel am Waldrand", artist: "Somebody", startS: 0, endS: 60, skipped: false },
];
const athlete = {
  ftpW: 251,
  maxHeartRateBpm: 187,
  restingHeartRateBpm: 49,
  weightKg: 71.25,
  birthYear: 1983,
  sex: null,
  units: "metric",
};
/** Words, and numbers as JSON writes them, that only ever stood in what is sealed. */
const secrets = [
  title,
  "private-class",
  "Zweifel am Waldrand",
  "Kapelle Nirgendwo",
  "kapelle nirgendwo",
  "71.25",
  '"ftpW"',
  "heartRateBpm",
  "classTitle",
  ownTitle,
  "zitronenmelisse",
  "Ein Geheimnis unter der Linde",
  "Chor der Vergessenen",
  "chor der vergessenen",
  "Lied ohne Ufer",
  "verträumte Suche im Herbst",
  "vertr%C3%A4umte",
];

function rows() {
  return Array.from({ length: 60 }, (_, tS) => {
    return {
      tS,
      cadence: 91,
      powerW: 217,
      heartRateBpm: 143,
      speedMps: null,
      tempoBpm: 182,
      phaseErrorMs: null,
    };
  });
}

async function put(server: ServerProcess, path: string, body: object): Promise<void> {
  const answer = await server.fetch(path, { method: "PUT", body });
  assert.ok(answer.ok, `${path}: ${answer.status}`);
}

async function ride(server: ServerProcess): Promise<void> {
  await put(server, "/v1/athlete", athlete);
  await put(server, "/v1/taste/artists", { artist: "Kapelle Nirgendwo", word: "more" });
  await put(server, `/v1/classes/${ownClassId}`, ownClass);
  await put(server, `/v1/workouts/${ownId}`, { ...head, classId: ownClassId, classTitle: ownTitle });
  const search = new URLSearchParams({ query: "verträumte Suche im Herbst" });
  assert.equal((await server.fetch(`/v1/classes?${search.toString()}`)).status, 200);
  const imported = await server.fetch("/v1/taste/imports", {
    method: "POST",
    body: { name: "listens.jsonl", text: history },
  });
  assert.ok(imported.ok, await imported.text());
  await put(server, `/v1/workouts/${id}`, head);
  await put(server, `/v1/workouts/${id}/chunks/0`, { rows: rows() });
  await put(server, `/v1/workouts/${id}/end`, {
    durationS: 60,
    reason: "ended-early",
    trackPlays,
    blockPasses: [],
    distrustS: 0,
    chunks: 1,
  });
}

/** Every file under a folder, with its bytes. */
function filesIn(path: string): { name: string; bytes: Buffer }[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const name = join(entry.parentPath, entry.name);
      return { name, bytes: readFileSync(name) };
    });
}

function plaintextIn(files: readonly { name: string; bytes: Buffer }[]): string[] {
  return files.flatMap(({ name, bytes }) =>
    secrets
      .flatMap((secret) => [Buffer.from(secret, "utf8"), Buffer.from(secret, "utf16le")])
      .filter((secret) => bytes.includes(secret))
      .map((secret) => `${name}: ${secret.toString()}`),
  );
}

/** Every sealed or wrapped value of a database, with the associated data it could have been sealed under. */
function sealedValues(path: string): { bytes: Uint8Array; aads: Buffer[] }[] {
  const db = new DatabaseSync(path, { readOnly: true });
  const all = (sql: string) => db.prepare(sql).all() as Record<string, string | number | Uint8Array>[];
  const aad = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts));
  const values = [
    ...all("SELECT * FROM data_key").map(({ person_id, category, generation, wrapped }) => {
      const label = JSON.stringify([category, generation]);
      return { bytes: wrapped as Uint8Array, aads: [aad("upbeat-key", person_id, label)] };
    }),
    ...all(
      "SELECT person_id, id AS row, 'workout' AS category, sealed FROM workout UNION ALL SELECT person_id, workout_id || '/' || sequence, 'series', sealed FROM workout_chunk UNION ALL SELECT person_id, person_id, 'athlete', sealed FROM athlete UNION ALL SELECT person_id, id, 'taste', sealed FROM taste UNION ALL SELECT person_id, id, 'own-class', sealed FROM own_class",
    ).map(({ person_id, row, category, sealed }) => {
      return {
        bytes: (sealed as Uint8Array).subarray(5),
        aads: [aad("upbeat", 2, person_id, category, row, 0)],
      };
    }),
  ];
  db.close();
  return values;
}

function opens(key: Uint8Array, { bytes, aads }: { bytes: Uint8Array; aads: Buffer[] }): Buffer | null {
  for (const aad of aads) {
    try {
      const opening = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12));
      opening.setAAD(aad);
      opening.setAuthTag(bytes.subarray(-16));
      return Buffer.concat([opening.update(bytes.subarray(12, -16)), opening.final()]);
    } catch {
      // another key, then
    }
  }
  return null;
}

/** How many sealed values open with any 32 bytes of the given files as a key, and with what opens in turn. */
function opened(
  values: readonly { bytes: Uint8Array; aads: Buffer[] }[],
  files: readonly { bytes: Buffer }[],
): number {
  const tried = new Set<string>();
  let keys = files.flatMap(({ bytes }) =>
    Array.from({ length: Math.max(0, bytes.byteLength - 31) }, (_, at) => bytes.subarray(at, at + 32)),
  );
  let count = 0;
  while (keys.length > 0) {
    const found: Buffer[] = [];
    for (const key of keys) {
      const name = key.toString("hex");
      if (tried.has(name)) continue;
      tried.add(name);
      for (const value of values) {
        const plain = opens(key, value);
        if (plain === null) continue;
        count += 1;
        if (plain.byteLength === 32) found.push(plain);
      }
    }
    keys = found;
  }
  return count;
}

test(
  "a stolen folder tells nothing, and an erased person's data opens with nothing that is left",
  { timeout: 240_000 },
  async () => {
    const own = join(folder, "own");
    const data = join(own, "data");
    const keysDir = join(own, "keys");
    const server = await startServerProcess(own);
    await ride(server);
    const backup = join(folder, "before.upbeat");
    assert.equal((await runUpbeat(["backup", backup, "--data", data])).code, 0);

    // Stolen: database, write-ahead log, lock and backup, as they lie on the disk while the server runs.
    cpSync(data, join(folder, "stolen"), { recursive: true });
    const stolen = [...filesIn(join(folder, "stolen")), { name: backup, bytes: readFileSync(backup) }];
    assert.ok(
      stolen.some(({ name }) => name.endsWith("-wal")),
      "the log is there too",
    );
    assert.deepEqual(plaintextIn(stolen), []);
    const values = sealedValues(backup);
    assert.ok(values.length >= 12, `${values.length} sealed values`);
    const small = stolen.filter(({ bytes }) => bytes.byteLength < 10_000);
    assert.equal(opened(values, small), 0, "no key lies with the data");
    assert.ok(
      opened(values, filesIn(keysDir)) >= values.length,
      "with the keystore all of it opens: the search works",
    );

    const kit = await runUpbeat(["keys", "kit", "--keys", keysDir]);
    const recovered = join(folder, "recovered");
    const back = await runUpbeat(["keys", "restore", "--keys", join(recovered, "keys")], kit.stdout);
    assert.equal(back.code, 0, back.stderr);
    assert.ok(
      opened(values, filesIn(join(recovered, "keys"))) >= values.length,
      "a printed kit opens all of it",
    );

    const erased = await server.fetch("/v1/erasure", { method: "POST", body: { when: "now" } });
    assert.equal(erased.status, 200);
    assert.equal((await server.fetch("/v1/session")).status, 401, "signed out");
    const afterwards = join(folder, "after.upbeat");
    assert.equal((await runUpbeat(["backup", afterwards, "--data", data])).code, 0);
    assert.equal(await server.stop("SIGTERM"), 0);

    const left = [
      ...filesIn(own).filter(({ name }) => !name.endsWith(".wav")),
      { name: backup, bytes: readFileSync(backup) },
      { name: afterwards, bytes: readFileSync(afterwards) },
      { name: "log", bytes: Buffer.from(server.log()) },
    ];
    assert.deepEqual(plaintextIn(left), []);
    assert.deepEqual(sealedValues(afterwards), [], "no row of theirs is left");
    const keyMaterial = left.filter(
      ({ name, bytes }) => name.startsWith(keysDir) || bytes.byteLength < 10_000,
    );
    assert.equal(opened(values, keyMaterial), 0, "the old backup opens with nothing that is left");

    const restored = join(folder, "restored");
    assert.equal((await runUpbeat(["restore", backup, "--data", join(restored, "data")])).code, 0);
    cpSync(keysDir, join(restored, "keys"), { recursive: true });
    const again = await startServerProcess(restored);
    const workout = (await (await again.fetch(`/v1/workouts/${id}`)).json()) as { classTitle: string };
    assert.equal(workout.classTitle, "Sealed workout");
    const mine = (await (await again.fetch("/v1/classes?own=true")).json()) as { items: unknown[] };
    assert.deepEqual(mine.items, [], "own classes open no more, and hold nothing up");
    assert.notEqual((await again.fetch(`/v1/workouts/${id}/series`)).status, 200);
    assert.equal(await again.stop("SIGTERM"), 0);
  },
);
