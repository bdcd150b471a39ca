import { parentPort } from "node:worker_threads";
import { UnusableFileError } from "#server/ports/analyser.ts";
import { analyseFile } from "./analyse-file.ts";
import type { AnalyseOrder, AnalyseReply } from "./messages.ts";

const port = parentPort;
if (port === null) throw new Error("This file runs as a worker thread.");

const reply = (message: AnalyseReply): void => port.postMessage(message);

port.on("message", ({ path }: AnalyseOrder) => {
  analyseFile(path, () => reply({ alive: true })).then(
    (file) => reply({ file }),
    (error: unknown) => {
      if (!(error instanceof UnusableFileError)) throw error;
      reply({ unusable: error.message });
    },
  );
});
