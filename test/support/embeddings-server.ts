/** A model server on a loopback socket that speaks POST /v1/embeddings; what it answers can be changed. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { countsOfWords } from "#server/adapters/memory/memory-embedder.ts";

export interface AskedEmbeddings {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly model: string;
  readonly input: readonly string[];
}
export type AnswerEmbeddings = (asked: AskedEmbeddings, response: ServerResponse) => void;

/** The words of each text, counted; the last text first, as any order is allowed. */
export const rightly: AnswerEmbeddings = ({ input }, response) => {
  const data = input.map((one, index) => ({ object: "embedding", index, embedding: countsOfWords(one) }));
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ object: "list", data: data.toReversed(), model: "words" }));
};

export async function embeddingsServer() {
  const asked: AskedEmbeddings[] = [];
  let answer = rightly;
  const hear = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { model, input } = JSON.parse(await text(request)) as Pick<AskedEmbeddings, "model" | "input">;
    const one = { path: request.url ?? "", headers: request.headers, model, input };
    asked.push(one);
    answer(one, response);
  };
  const server = createServer((request, response) => {
    void hear(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    url: `${origin}/v1`,
    asked,
    answerWith(wanted: AnswerEmbeddings) {
      answer = wanted;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
