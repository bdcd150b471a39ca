/** The server as a process: refusals before it starts, kills while it works, the way it stops. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import {
  runUpbeat,
  serveArgs,
  startServerProcess,
  type ServerProcess,
} from "#test/support/server-process.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-process-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const id = "0199b3a0-0000-7000-8000-000000000001";
const head = {
  classId: "any",
  classTitle: "Any",
  sport: "cycling",
  startedAtMs: 1_790_000_000_000,
  mode: "auto",
  source: "sensors",
};

function rowAt(tS: number) {
  const unknown = { speedMps: null, tempoBpm: null, phaseErrorMs: null };
  return { tS, cadence: 90, powerW: 100 + (tS % 100), heartRateBpm: 140, ...unknown };
}

/** Uploads chunk after chunk, two at a time, until the server is gone; answers the acknowledged ones. */
async function uploadUntilGone(server: ServerProcess, first: number, kill: number): Promise<number[]> {
  const acknowledged: number[] = [];
  let next = first;
  const upload = async (): Promise<void> => {
    for (;;) {
      const sequence = next;
      next += 1;
      const body = { rows: [rowAt(sequence)] };
      const answer = await server.fetch(`/v1/workouts/${id}/chunks/${sequence}`, { method: "PUT", body });
      assert.equal(answer.status, 204);
      acknowledged.push(sequence);
      if (acknowledged.length === kill) server.child.kill("SIGKILL");
    }
  };
  await Promise.allSettled([upload(), upload()]);
  return acknowledged;
}

test(
  "a server killed in the middle of a workout has lost nothing it acknowledged",
  { timeout: 120_000 },
  async () => {
    const own = join(folder, "killed");
    const acknowledged: number[] = [];
    for (const [round, kill] of [3, 17, 8].entries()) {
      const server = await startServerProcess(own);
      const begun = await server.fetch(`/v1/workouts/${id}`, { method: "PUT", body: head });
      assert.equal(begun.status, 200);
      acknowledged.push(...(await uploadUntilGone(server, round * 1000, kill)));
    }
    assert.ok(acknowledged.length >= 3 + 17 + 8);
    const server = await startServerProcess(own);
    const series = (await (await server.fetch(`/v1/workouts/${id}/series`)).json()) as { rows: unknown[] };
    for (const tS of acknowledged) {
      assert.ok(
        series.rows.some((row) => JSON.stringify(row) === JSON.stringify(rowAt(tS))),
        `second ${tS} is lost`,
      );
    }
    assert.equal(await server.stop("SIGTERM"), 0);
  },
);

describe("a running server", () => {
  test(
    "refuses a second one on its folder, backs up while it runs, and stops cleanly",
    { timeout: 120_000 },
    async () => {
      const own = join(folder, "running");
      const server = await startServerProcess(own);
      const second = await runUpbeat(serveArgs(own));
      assert.equal(second.code, 1);
      assert.match(
        second.stderr,
        new RegExp(`^upbeat: .* is in use by process ${server.pid} \\(${server.address}\\)`),
      );
      assert.equal(second.stderr.trim().split("\n").length, 1);

      await server.fetch(`/v1/workouts/${id}`, { method: "PUT", body: head });
      const data = join(own, "data");
      const copy = join(own, "copy.upbeat");
      const backup = await runUpbeat(["backup", copy, "--data", data]);
      assert.equal(backup.code, 0, backup.stderr);
      assert.equal(
        (await runUpbeat(["backup", copy, "--data", data])).code,
        1,
        "an old backup is not overwritten",
      );
      assert.equal((await runUpbeat(["restore", copy, "--data", data])).code, 1, "nor a folder in use");
      assert.equal((await runUpbeat(["password", "--data", data], "long enough\n")).code, 0);
      assert.equal((await server.fetch("/v1/session")).status, 401, "a new password signs everybody out");
      assert.equal(await server.stop("SIGTERM"), 0);
      assert.equal(existsSync(join(data, "running.json")), false);

      const restored = join(own, "restored");
      const restore = await runUpbeat(["restore", copy, "--data", restored]);
      assert.equal(restore.code, 0, restore.stderr);
      mkdirSync(join(own, "again"));
      const { rename } = await import("node:fs/promises");
      await rename(restored, join(own, "again", "data"));
      await rename(join(own, "keys"), join(own, "again", "keys"));
      const again = await startServerProcess(join(own, "again"));
      const kept = (await (await again.fetch(`/v1/workouts/${id}`)).json()) as { classTitle: string };
      assert.equal(kept.classTitle, "Any");
      assert.equal(await again.stop("SIGTERM"), 0);
    },
  );
});

describe("the server does not start", () => {
  const refusals: readonly { name: string; args: readonly string[]; says: RegExp }[] = [
    {
      name: "beyond this machine without a password",
      args: [...serveArgs(join(folder, "open")), "--host", "0.0.0.0"],
      says: /only with a password.*npm run upbeat -- password/,
    },
    {
      name: "with its keys inside the data",
      args: ["serve", "--port", "0", "--data", join(folder, "d"), "--keys", join(folder, "d", "keys")],
      says: /outside the data folder/,
    },
    {
      name: "on a folder that cannot be made",
      args: ["serve", "--port", "0", "--data", join(folder, "file", "d"), "--keys", join(folder, "k")],
      says: /cannot be made/,
    },
    {
      name: "with a music folder that is not there",
      args: [...serveArgs(join(folder, "nomusic")), "--music", join(folder, "nothing")],
      says: /nothing is not there/,
    },
  ];
  for (const { name, args, says } of refusals) {
    test(name, { timeout: 60_000 }, async () => {
      writeFileSync(join(folder, "file"), "not a folder");
      const { code, stderr } = await runUpbeat(args);
      assert.equal(code, 1);
      assert.match(stderr, says);
      assert.equal(stderr.trim().split("\n").length, 1, stderr);
    });
  }

  test("with a wrong port", async () => {
    assert.equal((await runUpbeat(["serve", "--port", "99999"])).code, 2);
  });

  test("on a damaged database", async () => {
    const own = join(folder, "damaged");
    const args = serveArgs(own);
    mkdirSync(join(own, "data"), { recursive: true });
    writeFileSync(join(own, "data", "upbeat.db"), "this is no database".repeat(1000));
    const { code, stderr } = await runUpbeat(args);
    assert.equal(code, 1);
    assert.match(stderr, /is damaged\. Restore a backup/);
  });
});
