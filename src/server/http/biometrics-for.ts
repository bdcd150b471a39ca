import type { FastifyRequest } from "fastify";
import type { Biometrics, BiometricsReader } from "#server/ports/biometrics.ts";
import { signedIn } from "./guards.ts";

/** The biometrics a request may read: a person's own session reads what is its own. */
export function biometricsFor(request: FastifyRequest, reader: BiometricsReader): Promise<Biometrics> {
  return reader.open("own", signedIn(request).id);
}
