/** A small load generator: keep-alive connections that ask again as soon as they are answered. */
import { connect } from "node:net";

export interface Load {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly durationMs: number;
}

export interface LoadResult {
  readonly perSecond: number;
  readonly p99Ms: number;
}

const headEnd = "\r\n\r\n";

/** One connection; answers the time each request took. Rejects at the first answer that is not 200. */
function ask({ port, path, headers }: Load, untilMs: number): Promise<number[]> {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${lines.join("")}\r\n`);
  const took: number[] = [];
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let startMs = 0;
    let missing = 0;
    const send = (): void => {
      startMs = performance.now();
      missing = 0;
      socket.write(request);
    };
    const answered = (): void => {
      const nowMs = performance.now();
      took.push(nowMs - startMs);
      if (nowMs < untilMs) return send();
      socket.end();
      resolve(took);
    };
    socket.setNoDelay(true);
    socket.on("connect", send).on("error", reject);
    socket.on("data", (bytes) => {
      if (missing === 0) {
        const head = bytes.toString("latin1", 0, Math.min(bytes.length, 4000));
        const length = /content-length: (\d+)/i.exec(head)?.[1];
        if (!head.startsWith("HTTP/1.1 200") || length === undefined)
          return reject(new Error(head.slice(0, 500)));
        missing = head.indexOf(headEnd) + headEnd.length + Number(length);
      }
      missing -= bytes.length;
      if (missing === 0) answered();
    });
  });
}

export async function run(load: Load): Promise<LoadResult> {
  const startMs = performance.now();
  const all = await Promise.all(
    Array.from({ length: load.connections }, () => ask(load, startMs + load.durationMs)),
  );
  const seconds = (performance.now() - startMs) / 1000;
  const took = all.flat().toSorted((a, b) => a - b);
  return { perSecond: took.length / seconds, p99Ms: took[Math.floor(took.length * 0.99)] ?? 0 };
}
