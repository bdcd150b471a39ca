/** The storage that oidc-provider asks for, on our store: ids are hashed, what a record says is sealed. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import type { Adapter, AdapterPayload } from "oidc-provider";
import type { Clock } from "#server/ports/environment.ts";
import type { OauthRecord, OauthStore, ServerSecrets } from "#server/ports/oauth.ts";

const cipher = "aes-256-gcm";
const ivBytes = 12;
const tagBytes = 16;

/** What the store keeps instead of an id, a grant's id or a code. */
export function idHash(id: string): string {
  return createHash("sha256").update(id).digest("hex");
}

/** Seals the payload of a record (AES-256-GCM, fresh 96-bit IV), bound to the record it belongs to. */
export function payloadBox(secrets: ServerSecrets) {
  const key = secrets.derive("oauth-records", 32);
  return {
    seal(model: string, hash: string, payload: AdapterPayload): Uint8Array {
      const iv = randomBytes(ivBytes);
      const sealing = createCipheriv(cipher, key, iv, { authTagLength: tagBytes });
      sealing.setAAD(Buffer.from(`${model} ${hash}`));
      const body = Buffer.concat([sealing.update(JSON.stringify(payload), "utf8"), sealing.final()]);
      return Buffer.concat([iv, sealing.getAuthTag(), body]);
    },
    open({ model, idHash: hash, sealed }: OauthRecord): AdapterPayload {
      const opening = createDecipheriv(cipher, key, sealed.subarray(0, ivBytes), { authTagLength: tagBytes });
      opening.setAAD(Buffer.from(`${model} ${hash}`));
      opening.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
      const body = Buffer.concat([opening.update(sealed.subarray(ivBytes + tagBytes)), opening.final()]);
      return JSON.parse(body.toString("utf8")) as AdapterPayload;
    },
  };
}
export type PayloadBox = ReturnType<typeof payloadBox>;

interface AdapterParts {
  readonly store: OauthStore;
  readonly box: PayloadBox;
  readonly clock: Clock;
}

export function recordAdapter(parts: AdapterParts): (model: string) => Adapter {
  const { store, box, clock } = parts;
  const opened = (record: OauthRecord | null): AdapterPayload | undefined => {
    if (record === null) return undefined;
    if (record.expiresAtMs !== null && record.expiresAtMs <= clock.nowMs()) return undefined;
    const payload = box.open(record);
    if (record.consumedAtMs === null) return payload;
    return { ...payload, consumed: Math.floor(record.consumedAtMs / 1000) };
  };
  const hashOrNull = (id: string | undefined): string | null => (id === undefined ? null : idHash(id));
  return (model) => ({
    async upsert(id, payload, expiresInS) {
      const hash = idHash(id);
      if (model === "Interaction") await store.removeExpiredRecords(clock.nowMs());
      await store.putRecord({
        model,
        idHash: hash,
        grantHash: model === "Grant" ? hash : hashOrNull(payload.grantId),
        uidHash: hashOrNull(payload.uid),
        userCodeHash: hashOrNull(payload.userCode),
        clientId: payload.clientId ?? (model === "Client" ? id : null),
        personId: payload.accountId ?? null,
        // A number for whatever ends, nothing for clients.
        expiresAtMs:
          expiresInS !== undefined && Number.isFinite(expiresInS) ? clock.nowMs() + expiresInS * 1000 : null,
        consumedAtMs: null,
        sealed: box.seal(model, hash, payload),
      });
    },
    find: async (id) => opened(await store.getRecord(model, idHash(id))),
    findByUid: async (uid) => opened(await store.recordByUid(model, idHash(uid))),
    findByUserCode: async (code) => opened(await store.recordByUserCode(model, idHash(code))),
    consume: (id) => store.consumeRecord(model, idHash(id), clock.nowMs()),
    destroy: (id) => store.removeRecord(model, idHash(id)),
    revokeByGrantId: (grantId) => store.removeGrant(idHash(grantId)),
  });
}
