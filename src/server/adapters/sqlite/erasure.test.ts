import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { openDatabase } from "./open.ts";
import { personTables } from "./erasure.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-erasure-"));
after(() => rmSync(folder, { recursive: true }));

test("erasure knows every table with rows of a person", () => {
  const db = openDatabase(join(folder, "upbeat.db"));
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  const withPerson = tables
    .map(({ name }) => String(name))
    .filter((name) =>
      db
        .prepare(`PRAGMA table_info(${name})`)
        .all()
        .some((column) => /person|owner|member/.test(String(column.name))),
    );
  db.close();
  assert.deepEqual(withPerson.toSorted(), Object.keys(personTables).toSorted());
});
