/** The client as others get it: packed, unpacked beside a programme of theirs, type-checked, and run against a real server. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startServerProcess, type ServerProcess } from "#test/support/server-process.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-client-"));
const project = join(folder, "project");
const root = join(import.meta.dirname, "..", "..");
let server: ServerProcess;

before(async () => {
  const made = join(folder, "made");
  execFileSync(process.execPath, [join(root, "scripts/pack-client.ts"), made], { cwd: root });
  const [packed] = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--offline", "--pack-destination", folder], {
      cwd: made,
      encoding: "utf8",
    }),
  ) as [{ filename: string; files: { path: string }[] }];
  const paths = packed.files.map(({ path }) => path);
  for (const path of ["LICENSE", "README.md", "index.js", "package.json", "types/client/index.d.ts"])
    assert.ok(paths.includes(path), `${path} in ${paths.join(" ")}`);
  const home = join(project, "node_modules", "upbeat-client");
  mkdirSync(home, { recursive: true });
  execFileSync("tar", ["-xzf", join(folder, packed.filename), "-C", home, "--strip-components=1"]);
  symlinkSync(join(root, "node_modules", "typebox"), join(project, "node_modules", "typebox"));
  writeFileSync(join(project, "package.json"), JSON.stringify({ type: "module" }));
  server = await startServerProcess(join(folder, "server"));
});
after(async () => {
  await server.stop("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
});

/** What somebody writes who has only the package. */
const programme = `
import { ApiError, apiPaths, createClient, type ClassPage, type Page, type TrackSummary } from "upbeat-client";
const [, , address = "", cookie = ""] = process.argv;
const upbeat = createClient({ address, headers: () => ({ cookie }) });
const classes = await upbeat.get<ClassPage>(
  apiPaths.classes({ query: "30 min easy ride" }, { limit: 2, utcOffsetMinutes: 0 }),
);
const tracks: Page<TrackSummary> = await upbeat.get(apiPaths.tracks({ limit: 5 }));
let refusal = 0;
await upbeat.get(apiPaths.workout("0199b3a0-0000-7000-8000-000000000001")).catch((error: unknown) => {
  if (error instanceof ApiError) refusal = error.status;
});
const titles: string[] = classes.items.map(({ title }) => title);
console.log(JSON.stringify({ titles, tracks: tracks.items.length, refusal }));
`;

function typeErrors(text: string): string {
  const file = join(project, "programme.ts");
  writeFileSync(file, text);
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const options = ["--noEmit", "--strict", "--target", "es2024", "--module", "nodenext", "--types", "node"];
  const roots = ["--typeRoots", join(root, "node_modules/@types")];
  const { stdout } = spawnSync(process.execPath, [tsc, ...options, ...roots, file], {
    cwd: project,
    encoding: "utf8",
  });
  return stdout;
}

test("a programme with the package alone compiles, and one that misreads an answer does not", () => {
  assert.equal(typeErrors(programme), "");
  assert.match(typeErrors(programme.replace("titles: string[]", "titles: number[]")), /TS2322/);
});

test("it asks a real server and is told of a refusal", async () => {
  const file = join(project, "programme.ts");
  writeFileSync(file, programme);
  const output = execFileSync(process.execPath, [file, server.address, server.cookie], {
    cwd: project,
    encoding: "utf8",
  });
  const { titles, tracks, refusal } = JSON.parse(output) as {
    titles: string[];
    tracks: number;
    refusal: number;
  };
  assert.equal(titles.length, 2);
  assert.ok(tracks <= 1);
  assert.equal(refusal, 404);
});

test("the package speaks of nothing outside it", () => {
  const home = join(project, "node_modules", "upbeat-client");
  const files = globSync("**/*.{js,ts}", { cwd: home });
  assert.ok(files.some((file) => file.startsWith("types/protocol/")));
  const speaking = files.filter((file) => /from "#|import\("#/.test(readFileSync(join(home, file), "utf8")));
  assert.deepEqual(speaking, []);
});
