import assert from "node:assert/strict";
import { test } from "node:test";
import { anotherTier, draftOf, settingsOf, troubleWith, type TierDraft } from "./tier-drafts.ts";

const calls = { catalogue: 3000, music: 1500, body: 600, joined: 60, account: 300 };
const standard = draftOf({ name: "standard", callsPerHour: calls });
const generous = draftOf({ name: "generous", callsPerHour: calls });
const withBody = (body: string): TierDraft => {
  return { ...standard, callsPerHour: { ...standard.callsPerHour, body } };
};

test("what was not touched is sent as it came", () => {
  const tierOf = { diary: "generous" };
  assert.deepEqual(settingsOf([standard, generous], tierOf), {
    tiers: [
      { name: "standard", callsPerHour: calls },
      { name: "generous", callsPerHour: calls },
    ],
    tierOf,
  });
});

test("a renamed tier keeps its apps, those of a removed one fall back to the first", () => {
  const tierOf = { diary: "generous", coach: "standard" };
  const renamed = settingsOf([standard, { ...generous, name: " partners " }], tierOf);
  assert.deepEqual(renamed?.tierOf, { diary: "partners", coach: "standard" });
  assert.deepEqual(settingsOf([standard], tierOf)?.tierOf, { coach: "standard" });
});

test("two tiers may swap their names, and their apps stay with them", () => {
  const swapped = [
    { ...standard, name: "generous" },
    { ...generous, name: "standard" },
  ];
  assert.deepEqual(settingsOf(swapped, { diary: "generous" })?.tierOf, { diary: "standard" });
});

test("what cannot be saved says why", () => {
  for (const body of ["", "-1", "1.5", "many", "1000001"]) {
    assert.match(troubleWith(withBody(body), [withBody(body)]) ?? "", /whole numbers/, body);
    assert.equal(settingsOf([withBody(body)], {}), null);
  }
  assert.equal(troubleWith(withBody("0"), [withBody("0")]), null);
  assert.match(troubleWith({ ...standard, name: " " }, [standard]) ?? "", /needs a name/);
  assert.match(troubleWith(standard, [standard, standard]) ?? "", /Two tiers/);
});

test("a new tier has a name of its own", () => {
  const second = anotherTier([standard]);
  const third = anotherTier([standard, second]);
  assert.equal(new Set(["standard", second.name, third.name]).size, 3);
  assert.equal(anotherTier([{ ...standard, name: "tier 2" }]).name, "tier 3");
  assert.equal(second.was, null);
});
