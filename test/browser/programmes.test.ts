/** Programmes: what is next, and what is done once a workout of it is finished. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { oneServer } from "./one-server.ts";

const openPage = oneServer();

/** Somebody finishes a class; of the workout one line is kept. */
async function finish(page: Page, classId: string): Promise<void> {
  const url = "/v1/workouts/01900000-0000-7000-8000-000000000001";
  const head = {
    classId,
    classTitle: "Run",
    sport: "running",
    startedAtMs: 1.75e12,
    mode: "auto",
    source: "none",
  };
  const end = {
    durationS: 1800,
    reason: "class-finished",
    trackPlays: [],
    blockPasses: [],
    distrustS: 0,
    chunks: 0,
  };
  for (const [path, data] of [
    [url, { ...head, detail: "line" }],
    [`${url}/end`, end],
  ] as const)
    assert.equal((await page.request.put(path, { data })).status(), 200);
}

test("the next session leads to its class, and a finished one is ticked", async () => {
  const { page, errors } = await openPage();
  await page.goto("/classes");
  await page.getByRole("link", { name: "Programmes" }).click();
  await page.getByRole("list", { name: "Programmes" }).getByRole("link", { name: "Couch to 5k" }).click();
  const firstWeek = page.getByRole("list", { name: "Sessions of week 1" });
  await firstWeek.getByText("next").waitFor();
  await page.getByRole("link", { name: "Begin" }).click();
  await page.getByRole("heading", { name: "Couch to 5k, week 1, run 1" }).waitFor();
  await finish(page, new URL(page.url()).pathname.split("/")[2]);
  await page.goto("/programmes/couch-to-5k");
  await firstWeek.getByText(/^Done /).waitFor();
  const bar = page.getByRole("progressbar", { name: "Sessions done" });
  assert.equal(await bar.getAttribute("aria-valuenow"), "1");
  await page.getByRole("link", { name: "Next session" }).click();
  await page.getByRole("heading", { name: "Couch to 5k, week 1, run 2" }).waitFor();
  assert.deepEqual(errors, []);
  await page.context().close();
});
