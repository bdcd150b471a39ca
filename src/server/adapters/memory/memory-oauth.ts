import type { OauthRecord, OauthStore } from "#server/ports/oauth.ts";

export function memoryOauth(): OauthStore & { forget(personId: string): void } {
  const records = new Map<string, OauthRecord>();
  const keyOf = (model: string, idHash: string): string => `${model} ${idHash}`;
  const find = (matches: (record: OauthRecord) => boolean): OauthRecord | null =>
    [...records.values()].find(matches) ?? null;
  const removeWhere = (matches: (record: OauthRecord) => boolean): void => {
    for (const [key, record] of records) if (matches(record)) records.delete(key);
  };
  return {
    async putRecord(record) {
      records.set(keyOf(record.model, record.idHash), record);
    },
    getRecord: async (model, idHash) => records.get(keyOf(model, idHash)) ?? null,
    recordByUid: async (model, uidHash) =>
      find((record) => record.model === model && record.uidHash === uidHash),
    recordByUserCode: async (model, userCodeHash) =>
      find((record) => record.model === model && record.userCodeHash === userCodeHash),
    listRecords: async (model, personId) =>
      [...records.values()].filter(
        (record) => record.model === model && (personId === null || record.personId === personId),
      ),
    async consumeRecord(model, idHash, atMs) {
      const record = records.get(keyOf(model, idHash));
      if (record !== undefined) records.set(keyOf(model, idHash), { ...record, consumedAtMs: atMs });
    },
    forget: (personId) => removeWhere((record) => record.personId === personId),
    async removeRecord(model, idHash) {
      records.delete(keyOf(model, idHash));
    },
    async removeGrant(grantHash) {
      removeWhere((record) => record.grantHash === grantHash);
    },
    async removeExpiredRecords(nowMs) {
      removeWhere((record) => record.expiresAtMs !== null && record.expiresAtMs <= nowMs);
    },
  };
}
