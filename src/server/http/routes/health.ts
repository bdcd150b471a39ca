import { Type } from "typebox";
import type { Api } from "../api.ts";

export function healthRoutes(app: Api): void {
  app.get(
    "/healthz",
    {
      config: { open: true },
      schema: { hide: true, response: { 200: Type.Object({ status: Type.Literal("ok") }) } },
    },
    async () => ({ status: "ok" as const }),
  );
  app.get("/v1/openapi.json", { config: { open: true }, schema: { hide: true } }, async () => app.swagger());
}
