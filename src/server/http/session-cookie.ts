import type { FastifyReply, FastifyRequest } from "fastify";
import { sessionMs } from "#server/use-cases/sign-in.ts";

export interface SessionCookie {
  get(request: FastifyRequest): string | null;
  set(request: FastifyRequest, reply: FastifyReply, token: string): void;
  clear(reply: FastifyReply): void;
}

/** Browsers share cookies between the ports of a host, so the name tells one data folder from another. */
export function cookieNameOf(folderId: string): string {
  return `upbeat-${folderId}`;
}

export function sessionCookie(name: string): SessionCookie {
  const common = { path: "/", httpOnly: true, sameSite: "strict" } as const;
  return {
    get: (request) => request.cookies[name] ?? null,
    set(request, reply, token) {
      const secure = request.protocol === "https";
      reply.setCookie(name, token, { ...common, secure, maxAge: sessionMs / 1000 });
    },
    clear(reply) {
      reply.clearCookie(name, common);
    },
  };
}
