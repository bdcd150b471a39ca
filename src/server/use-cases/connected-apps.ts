import { isScope, type Scope } from "#domain/access.ts";
import { wordingOf, type Purpose } from "#domain/consent.ts";
import type { Authorisation, Authorisations } from "#server/ports/authorisations.ts";
import type { PeopleStore, SettingsStore } from "#server/ports/store.ts";
import type { Consents } from "./consents.ts";
import { Refusal } from "./refusal.ts";
import type { Webhooks } from "./webhooks.ts";

const registrationSetting = "app-registration";

export type Registration = "open" | "closed";

export interface ConnectedApps {
  list(personId: string): Promise<readonly Authorisation[]>;
  /** Notes a person's yes in their ledger, before the app gets anything. */
  allow(personId: string, appId: string): Promise<void>;
  /** Takes everything back from an app, at once. Rejects with `Refusal` "not-found" when it was given nothing. */
  disconnect(personId: string, appId: string): Promise<void>;
  /** Removes an app from this server, with all that anybody gave it. Rejects with `Refusal` for a service account. */
  remove(appId: string): Promise<void>;
  /** Whether apps may register themselves; closed until the owner opens it. */
  registration(): Promise<Registration>;
  setRegistration(to: Registration): Promise<void>;
}

interface Parts {
  readonly authorisations: Authorisations;
  readonly consents: Consents;
  readonly webhooks: Pick<Webhooks, "removeOfApp">;
  readonly people: Pick<PeopleStore, "everybody">;
  readonly settings: SettingsStore;
}

const purposeOf = (appId: string): Purpose => `share:${appId}`;

export function createConnectedApps({
  authorisations,
  consents,
  webhooks,
  people,
  settings,
}: Parts): ConnectedApps {
  const decide = async (personId: string, appId: string, granted: boolean): Promise<void> => {
    const purpose = purposeOf(appId);
    await consents.decide(personId, purpose, granted, wordingOf(purpose).version);
  };
  // Wherever a person takes their word back, the app's tokens end before they hear that it is done.
  consents.onChange(async ({ personId, entry }) => {
    const [, appId] = /^share:(.+)$/.exec(entry.purpose) ?? [];
    if (appId !== undefined && !entry.granted) await authorisations.revoke(personId, appId);
  });
  return {
    list: (personId) => authorisations.of(personId),
    allow: (personId, appId) => decide(personId, appId, true),
    async disconnect(personId, appId) {
      const given = await authorisations.of(personId);
      if (!given.some(({ app }) => app.id === appId))
        throw new Refusal("not-found", "This app is not connected.");
      await decide(personId, appId, false);
    },
    async remove(appId) {
      const app = await authorisations.app(appId);
      if (app === null) throw new Refusal("not-found", "This server knows no such app.");
      if (app.isServiceAccount) {
        throw new Refusal("conflict", `Take its certificate back instead: upbeat ca revoke ${appId}`);
      }
      for (const { id } of await people.everybody()) await webhooks.removeOfApp(id, appId);
      await authorisations.removeApp(appId);
    },
    registration: async () =>
      (await settings.getSetting(registrationSetting)) === "open" ? "open" : "closed",
    setRegistration: (to) => settings.putSetting(registrationSetting, to),
  };
}

/** What a person gives of what an app asks: only what it asked for, and only what there is. */
export function givenScopes(asked: readonly Scope[], wanted: readonly string[]): readonly Scope[] {
  return wanted.filter(isScope).filter((scope) => asked.includes(scope));
}
