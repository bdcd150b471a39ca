import assert from "node:assert/strict";
import { test } from "node:test";
import { violationsOn } from "./accessible.ts";
import { oneServer } from "./one-server.ts";

const openPage = oneServer();

const aClass = "cycling-norwegian-3x4-35";

test("a track is swapped by keyboard, in the address and for the workout too, and back again", async () => {
  const { page, errors } = await openPage();
  await page.goto(`/classes/${aClass}?source=simulated`);
  const rows = page.locator(".slots > li");
  const second = rows.nth(1);
  const before = await second.getByRole("link").innerText();
  await second.getByRole("button", { name: /^Swap/ }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: `Instead of ${before}` });
  const offer = dialog.getByRole("listitem").first();
  await offer.getByText(/worse|better|good/i).waitFor();
  assert.deepEqual(await violationsOn(page), []);
  const title = await offer.locator("strong").innerText();
  assert.notEqual(title, before);
  await offer.getByRole("button", { name: `Use ${title}` }).press("Enter");
  await page.waitForURL(/swap=\d+\.\w/);
  const chosen = rows.filter({ hasText: "Your choice" });
  await chosen.getByRole("link", { name: title }).waitFor();
  assert.deepEqual(await violationsOn(page), []);
  const planned = await rows.allInnerTexts();
  await page.reload();
  await chosen.getByRole("link", { name: title }).waitFor();
  assert.deepEqual(await rows.allInnerTexts(), planned, "a reload gives the same plan");
  const workoutPlan = page.waitForRequest((request) => request.url().endsWith("/v1/soundtracks"));
  await page.getByRole("link", { name: "Start", exact: true }).click();
  await page.waitForURL(/\/workout\/.*swap=\d/);
  assert.equal((await workoutPlan).postDataJSON().swaps.length, 1);
  await page.goBack();
  await page.getByRole("button", { name: "Undo the last swap" }).press("Enter");
  await page.waitForURL((url) => !url.search.includes("swap"));
  await chosen.waitFor({ state: "detached" });
  assert.equal(await second.getByRole("link").innerText(), before);
  assert.deepEqual(errors, []);
  await page.context().close();
});
