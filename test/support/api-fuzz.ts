/** Requests made from the schemas of the served OpenAPI document and beside them, and whether the answers hold to it. */
import fc from "fast-check";
import { Type } from "typebox";
import { Value } from "typebox/value";
import type { AskedServer } from "./oauth-client.ts";

type Schema = Readonly<Record<string, unknown>>;
export interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
  >;
}

const oddText = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.constantFrom(
    "",
    "\u0000",
    "../..",
    "'; DROP TABLE person; --",
    "é".repeat(100),
    "%",
    "null",
    "0199b3a0-0000-7000-8000-000000000001",
  ),
);
const oddNumber = fc.oneof(fc.integer(), fc.double({ noNaN: true }), fc.constantFrom(0, -1, 2 ** 53, 1e308));
const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  oddNumber,
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A value as a schema wants it, roughly: bounds are kept in most cases and missed in some. */
function valueOf(schema: Schema): fc.Arbitrary<unknown> {
  const {
    type,
    anyOf,
    enum: choices,
    const: only,
    minimum,
    maximum,
  } = schema as {
    type?: string;
    anyOf?: readonly Schema[];
    enum?: readonly unknown[];
    const?: unknown;
    minimum?: number;
    maximum?: number;
  };
  if (only !== undefined) return fc.constant(only);
  if (choices !== undefined) return fc.constantFrom(...choices);
  if (anyOf !== undefined) return fc.oneof(...anyOf.map(valueOf));
  if (type === "object") {
    const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
    const required = (schema.required ?? []) as string[];
    const fields = Object.fromEntries(properties.map(([name, field]) => [name, mostly(field)]));
    return fc.record(fields, { requiredKeys: required.filter((name) => name in fields) });
  }
  if (type === "array") return fc.array(valueOf(schema.items as Schema), { maxLength: 4 });
  if (type === "integer")
    return fc.integer({ min: minimum ?? -1000, max: Math.min(maximum ?? 1e6, 2 ** 31) });
  if (type === "number") return fc.double({ min: minimum ?? -1000, max: maximum ?? 1e6, noNaN: true });
  if (type === "boolean") return fc.boolean();
  return oddText;
}

function mostly(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 9, arbitrary: valueOf(schema) }, { weight: 1, arbitrary: oddValue });
}

interface Attempt {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

function attemptsAt({ parameters = [], requestBody }: Operation): fc.Arbitrary<Attempt> {
  const of = (place: string) =>
    Object.fromEntries(
      parameters.filter((one) => one.in === place).map((one) => [one.name, mostly(one.schema)]),
    );
  const body = requestBody?.content["application/json"]?.schema;
  return fc.record({
    path: fc.record(of("path")),
    query: fc.record(of("query"), { requiredKeys: [] }),
    headers: fc.record(of("header"), { requiredKeys: [] }),
    body: body === undefined ? fc.constant(undefined) : mostly(body),
  });
}

type Sent = Parameters<AskedServer["visit"]>[0];
type Answer = Awaited<ReturnType<AskedServer["visit"]>>;
export type Send = (request: Sent) => Promise<Answer>;

function requestOf(method: string, path: string, { path: inPath, query, headers, body }: Attempt): Sent {
  // A lone surrogate cannot be written into an address.
  const encoded = (value: unknown) => encodeURIComponent(String(value).toWellFormed());
  const url = path.replaceAll(/\{(\w+)\}/g, (_, key: string) => encoded(inPath[key]));
  const texts = Object.entries(query).map(([key, value]) => [key, String(value)]);
  const sent = Object.entries(headers).map(([key, value]) => [
    key,
    String(value).replaceAll(/[^\x20-\x7e]/g, ""),
  ]);
  const json = body === undefined ? {} : { payload: JSON.stringify(body) };
  const type = body === undefined ? {} : { "content-type": "application/json" };
  return {
    method: method.toUpperCase(),
    url: `${url}?${new URLSearchParams(texts).toString()}`,
    ...json,
    headers: { ...Object.fromEntries(sent), ...type },
  };
}

/** Schemas of the document say nothing of fields beside theirs; here there must be none. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const entries = Object.entries(schema).map(([name, value]) => [name, closed(value)] as const);
  const isObject = "properties" in schema && !("additionalProperties" in schema);
  return Object.fromEntries(isObject ? [...entries, ["additionalProperties", false]] : entries);
}

/** What is wrong with an answer; null when it is as the document says. */
function wrongIn({ responses }: Operation, { statusCode, headers, body }: Answer): string | null {
  if (statusCode >= 500) return `${statusCode} ${body.slice(0, 200)}`;
  const described = responses[String(statusCode)] ?? responses.default;
  if (described === undefined) return `${statusCode} is not described`;
  const [[type, content] = []] = Object.entries(described.content ?? {});
  if (type === undefined || content === undefined || body === "") return null;
  if (!String(headers["content-type"]).startsWith(type.replace("*", "")))
    return `${statusCode} as ${String(headers["content-type"])}, not ${type}`;
  if (!type.endsWith("json")) return null;
  const schema = Type.Unsafe(closed(content.schema) as Record<string, unknown>);
  const [first] = [...Value.Errors(schema, JSON.parse(body))];
  return first === undefined ? null : `${statusCode} ${JSON.stringify(first).slice(0, 300)}`;
}

export interface Route {
  /** Such as "GET /v1/tracks/{id}". */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** Every route of the document at /v1/openapi.json. */
export async function routesOf(send: Send): Promise<readonly Route[]> {
  const { paths } = (await send({ url: "/v1/openapi.json" })).json<{
    paths: Record<string, Record<string, Operation>>;
  }>();
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method,
      path,
      operation,
    })),
  );
}

export interface Tally {
  /** Answers by the first digit of their status. */
  readonly byClass: Readonly<Record<string, number>>;
  /** What was wrong, with the request that showed it. */
  readonly wrong: readonly string[];
}

/** Sends `count` requests to a route, the same for the same seed. */
export async function fuzzRoute(route: Route, send: Send, count: number, seed: number): Promise<Tally> {
  const byClass: Record<string, number> = {};
  const wrong: string[] = [];
  for (const attempt of fc.sample(attemptsAt(route.operation), { numRuns: count, seed })) {
    const request = requestOf(route.method, route.path, attempt);
    const answer = await send(request);
    const status = `${Math.floor(answer.statusCode / 100)}xx`;
    byClass[status] = (byClass[status] ?? 0) + 1;
    const found = wrongIn(route.operation, answer);
    if (found !== null) wrong.push(`${found} after ${JSON.stringify(request).slice(0, 500)}`);
  }
  return { byClass, wrong };
}
