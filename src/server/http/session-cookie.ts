import type { FastifyReply, FastifyRequest } from "fastify";
import { sessionMs } from "#server/use-cases/sign-in.ts";

/** Browsers keep a cookie for 400 days at most. */
const deviceS = 400 * 86_400;

export interface SessionCookie {
  get(request: FastifyRequest): string | null;
  set(request: FastifyRequest, reply: FastifyReply, token: string): void;
  clear(reply: FastifyReply): void;
  /** The secret of a browser that has signed in before. It opens nothing; it only stands apart from a crowd of guessers. */
  getDevice(request: FastifyRequest): string | null;
  setDevice(request: FastifyRequest, reply: FastifyReply, deviceToken: string): void;
}

/** Browsers share cookies between the ports of a host, so the name tells one data folder from another. */
export function cookieNameOf(folderId: string): string {
  return `upbeat-${folderId}`;
}

export function sessionCookie(name: string): SessionCookie {
  const common = { path: "/", httpOnly: true, sameSite: "strict" } as const;
  const deviceName = `${name}-device`;
  return {
    getDevice: (request) => request.cookies[deviceName] ?? null,
    setDevice(request, reply, deviceToken) {
      const secure = request.protocol === "https";
      reply.setCookie(deviceName, deviceToken, { ...common, path: "/v1/session", secure, maxAge: deviceS });
    },
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
