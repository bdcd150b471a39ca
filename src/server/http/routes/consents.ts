import { Type } from "typebox";
import { isPurpose } from "#domain/consent.ts";
import { Consent, ConsentDecision, ConsentLine } from "#protocol/api/consents.ts";
import { Page } from "#protocol/api/schemas.ts";
import type { Consents, ConsentStanding } from "#server/use-cases/consents.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import { PageQuery, type Api } from "../api.ts";
import { signedIn } from "../guards.ts";
import { pageOf } from "../page.ts";

const tags = ["consents"];
const PurposeParams = Type.Object({ purpose: Type.String({ minLength: 1, maxLength: 160 }) });

function toConsent({ purpose, state, decidedAtMs, wording }: ConsentStanding): Consent {
  const { title, sentence, withdrawal, version } = wording;
  return { purpose, state, decidedAtMs, title, sentence, withdrawal, wordingVersion: version };
}

export function consentRoutes(app: Api, consents: Consents): void {
  app.get(
    "/v1/consents",
    {
      config: { scope: "consents:read" },
      schema: {
        tags,
        summary: "What you allow, purpose by purpose; the default is no",
        response: { 200: Page(Consent) },
      },
    },
    async (request) => {
      const standings = await consents.standings(signedIn(request).id);
      return { items: standings.map(toConsent), nextCursor: null };
    },
  );
  app.get(
    "/v1/consents/ledger",
    {
      config: { scope: "consents:read" },
      schema: {
        tags,
        summary: "Every decision, newest first",
        querystring: PageQuery,
        response: { 200: Page(ConsentLine) },
      },
    },
    async (request) => {
      const all = await consents.ledger(signedIn(request).id);
      return pageOf(request.query, all, "newest", ({ sequence }) => ({ at: sequence, id: "" }));
    },
  );
  app.put(
    "/v1/consents/:purpose",
    {
      schema: {
        tags,
        summary: "Allow a purpose, or take that back; it takes effect before the answer",
        params: PurposeParams,
        body: ConsentDecision,
        response: { 200: Consent },
      },
    },
    async (request) => {
      const { purpose } = request.params;
      if (!isPurpose(purpose)) throw new Refusal("not-found", "There is no such purpose.");
      const { granted, wordingVersion } = request.body;
      return toConsent(await consents.decide(signedIn(request).id, purpose, granted, wordingVersion));
    },
  );
}
