/** A server to be fuzzed: it has tracks, and whoever asks as the owner is signed in again when a request has ended that. */
import { once } from "node:events";
import type { Store } from "#server/ports/store.ts";
import type { Send } from "./api-fuzz.ts";
import { createTestApp, demoTracks } from "./test-app.ts";

/** A stream: answered well it does not end by itself. */
const endlessPath = "/v1/library/events";

export async function createFuzzedApp(store?: Store) {
  const server = await createTestApp(store === undefined ? {} : { store });
  for (const track of demoTracks().slice(0, 5)) {
    const file = { path: `/music/${track.id}`, sizeBytes: 1, modifiedMs: 1, outcome: { trackId: track.id } };
    await server.tracks.putTrack(track, file);
  }
  /** The first piece of an answer; then whoever asked goes away. */
  const begin: Send = async (request) => {
    const leave = new AbortController();
    const answer = await server.visit({ ...request, payloadAsStream: true, signal: leave.signal });
    const stream = answer.stream();
    const [first] = (await once(stream, "data")) as [Buffer];
    stream.on("error", () => {}); // it was left
    leave.abort();
    return { ...answer, body: first.toString() };
  };
  let { cookie } = server;
  const asOwner: Send = async (request) => {
    const headers = { ...request.headers, cookie };
    // A session that an earlier request has ended, or a person whom one has erased, comes back.
    if ((await server.visit({ url: "/v1/session", headers: { cookie } })).statusCode === 401)
      cookie = `upbeat-test=${(await server.signIn.open(await server.signIn.owner())).token}`;
    const signedIn = { ...request, headers: { ...headers, cookie } };
    return request.url.startsWith(endlessPath) ? begin(signedIn) : server.visit(signedIn);
  };
  return { ...server, asOwner, asNobody: (request: Parameters<Send>[0]) => server.visit(request) };
}
