import assert from "node:assert/strict";
import { test } from "node:test";
import { findingsOf, idleMs, type AppFacts } from "./app-risk.ts";

const nowMs = 1_790_000_000_000;
const harmless: AppFacts = {
  scopes: ["classes:read", "tracks:read"],
  readCategories: ["music"],
  grantedAtMs: nowMs - 90 * 86_400_000,
  lastAccessMs: nowMs - 3_600_000,
  redirectHosts: ["diary.example"],
  webhookHosts: ["diary.example:8443"],
  anomalies: 0,
};
const textsOf = (facts: Partial<AppFacts>) =>
  findingsOf({ ...harmless, ...facts }, nowMs).map(({ weight, text }) => `${weight}: ${text}`);

test("an app that does what it is for has nothing to say about it", () => {
  assert.deepEqual(textsOf({}), []);
});

test("a drain, a strange place and silence ask for a look", () => {
  assert.match(textsOf({ anomalies: 1 }).join(), /^look: .* once in the last 30 days/);
  assert.match(textsOf({ anomalies: 3 }).join(), /3 times/);
  assert.match(textsOf({ webhookHosts: ["collect.example"] }).join(), /^look: .*collect\.example/);
  assert.match(textsOf({ lastAccessMs: nowMs - idleMs - 1 }).join(), /^look: It has not called/);
  assert.deepEqual(textsOf({ lastAccessMs: nowMs - idleMs }), []);
  assert.deepEqual(textsOf({ lastAccessMs: null, grantedAtMs: nowMs }), [], "new is not idle");
  assert.match(textsOf({ lastAccessMs: null }).join(), /^look: It has not called/);
});

test("what it may and does not is noted, what it may not is not", () => {
  const scopes = ["workouts:read", "series:read", "taste:read"] as const;
  const noted = textsOf({ scopes, readCategories: ["music"] });
  assert.equal(noted.filter((text) => text.includes("has not in the last 30 days")).length, 2);
  assert.ok(noted.every((text) => text.startsWith("note: ")));
  assert.ok(noted.some((text) => text.includes("second by second, the most intimate")));
  assert.match(textsOf({ readCategories: ["music", "joined"] }).join(), /joins music and body/);
});
