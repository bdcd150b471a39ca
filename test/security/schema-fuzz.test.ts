/**
 * Every route of the OpenAPI document under requests made from its own schemas and beside them, with and without a
 * session: never a 5xx, never an answer off its schema, never a field that is not declared.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { createTestApp, demoTracks, type TestApp } from "#test/support/test-app.ts";

type Schema = Readonly<Record<string, unknown>>;
interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
  >;
}

/** Requests to each route, half with a session; planning and library scans work hard for each and get fewer. */
const requestsPerRoute = 200;
const costly: ReadonlySet<string> = new Set(["POST /v1/soundtracks", "POST /v1/soundtracks/alternatives"]);
const costlyRequests = 40;
/** A stream that does not end by itself, and the end of the person. */
const left: ReadonlySet<string> = new Set(["GET /v1/library/events", "DELETE /v1/session"]);

let server: TestApp;
before(async () => {
  server = await createTestApp();
  for (const track of demoTracks().slice(0, 5)) {
    const file = { path: `/music/${track.id}`, sizeBytes: 1, modifiedMs: 1, outcome: { trackId: track.id } };
    await server.tracks.putTrack(track, file);
  }
});
after(() => server.close());

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
  readonly body: unknown;
  readonly isSignedIn: boolean;
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
    body: body === undefined ? fc.constant(undefined) : mostly(body),
    isSignedIn: fc.boolean(),
  });
}

/** Schemas of the document say nothing of fields beside theirs; here there must be none. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const entries = Object.entries(schema).map(([name, value]) => [name, closed(value)] as const);
  const isObject = "properties" in schema && !("additionalProperties" in schema);
  return Object.fromEntries(isObject ? [...entries, ["additionalProperties", false]] : entries);
}

function checkAnswer(
  name: string,
  operation: Operation,
  answer: Awaited<ReturnType<TestApp["visit"]>>,
): void {
  const { statusCode, body } = answer;
  assert.ok(statusCode < 500, `${name}: ${statusCode} ${body}`);
  const described = operation.responses[String(statusCode)] ?? operation.responses.default;
  const [[type, content] = []] = Object.entries(described?.content ?? {});
  if (type === undefined || content === undefined || body === "") return;
  assert.ok(
    String(answer.headers["content-type"]).startsWith(type),
    `${name}: ${answer.headers["content-type"]}`,
  );
  const schema = Type.Unsafe(closed(content.schema) as Record<string, unknown>);
  const wrong = [...Value.Errors(schema, JSON.parse(body))].slice(0, 3);
  assert.deepEqual(wrong, [], `${name} ${statusCode}: ${body.slice(0, 300)}`);
}

test("every route answers as it says, whatever is asked", async () => {
  const document = (await server.visit({ url: "/v1/openapi.json" })).json<{
    paths: Record<string, Record<string, Operation>>;
  }>();
  let routes = 0;
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const name = `${method.toUpperCase()} ${path}`;
      if (left.has(name)) continue;
      routes += 1;
      const numRuns = costly.has(name) ? costlyRequests : requestsPerRoute;
      await fc.assert(
        fc.asyncProperty(attemptsAt(operation), async ({ path: inPath, query, body, isSignedIn }) => {
          const url = path.replaceAll(/\{(\w+)\}/g, (_, key: string) =>
            encodeURIComponent(String(inPath[key])),
          );
          const texts = Object.entries(query).map(([key, value]) => [key, String(value)]);
          const request = {
            method: method.toUpperCase() as "GET",
            url: `${url}?${new URLSearchParams(texts).toString()}`,
          };
          const payload =
            body === undefined
              ? {}
              : { payload: JSON.stringify(body), headers: { "content-type": "application/json" } };
          const answer = await (isSignedIn ? server.ask : server.visit)({ ...request, ...payload });
          checkAnswer(name, operation, answer);
        }),
        { numRuns },
      );
    }
  }
  assert.ok(routes >= 35, `${routes} routes`);
});
