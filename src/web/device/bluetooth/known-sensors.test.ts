import assert from "node:assert/strict";
import { test } from "node:test";
import {
  doubtOf,
  type KnownSensor,
  KnownSensorsInBrowser,
  KnownSensorsInMemory,
  untold,
} from "./known-sensors.ts";

function fakeStorage(): Pick<Storage, "getItem" | "setItem"> {
  const items = new Map<string, string>();
  return { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => void items.set(key, value) };
}

const mine: KnownSensor = {
  id: "a",
  name: "Crank",
  identity: { ...untold, manufacturer: "Acme", model: "C1" },
};

for (const [name, open] of [
  ["in memory", () => new KnownSensorsInMemory()],
  ["in the browser", () => new KnownSensorsInBrowser(fakeStorage())],
] as const) {
  test(`${name}: what is kept is known until it is forgotten, once for each id`, () => {
    const known = open();
    assert.deepEqual(known.all(), []);
    known.keep(mine);
    known.keep({ ...mine, id: "b" });
    known.keep({ ...mine, identity: untold });
    assert.deepEqual(
      known.all().toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      [
        { ...mine, identity: untold },
        { ...mine, id: "b" },
      ],
    );
    known.forget("a");
    known.forget("never there");
    assert.deepEqual(known.all(), [{ ...mine, id: "b" }]);
  });
}

test("what lies in the browser and is no sensor is passed over", () => {
  for (const kept of ["", "{", "null", "7", '[null, 7, {"id": 1}, {"id":"a","name":"n","identity":{}}]']) {
    const known = new KnownSensorsInBrowser({ getItem: () => kept, setItem: () => {} });
    assert.deepEqual(known.all(), [], kept);
  }
});

test("a browser's storage outlives the page", () => {
  const storage = fakeStorage();
  new KnownSensorsInBrowser(storage).keep(mine);
  assert.deepEqual(new KnownSensorsInBrowser(storage).all(), [mine]);
});

test("the first of a name and one that is as it was are not doubted", () => {
  assert.equal(doubtOf([], mine), null);
  assert.equal(doubtOf([mine], mine), null);
  assert.equal(doubtOf([mine], { ...mine, id: "b", name: "Strap" }), null);
});

test("another device of a known name is a stranger, however alike", () => {
  assert.equal(doubtOf([mine], { ...mine, id: "b" }), "stranger");
});

test("what a device told of itself has to stay; what it did not tell may come", () => {
  const told = (change: Partial<KnownSensor["identity"]>) => ({
    ...mine,
    identity: { ...mine.identity, ...change },
  });
  assert.equal(doubtOf([mine], told({ model: "C2" })), "changed");
  assert.equal(doubtOf([mine], told({ manufacturer: null })), "changed");
  assert.equal(doubtOf([mine], told({ serial: "7" })), null);
});
