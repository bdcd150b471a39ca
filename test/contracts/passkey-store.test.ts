/** One contract for every adapter of the passkey store. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { memoryStore } from "#server/adapters/memory/memory-store.ts";
import { openSqliteStore } from "#server/adapters/sqlite/sqlite-store.ts";
import type { Passkey } from "#server/ports/passkeys.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-passkeys-"));
after(() => rmSync(folder, { recursive: true }));

const first: Passkey = {
  id: "k1",
  personId: "p1",
  credentialId: "c1",
  hostName: "localhost",
  name: "Phone",
  publicKey: Uint8Array.of(1, 2, 3),
  counter: 0,
  transports: ["internal", "hybrid"],
  createdAtMs: 1_790_000_000_000,
  lastUsedAtMs: 1_790_000_000_000,
};

for (const [name, open] of [
  ["memory", async () => memoryStore()],
  ["sqlite", () => openSqliteStore(join(folder, "passkeys.db"))],
] as const) {
  test(`the ${name} store keeps passkeys, each credential once, and erases them`, async () => {
    const store = await open();
    const { passkeys, erasure } = store;
    const second = { ...first, id: "k0", credentialId: "c0", transports: [] };
    await passkeys.putPasskey(first);
    await passkeys.putPasskey(second);
    await passkeys.putPasskey({ ...first, id: "k2", personId: "p2", credentialId: "c2" });
    await assert.rejects(passkeys.putPasskey({ ...first, id: "k3", personId: "p2" }));
    const used = { ...first, name: "Old phone", counter: 7, lastUsedAtMs: 1_790_000_000_001 };
    await passkeys.putPasskey({ ...used, hostName: "elsewhere", publicKey: Uint8Array.of(9) });
    assert.deepEqual(await passkeys.passkeyOfCredential("c1"), used, "what it is does not change");
    assert.deepEqual(await passkeys.passkeysOf("p1"), [second, used]);
    assert.equal(await passkeys.passkeyOfCredential("c3"), null);
    await passkeys.removePasskey("p2", "k1");
    assert.equal((await passkeys.passkeysOf("p1")).length, 2, "another's is not removed");
    await passkeys.removePasskey("p1", "k0");
    await erasure.eraseRowsOf("p1");
    assert.deepEqual(await passkeys.passkeysOf("p1"), []);
    assert.equal((await passkeys.passkeysOf("p2")).length, 1);
    await store.close();
  });
}
