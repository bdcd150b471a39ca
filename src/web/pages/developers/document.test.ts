import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, groupsOf, searched, type Operation } from "./document.ts";
import { schemaFields, typeOf, type Schema } from "./schema-fields.ts";

const list: Schema = {
  type: "object",
  required: ["items"],
  properties: {
    items: {
      type: "array",
      items: { type: "object", required: ["tempoBpm"], properties: { tempoBpm: { type: "number" } } },
    },
  },
};
const refusal = { content: { "application/problem+json": { schema: { type: "object" } } } };

const groups = groupsOf({
  paths: {
    "/v1/tracks": {
      get: {
        summary: "The library",
        tags: ["tracks"],
        security: [{ session: [] }, { oauth: ["tracks:read"] }],
        parameters: [
          { name: "limit", in: "query", schema: { type: "integer", minimum: 1, maximum: 200 } },
          { name: "cursor", in: "query", schema: { type: "string" } },
        ],
        responses: { "200": { content: { "application/json": { schema: list } } }, default: refusal },
      },
    },
    "/v1/classes/{id}": {
      get: {
        tags: ["classes"],
        security: [],
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        responses: { "200": { content: { "application/json": { schema: { type: "object" } } } } },
      },
      put: {
        tags: ["classes"],
        security: [{ session: [] }],
        responses: { "200": { content: { "application/json": { schema: { type: "object" } } } } },
      },
      delete: { tags: ["classes"], security: [{ session: [] }], responses: { "204": {} } },
    },
    "/v1/tracks/{id}/audio": {
      get: { tags: ["tracks"], security: [{ session: [] }], responses: { default: refusal } },
    },
  },
});

const ids = (found: typeof groups) => found.map(({ operations }) => operations.map(({ id }) => id));

function operation(id: string): Operation {
  const found = groups.flatMap(({ operations }) => operations).find((each) => each.id === id);
  assert.ok(found !== undefined, id);
  return found;
}

test("routes stand under their tag, in the document's order", () => {
  assert.deepEqual(
    groups.map(({ tag }) => tag),
    ["tracks", "classes"],
  );
  assert.deepEqual(ids(groups), [
    ["GET/v1/tracks", "GET/v1/tracks/{id}/audio"],
    ["GET/v1/classes/{id}", "PUT/v1/classes/{id}", "DELETE/v1/classes/{id}"],
  ]);
});

test("a route says who may call it, and with which scopes", () => {
  assert.equal(operation("GET/v1/classes/{id}").isOpen, true);
  assert.equal(operation("DELETE/v1/classes/{id}").isOpen, false);
  assert.deepEqual(operation("DELETE/v1/classes/{id}").scopes, []);
  assert.deepEqual(operation("GET/v1/tracks").scopes, ["tracks:read"]);
});

test("only what reads and answers in JSON can be tried: no change, no audio", () => {
  assert.equal(operation("GET/v1/tracks").canBeTried, true);
  assert.equal(operation("PUT/v1/classes/{id}").canBeTried, false);
  assert.equal(operation("DELETE/v1/classes/{id}").canBeTried, false);
  assert.equal(operation("GET/v1/tracks/{id}/audio").canBeTried, false);
});

test("answers and parameters become fields", () => {
  const { answers, parameters } = operation("GET/v1/tracks");
  assert.deepEqual(
    answers.map(({ status, type }) => [status, type]),
    [
      ["200", "object"],
      ["default", "object"],
    ],
  );
  assert.equal(answers[0]?.fields[0]?.type, "list of object");
  assert.equal(answers[0]?.fields[0]?.children[0]?.name, "tempoBpm");
  assert.equal(parameters[0]?.field.limits, "1 to 200");
  assert.equal(parameters[0]?.field.isRequired, false);
  assert.equal(operation("GET/v1/classes/{id}").parameters[0]?.field.isRequired, true);
  assert.equal(operation("DELETE/v1/classes/{id}").answers[0]?.type, null);
});

test("a search finds routes that have all its words, in paths, scopes and the names of fields", () => {
  assert.deepEqual(ids(searched(groups, "  TRACKS tempobpm ")), [["GET/v1/tracks"]]);
  assert.deepEqual(ids(searched(groups, "tracks:read")), [["GET/v1/tracks"]]);
  assert.deepEqual(ids(searched(groups, "delete class")), [["DELETE/v1/classes/{id}"]]);
  assert.deepEqual(searched(groups, "tracks nowhere"), []);
  assert.deepEqual(ids(searched(groups, "")), ids(groups));
});

test("for apps there is what is open or has a scope", () => {
  assert.deepEqual(ids(searched(groups, "", { forApps: true })), [
    ["GET/v1/tracks"],
    ["GET/v1/classes/{id}"],
  ]);
});

test("an address carries what was filled in, escaped", () => {
  assert.equal(addressOf(operation("GET/v1/tracks"), { limit: "5", cursor: "" }), "/v1/tracks?limit=5");
  assert.equal(addressOf(operation("GET/v1/classes/{id}"), { id: "a/b?c" }), "/v1/classes/a%2Fb%3Fc");
});

test("types and limits are said in words", () => {
  const demo: Schema = { type: "string", enum: ["demo"] };
  const own: Schema = { type: "string", enum: ["library"] };
  assert.equal(typeOf({ anyOf: [{ type: "number" }, { type: "null" }] }), "number or null");
  assert.equal(typeOf({ type: "array", items: { anyOf: [demo, own] } }), 'list of ("demo" or "library")');
  assert.equal(typeOf({}), "anything");
  const [source, share, note, tags] = schemaFields({
    properties: {
      source: { anyOf: [demo, own, { type: "null" }] },
      share: { anyOf: [{ type: "number", minimum: 0, maximum: 1 }, { type: "null" }] },
      note: { type: "string", maxLength: 300, pattern: "^a" },
      tags: { type: "array", items: { type: "string" }, minItems: 2, maxItems: 2 },
    },
  });
  assert.deepEqual(source?.values, ["demo", "library"]);
  assert.equal(share?.limits, "0 to 1");
  assert.equal(note?.limits, "at most 300 characters, matches ^a");
  assert.equal(tags?.limits, "exactly 2 items");
});

test("each form of a value has its own fields, named by what is fixed in it", () => {
  const steady: Schema = {
    type: "object",
    properties: { kind: { enum: ["steady"] }, rpm: { type: "number" } },
  };
  const free: Schema = { type: "object", properties: { kind: { enum: ["free"] } } };
  const forms = schemaFields({ anyOf: [steady, free, { type: "null" }] });
  assert.deepEqual(
    forms.map(({ name, children }) => [name, children.map((child) => child.name)]),
    [
      ['kind "steady"', ["kind", "rpm"]],
      ['kind "free"', ["kind"]],
    ],
  );
  const nullable = schemaFields({ anyOf: [steady, { type: "null" }] });
  assert.deepEqual(
    nullable.map(({ name }) => name),
    ["kind", "rpm"],
    "one form needs no name",
  );
});

test("names that are not fixed are a field of their own", () => {
  const [any] = schemaFields({ type: "object", additionalProperties: { type: "number" } });
  assert.deepEqual([any?.name, any?.type], ["any other name", "number"]);
});
