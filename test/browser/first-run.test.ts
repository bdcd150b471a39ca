/** A server in its first minute: no music of anybody's, the demo library is being composed. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { closeBrowser, openBrowser, openPage, startUpbeat, type Upbeat } from "./harness.ts";

let upbeat: Upbeat;
let browser: Browser;
/** Short, so that few tracks make it whole. */
const classId = "cycling-recovery-20";

before(async () => {
  browser = await openBrowser();
  upbeat = await startUpbeat({});
});
after(async () => {
  await closeBrowser(browser);
  await upbeat?.close();
});

test("a workout waits calmly for its first tracks and goes on by itself; nothing is called small meanwhile", async () => {
  const { page, errors } = await openPage(browser, upbeat, { newcomer: true });
  const suggested = page.getByRole("region", { name: "Suggested class" });
  await suggested.getByText(/30\smin · easy/).waitFor();
  await suggested.getByRole("link", { name: "Start" }).click();
  await page.getByRole("heading", { name: "Your music is on its way" }).waitFor();
  const status = page.getByRole("status");
  await status.getByText(/^Composing the demo library: \d+ of \d+ ready$/).waitFor();
  assert.equal(await page.getByText("That did not work").count(), 0);

  const other = await page.context().newPage();
  await other.goto(`/classes/${classId}`);
  await other.getByText("The soundtrack is planned as soon as").waitFor();
  await other.getByText(/Composing the demo library: [1-9]/).waitFor();
  assert.equal(await other.getByText("This library is small").count(), 0);
  assert.equal(await other.getByText("the library is").count(), 0);
  await other.close();

  await page.goto(`/workout/${classId}?source=none`);
  await page.getByRole("button", { name: "Start", exact: true }).waitFor({ timeout: 400_000 });
  const answer = await page.request.post("/v1/soundtracks", { data: { classId } });
  assert.equal((await answer.json()).metrics.repeats, 0, "it went on when its music lasts");
  const { progress } = await (await page.request.get("/v1/library")).json();
  assert.equal(progress.state, "composing", "and did not wait for all of it");
  assert.deepEqual(errors, []);
  await page.context().close();
});
