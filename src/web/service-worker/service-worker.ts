/**
 * Keeps the app shell in the browser, so that a reload in the middle of a workout needs no server. It knows nothing of
 * /v1: what a workout needs of that is kept by the page. Built as one plain script; the build puts its files' list in.
 */
interface Shell {
  readonly version: string;
  /** Addresses of the built files; "/" stands for every page. */
  readonly files: readonly string[];
}

declare const UPBEAT_SHELL: Shell;

const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const shell = UPBEAT_SHELL;
const cachePrefix = "upbeat-shell-";
const cacheName = cachePrefix + shell.version;
const files = new Set(shell.files);
/** A server that takes longer to answer for a page counts as away. */
const pageWaitMs = 4_000;

/** No `skipWaiting`: pages of the version before still load its files, from its cache. */
async function install(): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.addAll(shell.files.map((file) => new Request(file, { cache: "no-cache" })));
}

async function activate(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith(cachePrefix) && name !== cacheName) await caches.delete(name);
  }
  await worker.clients.claim();
}

/** A page: the server's while it answers, the kept one otherwise. */
async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(pageWaitMs) });
  } catch (error) {
    const kept = await caches.match("/", { cacheName });
    if (kept === undefined) throw error;
    return kept;
  }
}

/** A built file never changes under its name. */
async function file(request: Request, address: string): Promise<Response> {
  return (await caches.match(address, { cacheName })) ?? fetch(request);
}

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== worker.location.origin || pathname.startsWith("/v1/")) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (files.has(pathname)) event.respondWith(file(request, pathname));
});
