/** One contract for every embedder; and whatever an endpoint may answer is a vector or one clear line. */
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { httpEmbedder } from "#server/adapters/embeddings/http-embedder.ts";
import { memoryEmbedder } from "#server/adapters/memory/memory-embedder.ts";
import { guardedOutbound, type GuardedOutbound } from "#server/adapters/outbound/guarded-outbound.ts";
import { EmbeddingError, type Embedder } from "#server/ports/embedder.ts";
import { embeddingsServer, rightly, type AnswerEmbeddings } from "#test/support/embeddings-server.ts";

const key = "sk-canary-key-of-the-test";
let server: Awaited<ReturnType<typeof embeddingsServer>>;
let outbound: GuardedOutbound;
let http: Embedder;
const never = new AbortController().signal;

before(async () => {
  server = await embeddingsServer();
  outbound = guardedOutbound({ allowed: new Set([server.origin]) });
  http = httpEmbedder({ url: server.url, model: "words", key }, outbound);
});
beforeEach(() => server.answerWith(rightly));
after(async () => {
  await outbound.close();
  await server.close();
});

const product = (one: Float32Array, other: Float32Array) =>
  one.reduce((sum, value, i) => sum + value * other[i], 0);

for (const [name, embedder] of [
  ["memory", () => memoryEmbedder()],
  ["HTTP", () => http],
] as const) {
  test(`the ${name} embedder answers a unit vector for each text, in order, and near for near texts`, async () => {
    const texts = ["Easy ride in the sun", "heavy squats", "easy ride", ...Array.from("abcdefghij"), ""];
    const vectors = await embedder().embed(texts, never);
    assert.equal(vectors.length, texts.length);
    for (const vector of vectors) {
      assert.equal(vector.length, vectors[0].length);
      assert.ok(Math.abs(Math.hypot(...vector) - 1) < 1e-6);
    }
    const [ride, squats, easy] = vectors as [Float32Array, Float32Array, Float32Array];
    assert.ok(product(ride, easy) > product(squats, easy));
    assert.deepEqual((await embedder().embed(["heavy squats"], never))[0], squats);
  });

  test(`the ${name} embedder rejects once it is not wanted any more`, async () => {
    await assert.rejects(embedder().embed(["text"], AbortSignal.abort()), EmbeddingError);
  });
}

test("the model, the key and nothing but the texts are sent, to the address that was set up", async () => {
  await http.embed(["one", "two"], never);
  const { path, headers, model, input } = server.asked.at(-1)!;
  assert.deepEqual([path, model, input], ["/v1/embeddings", "words", ["one", "two"]]);
  assert.equal(headers.authorization, `Bearer ${key}`);
  assert.equal(headers.cookie, undefined);
  await httpEmbedder({ url: `${server.url}/`, model: "words", key: null }, outbound).embed(["one"], never);
  assert.equal(server.asked.at(-1)!.path, "/v1/embeddings");
  assert.equal(server.asked.at(-1)!.headers.authorization, undefined);
});

const json =
  (body: unknown): AnswerEmbeddings =>
  (_, response) =>
    response.end(JSON.stringify(body));
const data = (...embeddings: readonly unknown[]) =>
  json({ data: embeddings.map((embedding, index) => ({ index, embedding })) });
const status =
  (code: number): AnswerEmbeddings =>
  (_, response) =>
    response.writeHead(code, { "retry-after": "1" }).end(`{"error": "${key} said secret sentence"}`);

const tooLong = Array.from({ length: 8193 }, () => 1);

const bad: Readonly<Record<string, AnswerEmbeddings>> = {
  "too many requests (429)": status(429),
  "a failure of its own (500)": status(500),
  "a wrong key (401)": status(401),
  "no JSON": (_, response) => response.end("<html>secret sentence"),
  nothing: (_, response) => response.end(),
  "no data": json({ data: null }),
  "a list in place of an object": json([]),
  "too few vectors": data([1, 2]),
  "vectors of two lengths": data([1, 2], [1, 2, 3]),
  "the same index twice": json({
    data: [
      { index: 0, embedding: [1] },
      { index: 0, embedding: [1] },
    ],
  }),
  "no vector": data([1], "secret"),
  "an empty vector": data([], []),
  "a number that is none": data([1, null], [1, 2]),
  "text among numbers": data([1, "2"], [1, 2]),
  "a number beyond all": (_, response) =>
    response.end('{"data":[{"index":0,"embedding":[1e999]},{"index":1,"embedding":[1]}]}'),
  "no direction": data([0, 0], [0, 0]),
  "far too long vectors": data(tooLong, tooLong),
  "an answer without end": (_, response) => {
    const spaces = " ".repeat(1024 * 1024);
    const send = () => void (response.destroyed || response.write(spaces, send));
    send();
  },
  "an answer cut off": (_, response) => {
    response.writeHead(200, { "content-length": "1000" }).write("{");
    response.socket?.destroy();
  },
  "a redirect elsewhere": (_, response) => response.writeHead(307, { location: "/v1/elsewhere" }).end(),
};

for (const [what, answer] of Object.entries(bad)) {
  test(`${what} is one clear line`, async () => {
    server.answerWith(answer);
    const asked = server.asked.length;
    await assert.rejects(http.embed(["secret sentence", "another"], never), (error) => {
      assert.ok(error instanceof EmbeddingError);
      assert.match(error.message, /^The embeddings endpoint [^\n]{5,120}\.$/);
      assert.doesNotMatch(error.message, /secret|canary|undefined|\[object/);
      return true;
    });
    assert.equal(server.asked.length, asked + 1, "asked once, and nobody else");
  });
}

test("an endpoint that says nothing, or begins and never ends, is left when time is up", async () => {
  for (const begin of [false, true]) {
    const controller = new AbortController();
    server.answerWith((_, response) => {
      if (begin) response.write('{"data":');
      controller.abort();
    });
    await assert.rejects(http.embed(["text"], controller.signal), /did not answer in time/);
  }
});

test("an endpoint that is not there is one clear line", async () => {
  const gone = await embeddingsServer();
  await gone.close();
  const there = guardedOutbound({ allowed: new Set([gone.origin]) });
  await assert.rejects(
    httpEmbedder({ url: gone.url, model: "words", key }, there).embed(["text"], never),
    /^EmbeddingError: The embeddings endpoint cannot be reached: ECONNREFUSED\.$/,
  );
  await there.close();
});

test("this machine is reached only by the origin that was set up, and never on the word of somebody else", async () => {
  const other = guardedOutbound({ allowed: new Set(["http://127.0.0.1:1"]) });
  const asked = server.asked.length;
  await assert.rejects(
    httpEmbedder({ url: server.url, model: "words", key }, other).embed(["text"], never),
    EmbeddingError,
  );
  assert.equal(server.asked.length, asked);
  await other.close();
});
