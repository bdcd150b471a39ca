/** The owner forbids pairing where this browser is: it says so before and after, and there is a way back. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { violationsOn } from "./accessible.ts";
import { clickTrack, closeBrowser, openBrowser, openPage, startUpbeat, type Upbeat } from "./harness.ts";

let upbeat: Upbeat;
let browser: Browser;

before(async () => {
  const music = { "click-120.wav": clickTrack(120, 20) };
  [upbeat, browser] = await Promise.all([
    startUpbeat(music),
    openBrowser(["--enable-features=WebBluetooth"]),
  ]);
});
after(async () => {
  await closeBrowser(browser);
  await upbeat?.close();
});

test("a network is typed wrong, then right, holds for the next page, and is taken back", async () => {
  const { page, errors } = await openPage(browser, upbeat);
  const why = page.getByText("The owner of this server does not want sensors paired on this network.");
  await page.goto("/you");
  await page.getByRole("button", { name: "Add a sensor" }).waitFor();
  assert.equal(await why.count(), 0);

  await page.getByRole("link", { name: "Where sensors may be paired" }).click();
  await page.getByText("None: sensors may be paired everywhere.").waitFor();
  const field = page.getByLabel("Network", { exact: true });
  await field.fill("127.0.0.1");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").filter({ hasText: "For it alone write 127.0.0.1/32" }).waitFor();
  assert.deepEqual(await violationsOn(page), [], "with what is wrong");
  await field.fill("127.0.0.0/8");
  await page.keyboard.press("Enter");
  const networks = page.getByRole("list", { name: "Networks without pairing" });
  await networks.getByText("127.0.0.0 to 127.255.255.255").waitFor();
  await page.getByText("from its next page on it pairs no sensor").waitFor();
  assert.deepEqual(await violationsOn(page), [], "with a network");

  await page.goto("/you");
  await why.first().waitFor();
  await page.goto("/you/networks");
  await networks.getByRole("button", { name: "Allow again in 127.0.0.0/8" }).click();
  await page.getByText("Pairing is allowed in 127.0.0.0/8 again.").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await networks.getByText("127.0.0.0/8", { exact: true }).waitFor();
  await networks.getByRole("button").click();
  await page.getByText("None: sensors may be paired everywhere.").waitFor();
  await page.goto("/you");
  await page.getByRole("button", { name: "Add a sensor" }).waitFor();
  assert.equal(await why.count(), 0);
  assert.deepEqual(errors, []);
  await page.context().close();
});
