/** A newcomer is asked once whether workouts may be kept; a private session leaves what was chosen and nothing else. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { oneServer } from "./one-server.ts";

const aClass = "cycling-endurance-20";
const openPage = oneServer();

/** Starts, waits for the clock to run, and ends early. */
async function rideBriefly(page: Page, leaves: string): Promise<void> {
  await page.goto(`/workout/${aClass}?source=simulated&leaves=${leaves}`);
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.getByRole("button", { name: "Pause" }).waitFor();
  await page.waitForFunction(() => document.body.textContent.includes("0:03"), null, { timeout: 60_000 });
  await page.getByRole("button", { name: "End" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: /end/i }).first().click();
}

/** Everything of workouts that lies in this browser, as text. */
function leftInBrowser(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const found: unknown[] = [Object.entries(localStorage), Object.entries(sessionStorage)];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name ?? "");
        request.addEventListener("success", () => resolve(request.result));
        request.addEventListener("error", () => reject(new Error("no database")));
      });
      for (const store of database.objectStoreNames) {
        const request = database.transaction(store).objectStore(store).getAll();
        await new Promise((resolve) => request.addEventListener("success", resolve));
        found.push(...request.result);
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      if (name === "upbeat-audio") found.push((await (await caches.open(name)).keys()).map(({ url }) => url));
    }
    return JSON.stringify(found);
  });
}

const workoutsOf = (page: Page) =>
  page.evaluate(async () => (await (await fetch("/v1/workouts")).json()).items as { detail: string }[]);

test(
  "a private session leaves nothing, or a line, in the browser and on the server",
  { timeout: 180_000 },
  async () => {
    const { page } = await openPage({ newcomer: true });
    await rideBriefly(page, "nothing");
    await page.getByRole("heading", { name: "Done, and nothing was kept" }).waitFor();
    assert.deepEqual(await workoutsOf(page), []);
    assert.doesNotMatch(await leftInBrowser(page), /cycling-endurance|heartRateBpm|\/audio/);

    await rideBriefly(page, "line");
    await page.getByText("Only this is kept").waitFor();
    assert.deepEqual(
      (await workoutsOf(page)).map(({ detail }) => detail),
      ["line"],
    );
    assert.doesNotMatch(await leftInBrowser(page), /cycling-endurance|heartRateBpm|\/audio/);
    await page.context().close();
  },
);

test(
  "a first workout is not lost and not kept before a yes, even when the page was left",
  { timeout: 180_000 },
  async () => {
    const { page } = await openPage({ newcomer: true });
    const before = (await workoutsOf(page)).length;
    await rideBriefly(page, "all");
    await page.getByRole("heading", { name: "Shall Upbeat keep your workouts?" }).waitFor();
    assert.equal((await workoutsOf(page)).length, before);
    assert.match(await leftInBrowser(page), /heartRateBpm/);

    await page.goto("/history");
    const offer = page.getByRole("region", { name: "Keep your workout" });
    await offer.getByRole("button", { name: "Keep my workouts" }).click();
    await offer.waitFor({ state: "detached" });
    await page.waitForFunction(
      async (many) => (await (await fetch("/v1/workouts")).json()).items.length > many,
      before,
    );
    assert.equal((await workoutsOf(page))[0]?.detail, "full");

    await page.goto("/you/consent");
    const keep = page.getByRole("switch", { name: "Keep my workouts" });
    assert.equal(await keep.isChecked(), true);
    await keep.click();
    await page.getByRole("button", { name: "Delete what was measured" }).click();
    await page.getByText("not allowed", { exact: true }).waitFor();
    assert.deepEqual(
      (await workoutsOf(page)).map(({ detail }) => detail),
      Array.from({ length: before + 1 }, () => "line"),
    );
    await page.context().close();
  },
);
