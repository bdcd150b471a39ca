/** The OpenAPI document, made of the schemas that validate requests and strip answers. */
import swagger from "@fastify/swagger";
import type { FastifyContextConfig, RouteOptions } from "fastify";
import { scopeWords, scopes } from "#domain/access.ts";
import { Type } from "typebox";
import { Problem } from "#protocol/api/schemas.ts";
import { keyPattern } from "./idempotency.ts";
import type { Api } from "./api.ts";

const problemContent = {
  description: "What went wrong, as a problem document (RFC 9457)",
  content: { "application/problem+json": { schema: Problem } },
};

const CreatingHeaders = Type.Object({
  "idempotency-key": Type.Optional(
    Type.String({
      pattern: keyPattern.source,
      description:
        "The same key again within a day gives the first answer and creates nothing; with another body it is refused (422).",
    }),
  ),
});

declare module "fastify" {
  interface FastifyContextConfig {
    /** The media type of the file that is answered, in place of JSON. */
    sends?: string;
  }
}

function fileOf(type: string | undefined): Record<string, unknown> {
  return type === undefined ? {} : { 200: { description: "The file", content: { [type]: { schema: {} } } } };
}

/** Nobody, any app, a person's browser, or an app with one scope. */
function securityOf({ open, anyApp, scope }: FastifyContextConfig): Record<string, string[]>[] {
  if (open === true) return [];
  if (anyApp === true) return [{ oauth: [] }];
  return scope === undefined ? [{ session: [] }] : [{ session: [] }, { oauth: [scope] }];
}

function describe(route: RouteOptions): Record<string, unknown> {
  const schema = (route.schema ?? {}) as Record<string, unknown>;
  const responses = (schema.response ?? {}) as Record<string, unknown>;
  return {
    ...schema,
    ...(route.config?.creates === true && { headers: CreatingHeaders }),
    security: securityOf(route.config ?? {}),
    response: { ...responses, ...fileOf(route.config?.sends), default: problemContent },
  };
}

export async function registerOpenApi(app: Api): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Upbeat",
        version: "1",
        description:
          "Workouts to your own music. Lists answer {items, nextCursor}; errors are problem documents.",
        license: { name: "AGPL-3.0-or-later", identifier: "AGPL-3.0-or-later" },
      },
      components: {
        securitySchemes: {
          session: { type: "apiKey", in: "cookie", name: "upbeat-<folder>" },
          oauth: {
            type: "oauth2",
            flows: {
              authorizationCode: {
                authorizationUrl: "/oauth/authorize",
                tokenUrl: "/oauth/token",
                scopes: Object.fromEntries(
                  scopes.map((scope) => [scope, `It may ${scopeWords[scope].may}.`]),
                ),
              },
            },
          },
        },
      },
    },
    transform: ({ schema, url, route }) => ({ schema: schema.hide === true ? schema : describe(route), url }),
  });
}
