/** Embeddings over HTTP in the form that OpenAI made common and most model servers speak: POST {url}/embeddings. */
import { EmbeddingError, type Embedder } from "#server/ports/embedder.ts";
import type { Outbound } from "#server/ports/outbound.ts";

export interface EmbeddingsEndpoint {
  /** Up to and without "/embeddings", such as http://127.0.0.1:8080/v1. */
  readonly url: string;
  readonly model: string;
  /** Sent as a bearer token; null: none. */
  readonly key: string | null;
}

/** A batch of the longest vectors, written out in full digits, fits. */
const maxAnswerBytes = 32 * 1024 * 1024;
/** Twice the longest vectors of models in use. */
const maxDims = 8192;

/** The whole body as text, given up as soon as it is larger than any right answer. */
async function bodyOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxAnswerBytes) throw new EmbeddingError("The embeddings endpoint answered far too much.");
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** A direction from what the endpoint sent as one. */
function unitVectorOf(numbers: unknown): Float32Array {
  if (!Array.isArray(numbers) || numbers.length === 0 || numbers.length > maxDims)
    throw new EmbeddingError("The embeddings endpoint answered something that is no vector.");
  const length = numbers.every((value) => typeof value === "number") ? Math.hypot(...numbers) : Number.NaN;
  if (!(length > 0 && length < Infinity))
    throw new EmbeddingError("The embeddings endpoint answered a vector with something that is no number.");
  return Float32Array.from(numbers, (value: number) => value / length);
}

/** {data: [{index, embedding}]} -> one vector for each of `count` texts, in their order. */
function vectorsIn(text: string, count: number): Float32Array[] {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new EmbeddingError("The embeddings endpoint answered something that is no JSON.");
  }
  const data = isObject(answer) ? answer["data"] : null;
  if (!Array.isArray(data) || data.length !== count)
    throw new EmbeddingError(
      `The embeddings endpoint was sent ${count} texts and did not answer as many vectors.`,
    );
  const vectors = new Map<number, Float32Array>();
  for (const [at, item] of data.entries()) {
    if (!isObject(item))
      throw new EmbeddingError("The embeddings endpoint answered something that is no vector.");
    vectors.set(Number(item["index"] ?? at), unitVectorOf(item["embedding"]));
  }
  return Array.from({ length: count }, (_, at) => {
    const vector = vectors.get(at);
    if (vector === undefined || vector.length !== vectors.get(0)?.length)
      throw new EmbeddingError("The embeddings endpoint answered vectors that do not belong together.");
    return vector;
  });
}

/** Why no answer came, without the address or anything that was sent. */
function reasonOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return "The embeddings endpoint did not answer in time.";
  const { cause } = error as Error;
  const detail = isObject(cause) ? (cause["code"] ?? cause["message"]) : (error as Error).message;
  return `The embeddings endpoint cannot be reached: ${String(detail)}.`;
}

/** `outbound` has to allow the endpoint's own origin, and no other need be. Redirects are not followed: what is sent stays there. */
export function httpEmbedder({ url, model, key }: EmbeddingsEndpoint, outbound: Outbound): Embedder {
  const address = new URL("embeddings", url.endsWith("/") ? url : `${url}/`);
  const headers = {
    "content-type": "application/json",
    ...(key === null ? {} : { authorization: `Bearer ${key}` }),
  };
  return {
    model,
    async embed(texts, signal) {
      try {
        const body = JSON.stringify({ model, input: texts });
        const response = await outbound.fetch(address, {
          method: "POST",
          headers,
          body,
          signal,
          redirect: "error",
        });
        if (response.ok) return vectorsIn(await bodyOf(response), texts.length);
        await response.body?.cancel();
        throw new EmbeddingError(`The embeddings endpoint answered ${response.status}.`);
      } catch (error) {
        if (error instanceof EmbeddingError) throw error;
        throw new EmbeddingError(reasonOf(error, signal));
      }
    },
  };
}
