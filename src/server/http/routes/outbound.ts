import { OutboundSettings } from "#protocol/api/outbound.ts";
import type { AllowOrigins } from "#server/use-cases/allow-origins.ts";
import type { Api } from "../api.ts";
import { ownerOnly } from "../guards.ts";

const tags = ["outbound"];

export function outboundRoutes(app: Api, origins: AllowOrigins): void {
  app.get(
    "/v1/outbound",
    {
      preHandler: ownerOnly,
      schema: {
        tags,
        summary: "Machines of the local network that the server may talk to",
        response: { 200: OutboundSettings },
      },
    },
    async () => ({ allowedOrigins: [...origins.list()] }),
  );
  app.put(
    "/v1/outbound",
    {
      preHandler: ownerOnly,
      schema: {
        tags,
        summary: "Allow machines of the local network; everything else there stays out of reach",
        body: OutboundSettings,
        response: { 200: OutboundSettings },
      },
    },
    async (request) => {
      await origins.replace(request.body.allowedOrigins);
      return { allowedOrigins: [...origins.list()] };
    },
  );
}
