/** Every scope at every endpoint of the OpenAPI document: what it opens was written down here by hand. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { scopes, type Scope } from "#domain/access.ts";
import { connect } from "#test/support/oauth-client.ts";
import { createTestApp, type TestApp } from "#test/support/test-app.ts";

/** The endpoints an app may call, with the one scope that opens each. All others are for people only. */
const openedBy: Readonly<Record<string, Scope>> = {
  "GET /v1/tracks": "tracks:read",
  "GET /v1/tracks/{id}": "tracks:read",
  "GET /v1/tracks/{id}/beat-grid": "tracks:read",
  "GET /v1/tracks/{id}/audio": "tracks:read",
  "GET /v1/tracks/{id}/cover": "tracks:read",
  "GET /v1/tracks/{id}/taste": "taste:read",
  "PUT /v1/tracks/{id}/taste": "taste:write",
  "PUT /v1/taste/artists": "taste:write",
  "GET /v1/taste/imports": "taste:read",
  "POST /v1/taste/imports": "taste:write",
  "DELETE /v1/taste/imports/{id}": "taste:write",
  "POST /v1/soundtracks": "soundtracks:read",
  "POST /v1/soundtracks/alternatives": "soundtracks:read",
  "GET /v1/recommendations": "recommendations:read",
  "GET /v1/workouts": "workouts:read",
  "GET /v1/workouts/{id}": "workouts:read",
  "GET /v1/workouts/{id}/series": "series:read",
  "GET /v1/workouts/{id}/fit": "series:read",
  "GET /v1/webhooks": "webhooks:manage",
  "POST /v1/webhooks": "webhooks:manage",
  "DELETE /v1/webhooks/{id}": "webhooks:manage",
  "GET /v1/webhooks/deliveries": "webhooks:manage",
  "POST /v1/webhooks/deliveries/{id}/retry": "webhooks:manage",
  "POST /v1/webhooks/deliveries/retry": "webhooks:manage",
  "GET /v1/consents": "consents:read",
  "GET /v1/consents/ledger": "consents:read",
};

/** What any app may call, with whichever scope. */
const openToAnyApp: ReadonlySet<string> = new Set(["GET /v1/usage"]);

interface Operation {
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}

let server: TestApp;
before(async () => {
  server = await createTestApp();
});
after(() => server.close());

async function operations() {
  const document = (await server.visit({ url: "/v1/openapi.json" })).json<{
    paths: Record<string, Record<string, Operation>>;
  }>();
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security = [] }]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase() as "GET",
      url: path.replaceAll(/\{\w+\}/g, "0199b3a0-0000-7000-8000-000000000001"),
      isOpen: security.length === 0,
      documented: security.flatMap((way) => way.oauth ?? []),
    })),
  );
}

test("the document says of each endpoint which scope opens it", async () => {
  const all = await operations();
  const documented = all.flatMap(({ name, documented: [scope] }) =>
    scope === undefined ? [] : [[name, scope]],
  );
  assert.deepEqual(Object.fromEntries(documented), openedBy);
});

test("each scope opens exactly its endpoints", async () => {
  const all = await operations();
  let tried = 0;
  for (const scope of scopes) {
    const { access_token } = await connect(server, scope);
    for (const { name, method, url, isOpen } of all) {
      if (isOpen) continue;
      tried += 1;
      const headers = { authorization: `Bearer ${access_token}` };
      const { statusCode } = await server.visit({ method, url, headers });
      const isClosed = statusCode === 401 || statusCode === 403;
      const shouldOpen = openToAnyApp.has(name) || openedBy[name] === scope;
      assert.equal(!isClosed, shouldOpen, `${scope} at ${name}: ${statusCode}`);
    }
  }
  assert.ok(tried >= scopes.length * 20, `${tried} pairs`);
});
