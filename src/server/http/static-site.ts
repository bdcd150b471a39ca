/** The web app: its files, and its start page for every address that the app itself resolves. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { SignIn } from "#server/use-cases/sign-in.ts";
import type { Api } from "./api.ts";
import { isLoopbackAddress } from "./guards.ts";
import { sendProblem } from "./problems.ts";
import { pagePolicy } from "./security-headers.ts";
import type { SessionCookie } from "./session-cookie.ts";

export interface SiteOptions {
  readonly root: string;
  /** Whether one of the built files lies at a path relative to `root`, with "/" between the parts. */
  readonly hasFile: (path: string) => Promise<boolean>;
  readonly signIn: SignIn;
  readonly cookie: SessionCookie;
  /** The server listens on loopback only. */
  readonly isLoopbackOnly: boolean;
}

const immutable = "public, max-age=31536000, immutable";
const revalidate = "no-cache";

/** A proxy in front means that the visitor may be anywhere. */
function isThroughProxy(request: FastifyRequest): boolean {
  const { headers } = request;
  return (
    headers.forwarded !== undefined || headers["x-forwarded-for"] !== undefined || headers.via !== undefined
  );
}

/** On this very machine, while no password is set, whoever opens the page is the owner. */
async function welcome(request: FastifyRequest, reply: FastifyReply, options: SiteOptions): Promise<void> {
  if (request.person !== null || !options.isLoopbackOnly) return;
  if (!isLoopbackAddress(request.ip) || isThroughProxy(request)) return;
  const owner = await options.signIn.owner();
  if (owner.passwordHash !== null) return;
  const { token } = await options.signIn.open(owner, request.headers["user-agent"]);
  options.cookie.set(request, reply, token);
}

async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  options: SiteOptions,
): Promise<FastifyReply> {
  await welcome(request, reply, options);
  reply.headers({ "cache-control": revalidate, "content-security-policy": pagePolicy });
  if (!(await options.hasFile("index.html"))) {
    return reply.code(503).type("text/plain").send("The web app is not built yet. Run: npm run build\n");
  }
  return reply.code(200).sendFile("index.html", options.root, { cacheControl: false });
}

/** The worker that analyses a dropped file may connect to nothing, so that what it reads stays in it. */
const isolatedWorker = /^assets\/analyse-worker-[\w-]+\.js$/;
const isolatedPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";

function pathOf(request: FastifyRequest): string | null {
  try {
    return decodeURIComponent(request.url.split(/[?#]/, 1)[0] ?? "/").slice(1);
  } catch {
    return null;
  }
}

/** A name with an extension asks for a file, everything else for a page of the app. */
function isPage(path: string): boolean {
  return !/\.[a-z0-9]+$/i.test(path);
}

export function registerSite(app: Api, options: SiteOptions): void {
  app.setNotFoundHandler(async (request, reply) => {
    const path = pathOf(request);
    if ((request.method !== "GET" && request.method !== "HEAD") || path === null || path.startsWith("v1")) {
      return sendProblem(reply, 404, "There is nothing at this address.");
    }
    if (path !== "index.html" && (await options.hasFile(path))) {
      if (isolatedWorker.test(path)) reply.header("content-security-policy", isolatedPolicy);
      reply.header("cache-control", path.startsWith("assets/") ? immutable : revalidate);
      return reply.code(200).sendFile(path, options.root, { cacheControl: false });
    }
    if (path === "" || path === "index.html" || isPage(path)) return sendPage(request, reply, options);
    return sendProblem(reply, 404, "There is nothing at this address.");
  });
}
