import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Command } from "commander";
import { UserError } from "../output.ts";
import { registerClass } from "./class.ts";
import { registerClasses } from "./classes.ts";

/** Runs one command line and answers what it wrote to stdout. */
async function output(...args: readonly string[]): Promise<string> {
  const program = new Command().exitOverride();
  registerClasses(program);
  registerClass(program);
  for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => {} });
  const written: string[] = [];
  const stdout = mock.method(process.stdout, "write", (text: string) => written.push(text) > 0);
  const stderr = mock.method(process.stderr, "write", () => true);
  try {
    await program.parseAsync([...args], { from: "user" });
  } finally {
    stdout.mock.restore();
    stderr.mock.restore();
  }
  return written.join("");
}

test("classes --json prints one document with the agreed members", async () => {
  const found = JSON.parse(
    await output("classes", "--query", "30 min easy ride", "--limit", "3", "--json"),
  ) as Record<string, unknown>[];
  assert.equal(found.length, 3);
  for (const one of found) {
    assert.deepEqual(Object.keys(one), [
      "id",
      "title",
      "sport",
      "durationS",
      "intensity",
      "equipment",
      "score",
      "why",
    ]);
    assert.equal(one.sport, "cycling");
    assert.equal(one.durationS, 1800);
  }
});

test("classes without a limit lists them all", async () => {
  const all = JSON.parse(await output("classes", "--json")) as unknown[];
  assert.ok(all.length >= 1600);
});

test("class --json prints blocks that fill the class; without it, a line for each", async () => {
  const plan = JSON.parse(await output("class", "cycling-norwegian-4x4-40", "--json")) as {
    durationS: number;
    blocks: { startS: number; durationS: number }[];
  };
  const last = plan.blocks.at(-1);
  assert.equal((last?.startS ?? 0) + (last?.durationS ?? 0), plan.durationS);
  const text = await output("class", "cycling-norwegian-4x4-40");
  assert.match(text, /10:00 +4:00 +Hard 1 of 4 +96 rpm +109 % FTP +█+/);
});

test("an unknown class is one clear line, a wrong limit wrong usage", async () => {
  await assert.rejects(
    output("class", "nope"),
    (error) => error instanceof UserError && error.message.includes("nope"),
  );
  await assert.rejects(output("classes", "--limit", "0"), { code: "commander.invalidArgument" });
});
