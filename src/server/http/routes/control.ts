/** What a command of this machine asks of the server that runs on its data folder. Sessions may not. */
import { Type } from "typebox";
import { ScopeName } from "#protocol/api/apps.ts";
import { AuditCheck } from "#protocol/api/audit.ts";
import type { AuditOfPerson } from "#server/check-audits.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import type { ServiceAccounts } from "#server/use-cases/service-accounts.ts";
import { IdParams, NoContent, type Api } from "../api.ts";

export interface Control {
  backup(path: string): Promise<void>;
  setPassword(password: string, name: string | null): Promise<void>;
  /** Null: everybody's. Answers how many people's. */
  rotateKeys(name: string | null): Promise<number>;
  checkAudits(): Promise<readonly AuditOfPerson[]>;
  readonly serviceAccounts: ServiceAccounts;
}

const IssuedAccount = Type.Object({
  name: Type.String(),
  scopes: Type.Array(ScopeName),
  serial: Type.String(),
  expiresAtMs: Type.Number(),
  certificatePem: Type.String(),
  keyPem: Type.String(),
  rootPem: Type.String(),
});
const RevokedAccount = Type.Object({
  name: Type.String(),
  serials: Type.Array(Type.String()),
  ended: Type.Boolean(),
});

async function onlyControl(request: { isControl: boolean }): Promise<void> {
  if (!request.isControl) throw new Refusal("not-found", "There is nothing at this address.");
}

/** What opens things: keys and passwords. */
function secretRoutes(app: Api, control: Control): void {
  app.post(
    "/v1/control/keys",
    {
      preHandler: onlyControl,
      schema: {
        hide: true,
        body: Type.Object({ name: Type.Optional(Type.String()) }),
        response: { 200: Type.Object({ people: Type.Integer() }) },
      },
    },
    async (request) => ({ people: await control.rotateKeys(request.body.name ?? null) }),
  );
  app.put(
    "/v1/control/password",
    {
      preHandler: onlyControl,
      schema: {
        hide: true,
        body: Type.Object({ password: Type.String(), name: Type.Optional(Type.String()) }),
        response: { 204: NoContent },
      },
    },
    async (request, reply) => {
      const { password, name = null } = request.body;
      await control.setPassword(password, name);
      return reply.code(204).send(null);
    },
  );
}

export function controlRoutes(app: Api, control: Control): void {
  secretRoutes(app, control);
  app.post(
    "/v1/control/backup",
    {
      preHandler: onlyControl,
      schema: { hide: true, body: Type.Object({ path: Type.String() }), response: { 204: NoContent } },
    },
    async (request, reply) => {
      await control.backup(request.body.path);
      return reply.code(204).send(null);
    },
  );
  app.get(
    "/v1/control/audits",
    {
      preHandler: onlyControl,
      schema: {
        hide: true,
        response: { 200: Type.Array(Type.Object({ ...AuditCheck.properties, name: Type.String() })) },
      },
    },
    async () => [...(await control.checkAudits())],
  );
  app.post(
    "/v1/control/service-accounts",
    {
      preHandler: onlyControl,
      schema: {
        hide: true,
        body: Type.Object({ name: Type.String(), scopes: Type.Array(ScopeName) }),
        response: { 201: IssuedAccount },
      },
    },
    async (request, reply) => {
      const { name, scopes } = request.body;
      const issued = await control.serviceAccounts.issue(name, scopes);
      return reply.code(201).send({ ...issued, scopes: [...issued.scopes] });
    },
  );
  app.delete(
    "/v1/control/service-accounts/:id",
    { preHandler: onlyControl, schema: { hide: true, params: IdParams, response: { 200: RevokedAccount } } },
    async (request) => {
      const revoked = await control.serviceAccounts.revoke(request.params.id);
      return { ...revoked, serials: [...revoked.serials] };
    },
  );
}
