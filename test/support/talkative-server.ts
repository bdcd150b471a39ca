/** The whole server in a process of its own, telling its log of everything it can. Told over IPC where it is. */
import { startServer } from "#server/main.ts";

const [, , folder = ""] = process.argv;

const { address } = await startServer({
  dataDir: `${folder}/data`,
  keysDir: `${folder}/keys`,
  host: "127.0.0.1",
  port: 0,
  musicDirs: [`${folder}/music`],
  logLevel: "trace",
});
process.send?.(address);
