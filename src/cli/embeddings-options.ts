import { readFileSync } from "node:fs";
import { Option, type Command } from "commander";
import type { EmbeddingsEndpoint } from "#server/adapters/embeddings/http-embedder.ts";
import { UserError } from "./output.ts";

export interface EmbeddingsOptions {
  readonly embeddingsUrl?: string;
  readonly embeddingsModel?: string;
  readonly embeddingsKeyFile?: string;
}

/** A key on the command line could be read by everybody on the machine: it comes in the environment or in a file. */
const keyVariable = "UPBEAT_EMBEDDINGS_KEY";

export function addEmbeddingsOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--embeddings-url <url>",
        "OpenAI-compatible embeddings for the class search, such as http://127.0.0.1:8080/v1",
      ).env("UPBEAT_EMBEDDINGS_URL"),
    )
    .addOption(
      new Option("--embeddings-model <name>", "the model to ask there").env("UPBEAT_EMBEDDINGS_MODEL"),
    )
    .addOption(
      new Option("--embeddings-key-file <file>", `file with its key, instead of ${keyVariable}`).env(
        "UPBEAT_EMBEDDINGS_KEY_FILE",
      ),
    );
}

function keyOf({ embeddingsKeyFile: file }: EmbeddingsOptions, given: string | undefined): string | null {
  if (file === undefined) return given === undefined || given === "" ? null : given.trim();
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    throw new UserError(
      `The embeddings key cannot be read from ${file}: ${(error as NodeJS.ErrnoException).code}.`,
    );
  }
}

/** The endpoint that was set up; null: none. Throws `UserError` where half of it is missing or wrong. */
export function embeddingsEndpoint(
  options: EmbeddingsOptions,
  environment: NodeJS.ProcessEnv,
): EmbeddingsEndpoint | null {
  const { embeddingsUrl: url, embeddingsModel: model } = options;
  if (url === undefined || url === "") return null;
  const parsed = URL.parse(url);
  const isPlain =
    parsed?.username === "" && parsed.password === "" && parsed.search === "" && parsed.hash === "";
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || !isPlain)
    throw new UserError("The embeddings URL is not an address such as http://127.0.0.1:8080/v1.");
  if (model === undefined || model === "")
    throw new UserError(
      "The embeddings endpoint needs a model: --embeddings-model or UPBEAT_EMBEDDINGS_MODEL.",
    );
  const key = keyOf(options, environment[keyVariable]);
  // Only what may stand in a header; a stray newline would otherwise end in an error that names the key.
  if (key !== null && !/^[\x21-\x7e]+$/.test(key))
    throw new UserError("The embeddings key holds something that is no plain character.");
  return { url, model, key };
}
