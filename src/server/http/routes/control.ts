/** What a command of this machine asks of the server that runs on its data folder. Sessions may not. */
import { Type } from "typebox";
import { AuditCheck } from "#protocol/api/audit.ts";
import type { AuditOfPerson } from "#server/check-audits.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import { NoContent, type Api } from "../api.ts";

export interface Control {
  backup(path: string): Promise<void>;
  setPassword(password: string): Promise<void>;
  checkAudits(): Promise<readonly AuditOfPerson[]>;
}

export function controlRoutes(app: Api, control: Control): void {
  const onlyControl = async (request: { isControl: boolean }): Promise<void> => {
    if (!request.isControl) throw new Refusal("not-found", "There is nothing at this address.");
  };
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
  app.put(
    "/v1/control/password",
    {
      preHandler: onlyControl,
      schema: { hide: true, body: Type.Object({ password: Type.String() }), response: { 204: NoContent } },
    },
    async (request, reply) => {
      await control.setPassword(request.body.password);
      return reply.code(204).send(null);
    },
  );
}
