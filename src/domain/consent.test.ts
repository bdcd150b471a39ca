import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  consentState,
  generalPurposes,
  isPurpose,
  mayRead,
  wordingOf,
  type ConsentEntry,
  type Purpose,
} from "./consent.ts";

const purposes: readonly Purpose[] = [...generalPurposes, "share:coach", "share:other"];

function ledgerOf(...lines: readonly [Purpose, boolean][]): ConsentEntry[] {
  return lines.map(([purpose, granted], sequence) => {
    return { sequence, purpose, granted, atMs: sequence, wordingVersion: wordingOf(purpose).version };
  });
}

test("nothing is allowed until somebody says yes", () => {
  for (const purpose of purposes) {
    assert.equal(consentState([], purpose), "undecided");
    assert.equal(mayRead([], purpose), false);
  }
  assert.equal(mayRead([], "own"), true, "what is theirs they may always see");
});

test("the last word counts, for its purpose only", () => {
  const ledger = ledgerOf(["keep-biometrics", true], ["share:coach", true], ["recommend", true]);
  assert.equal(mayRead(ledger, "share:coach"), true);
  assert.equal(mayRead(ledger, "share:other"), false);
  assert.equal(mayRead(ledger, "train"), false);
  const withdrawn = [...ledger, ...ledgerOf(["share:coach", false])];
  assert.equal(mayRead(withdrawn, "share:coach"), false);
  assert.equal(mayRead(withdrawn, "recommend"), true);
});

test("whoever does not let biometrics be kept lets nobody read them", () => {
  const ledger = ledgerOf(["keep-biometrics", true], ["recommend", true], ["keep-biometrics", false]);
  assert.equal(consentState(ledger, "recommend"), "granted");
  assert.equal(mayRead(ledger, "recommend"), false);
});

test("a yes to other words is asked for again, a no stays a no", () => {
  const { version } = wordingOf("train");
  const entry = { sequence: 0, purpose: "train", atMs: 0, wordingVersion: version - 1 } as const;
  assert.equal(consentState([{ ...entry, granted: true }], "train"), "undecided");
  assert.equal(consentState([{ ...entry, granted: false }], "train"), "refused");
});

test("no ledger without a yes for a purpose lets it read", () => {
  const line = fc.record({
    sequence: fc.nat(),
    purpose: fc.constantFrom(...purposes),
    granted: fc.boolean(),
    atMs: fc.nat(),
    wordingVersion: fc.nat(3),
  });
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom(...purposes), (ledger, purpose) => {
      const never = ledger.filter((entry) => entry.purpose !== purpose || !entry.granted);
      assert.equal(mayRead(never, purpose), false);
    }),
  );
});

test("only the known purposes, and apps with a plain name, are purposes", () => {
  for (const purpose of purposes) assert.equal(isPurpose(purpose), true, purpose);
  for (const text of [
    "",
    "own",
    "share",
    "share:",
    "share:a b",
    "share:a/b",
    "keep",
    `share:${"x".repeat(129)}`,
  ]) {
    assert.equal(isPurpose(text), false, text);
  }
});
