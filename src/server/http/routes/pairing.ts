import type { FastifyRequest } from "fastify";
import { PairingAnswer, PairingSettings } from "#protocol/api/pairing.ts";
import type { ForbidPairing } from "#server/use-cases/forbid-pairing.ts";
import type { Api } from "../api.ts";
import { ownerOnly } from "../guards.ts";

const tags = ["server"];

export function pairingRoutes(app: Api, pairing: ForbidPairing): void {
  const answer = ({ ip }: FastifyRequest) => ({
    forbiddenNetworks: [...pairing.networks()],
    yourAddress: ip,
    isForbiddenHere: pairing.isForbidden(ip),
  });
  app.get(
    "/v1/pairing",
    {
      preHandler: ownerOnly,
      schema: {
        tags,
        summary: "Networks in which no sensor may be paired",
        response: { 200: PairingAnswer },
      },
    },
    async (request) => answer(request),
  );
  app.put(
    "/v1/pairing",
    {
      preHandler: ownerOnly,
      schema: {
        tags,
        summary: "Forbid pairing sensors to browsers in these networks, such as the one at work",
        body: PairingSettings,
        response: { 200: PairingAnswer },
      },
    },
    async (request) => {
      await pairing.replace(request.body.forbiddenNetworks);
      return answer(request);
    },
  );
}
