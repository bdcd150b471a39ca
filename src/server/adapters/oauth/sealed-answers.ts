import type { Clock } from "#server/ports/environment.ts";
import type { KeptAnswer, KeptAnswers } from "#server/ports/kept-answers.ts";
import type { OauthStore, ServerSecrets } from "#server/ports/oauth.ts";
import { payloadBox, recordAdapter } from "./record-adapter.ts";

const keptS = 86_400;

/** Answers hold secrets that are shown once, so they lie sealed, beside tokens and codes, and end like them. */
export function sealedAnswers(store: OauthStore, secrets: ServerSecrets, clock: Clock): KeptAnswers {
  const records = recordAdapter({ store, box: payloadBox(secrets), clock })("KeptAnswer");
  return {
    get: async (key) => ((await records.find(key))?.answer as KeptAnswer | undefined) ?? null,
    async put(key, personId, answer) {
      await store.removeExpiredRecords(clock.nowMs());
      await records.upsert(key, { accountId: personId, answer }, keptS);
    },
  };
}
