import { resolve } from "node:path";
import { InvalidArgumentError, type Command } from "commander";
import type { RunningUpbeat, ServerOptions } from "#server/main.ts";
import { FolderInUseError, defaultDataDir, defaultKeysDir } from "#server/open-data-folder.ts";
import { SealError } from "#server/ports/sealer.ts";
import { StoreError } from "#server/ports/store.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import { addEmbeddingsOptions, embeddingsEndpoint, type EmbeddingsOptions } from "../embeddings-options.ts";
import { UserError, printLine } from "../output.ts";

interface ServeOptions extends EmbeddingsOptions {
  readonly port: number;
  readonly host: string;
  readonly data: string;
  readonly keys: string;
  readonly music: readonly string[];
}

function toPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  return port;
}

function collect(path: string, before: readonly string[]): string[] {
  return [...before, resolve(path)];
}

/** Resolves at the first request to stop. A second one ends the process at once. */
function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

/** A stop that takes longer than this hangs; supervisors kill after 10 s or more. */
const stopWithinMs = 8_000;

/** Ends the process when something will not let go: what was acknowledged is on the disk by then. */
function stopInTime(): void {
  const giveUp = (): void => {
    process.stderr.write(
      "Something did not end in time: Upbeat stops without it. Nothing that was saved is lost.\n",
    );
    process.exit(0);
  };
  setTimeout(giveUp, stopWithinMs).unref();
}

async function start(options: ServerOptions): Promise<RunningUpbeat> {
  // Loaded here: other commands need not wait for the whole server.
  const { StartError, startServer } = await import("#server/main.ts");
  try {
    return await startServer(options);
  } catch (error) {
    const isClear =
      error instanceof StartError ||
      error instanceof FolderInUseError ||
      error instanceof StoreError ||
      error instanceof SealError ||
      error instanceof Refusal;
    throw isClear ? new UserError(error.message) : error;
  }
}

async function serve({ port, host, data, keys, music, ...rest }: ServeOptions): Promise<void> {
  const embeddings = embeddingsEndpoint(rest, process.env);
  const stop = stopRequested();
  const server = await start({
    port,
    host,
    dataDir: data,
    keysDir: keys,
    musicDirs: music,
    embeddings,
    logLevel: "warn",
  });
  printLine(`Upbeat is ready: ${server.address}`);
  const [name] = server.trust?.hosts() ?? [];
  if (server.trust !== null && name !== undefined) {
    printLine(`Other machines: https://${name}`);
    printLine(`A phone comes to trust it at http://${name}/trust, SHA-256 ${server.trust.root.fingerprint}`);
  }
  printLine(`Data: ${server.dataDir}`);
  printLine(`Music: ${server.tracks === 0 ? "no tracks yet" : `${server.tracks} tracks`}`);
  await stop;
  stopInTime();
  await server.close();
}

export function registerServe(program: Command): void {
  const command = program
    .command("serve")
    .description("Run the server and the web app")
    .option("--port <number>", "port to listen on", toPort, 8120)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--data <folder>", "data folder", defaultDataDir())
    .option("--keys <folder>", "keystore, outside the data folder", defaultKeysDir())
    .option("--music <folder>", "music folder to add and scan; may be repeated", collect, []);
  addEmbeddingsOptions(command).action(serve);
}
