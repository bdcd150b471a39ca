import type { FastifyRequest } from "fastify";
import type { Biometrics, BiometricsReader } from "#server/ports/biometrics.ts";
import { signedIn } from "./guards.ts";

/** The biometrics a request may read: a person's own session reads what is its own, an app what was shared with it. */
export function biometricsFor(request: FastifyRequest, reader: BiometricsReader): Promise<Biometrics> {
  const { id } = signedIn(request);
  return request.app === null ? reader.open("own", id) : reader.open(`share:${request.app.appId}`, id);
}
