/** Requests over a socket in the form of injected ones: no redirect is followed, no cookie kept. */
import { request as httpRequest, type OutgoingHttpHeaders } from "node:http";
import type { InjectOptions } from "fastify";
import type { AskedServer } from "./oauth-client.ts";

type Visit = AskedServer["visit"];

function cookiesIn(lines: readonly string[]) {
  return lines.map((line) => {
    const [pair = "", ...attributes] = line.split("; ");
    const path = attributes.find((one) => /^path=/i.test(one))?.slice(5);
    const at = pair.indexOf("=");
    return { name: pair.slice(0, at), value: pair.slice(at + 1), ...(path !== undefined && { path }) };
  });
}

function bodyOf({ payload, headers = {} }: InjectOptions): { text: string; headers: OutgoingHttpHeaders } {
  if (payload === undefined) return { text: "", headers };
  if (typeof payload === "string") return { text: payload, headers };
  return { text: JSON.stringify(payload), headers: { "content-type": "application/json", ...headers } };
}

export function httpVisitor(address: string): Visit {
  return (options) =>
    new Promise((resolve, reject) => {
      const { text, headers } = bodyOf(options);
      const length = text === "" ? {} : { "content-length": Buffer.byteLength(text) };
      const sent = httpRequest(
        new URL(options.url, address),
        { method: options.method ?? "GET", headers: { ...headers, ...length }, agent: false },
        (response) => {
          let body = "";
          response.setEncoding("utf8");
          response.on("data", (chunk: string) => (body += chunk));
          response.on("end", () =>
            resolve({
              statusCode: response.statusCode ?? 0,
              headers: response.headers,
              body,
              json: () => JSON.parse(body),
              cookies: cookiesIn(response.headers["set-cookie"] ?? []),
            }),
          );
        },
      );
      sent.on("error", reject);
      sent.end(text);
    });
}
