/**
 * The compressed files of a workout's soundtrack, kept in the browser so that the music goes on without the server.
 * Where the browser has no such cache (a page that is not a secure context) everything comes from the network.
 */
const cacheName = "upbeat-audio";

function cacheStorage(): CacheStorage | null {
  return "caches" in globalThis ? caches : null;
}

/** Bytes of an audio file: from the cache, else from the server. Throws an error in words when neither has it. */
export async function audioBytes(url: string): Promise<AsyncIterable<Uint8Array>> {
  const cached = await (await cacheStorage()?.open(cacheName))?.match(url);
  const response = cached ?? (await fetch(url));
  if (!response.ok) throw new Error(`the server answered ${response.status} for the audio file`);
  return chunksOf(response);
}

/** ReadableStream is not async iterable everywhere; a reader is. */
async function* chunksOf(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** Fetches what is missing of `urls`, one after another in their order. Returns how many are kept afterwards. */
export async function keepAudio(urls: readonly string[], signal?: AbortSignal): Promise<number> {
  const cache = await cacheStorage()?.open(cacheName);
  if (cache === undefined) return 0;
  let kept = 0;
  for (const url of new Set(urls)) {
    if (signal?.aborted === true) break;
    try {
      if ((await cache.match(url)) === undefined) await cache.add(new Request(url, signal ? { signal } : {}));
      kept += 1;
    } catch {
      // The server is away or the disk is full: what is there already still plays, the rest is fetched when needed.
    }
  }
  return kept;
}

/** Drops every file that is not in `urls`: only one soundtrack is kept at a time. */
export async function forgetAudioExcept(urls: ReadonlySet<string>): Promise<void> {
  const cache = await cacheStorage()?.open(cacheName);
  if (cache === undefined) return;
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (!urls.has(pathname)) await cache.delete(request);
  }
}
