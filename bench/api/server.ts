/**
 * The measured process: Upbeat on a data folder with many workouts, and beside it the bare framework that answers hello, and
 * what is as large as a page of workouts.
 * Its parent asks over IPC for the delay of the event loop.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { AddressInfo } from "node:net";
import fastify from "fastify";
import { startServer } from "#server/main.ts";

const [, , folder = ""] = process.argv;

const server = await startServer({
  dataDir: `${folder}/data`,
  keysDir: `${folder}/keys`,
  host: "127.0.0.1",
  port: 0,
  musicDirs: [`${folder}/music`],
  logLevel: "warn",
});
const hello = fastify();
hello.get("/", async () => ({ hello: "world" }));
/** As large as a page of workouts. */
const large = Buffer.alloc(48_000, "x");
hello.get("/large", (_request, reply) => reply.type("application/json; charset=utf-8").send(large));
await hello.listen({ host: "127.0.0.1", port: 0 });

const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
process.on("message", () => {
  process.send?.({ p99Ms: delay.percentile(99) / 1e6 });
  delay.reset();
});
process.send?.({
  port: Number(new URL(server.address).port),
  helloPort: (hello.server.address() as AddressInfo).port,
});
