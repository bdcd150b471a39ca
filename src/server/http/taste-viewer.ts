import type { FastifyRequest } from "fastify";
import type { TasteViewer } from "#server/use-cases/keep-taste.ts";

/** Whose taste an answer may show: the person's own, or to an app that was given "taste:read" what they said. */
export function tasteViewerOf({ person, app }: FastifyRequest): TasteViewer {
  const maySee = app === null || app.scopes.includes("taste:read");
  return { personId: maySee ? (person?.id ?? null) : null, isApp: app !== null };
}
