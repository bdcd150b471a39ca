import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Command } from "commander";
import { addEmbeddingsOptions, embeddingsEndpoint, type EmbeddingsOptions } from "./embeddings-options.ts";
import { UserError } from "./output.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-embeddings-"));
after(() => rmSync(folder, { recursive: true }));
const [embeddingsUrl, embeddingsModel] = ["http://127.0.0.1:8080/v1", "small"];

test("nothing is set up unless an address is given", () => {
  const options = addEmbeddingsOptions(new Command()).parse([], { from: "user" }).opts<EmbeddingsOptions>();
  assert.equal(embeddingsEndpoint(options, { UPBEAT_EMBEDDINGS_KEY: "k" }), null);
});

test("the key comes from the environment or from a file", () => {
  const options = { embeddingsUrl, embeddingsModel };
  const endpoint = { url: embeddingsUrl, model: embeddingsModel };
  assert.deepEqual(embeddingsEndpoint(options, {}), { ...endpoint, key: null });
  assert.deepEqual(embeddingsEndpoint(options, { UPBEAT_EMBEDDINGS_KEY: "one" }), {
    ...endpoint,
    key: "one",
  });
  const file = join(folder, "key");
  writeFileSync(file, "two\n");
  assert.deepEqual(embeddingsEndpoint({ ...options, embeddingsKeyFile: file }, {}), {
    ...endpoint,
    key: "two",
  });
});

test("half an endpoint is refused in one line that tells no secret", () => {
  const wrong: readonly EmbeddingsOptions[] = [
    { embeddingsUrl },
    { embeddingsUrl: "no address", embeddingsModel },
    { embeddingsUrl: "ftp://127.0.0.1/", embeddingsModel },
    { embeddingsUrl: "http://me:canary@127.0.0.1/", embeddingsModel },
    { embeddingsUrl: "http://127.0.0.1/?key=canary", embeddingsModel },
    { embeddingsUrl, embeddingsModel, embeddingsKeyFile: join(folder, "missing") },
  ];
  for (const options of wrong)
    assert.throws(
      () => embeddingsEndpoint(options, {}),
      (error) => error instanceof UserError && !/canary|\n/.test(error.message),
      JSON.stringify(options),
    );
  const key = "canary\nx: y";
  assert.throws(
    () => embeddingsEndpoint({ embeddingsUrl, embeddingsModel }, { UPBEAT_EMBEDDINGS_KEY: key }),
    (error) => error instanceof UserError && !/canary/.test(error.message),
  );
});
