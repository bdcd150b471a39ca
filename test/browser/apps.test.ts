/** Connected apps as a person meets them: the page that connects one, what it read, and messages that did not arrive. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { violationsOn } from "./accessible.ts";
import { askAs, startApp, type SampleApp } from "./connected-app.ts";
import { closeBrowser, openBrowser, openPage, startUpbeat, type Upbeat } from "./harness.ts";

let upbeat: Upbeat;
let browser: Browser;
let app: SampleApp;

before(async () => {
  [upbeat, browser, app] = await Promise.all([startUpbeat(), openBrowser(), startApp()]);
});
after(async () => {
  await closeBrowser(browser);
  await upbeat?.close();
  app?.close();
});

/** What a day and a half of attempts come to, written by hand: no test waits for it. */
async function giveUpAll(): Promise<void> {
  await upbeat.kill();
  const database = new DatabaseSync(join(upbeat.dataDir, "upbeat.db"));
  database.exec("UPDATE webhook_delivery SET state = 'dead', attempts = 8, failure = '503'");
  database.close();
  await upbeat.crashAndRestart();
}

test("messages that were given up say why, and are tried again one by one or all at once", async () => {
  const { page, errors } = await openPage(browser, upbeat);
  await askAs(page, "PUT", "/v1/outbound", { allowedOrigins: [app.origin] });
  for (const path of ["/one", "/two", "/three"]) {
    await askAs(page, "POST", "/v1/webhooks", { url: `${app.origin}${path}`, events: ["consent.changed"] });
  }
  app.status = 503;
  const { wordingVersion } = (
    (await askAs(page, "GET", "/v1/consents")) as { items: { purpose: string; wordingVersion: number }[] }
  ).items.find(({ purpose }) => purpose === "recommend") ?? { wordingVersion: 1 };
  await askAs(page, "PUT", "/v1/consents/recommend", { granted: true, wordingVersion });
  await giveUpAll();

  await page.goto("/you/apps");
  await page.getByRole("link", { name: "See them and try again" }).click();
  const messages = page.getByRole("list", { name: "Messages" }).getByRole("listitem");
  await messages.first().waitFor();
  assert.equal(await messages.count(), 3);
  await messages.first().getByText("8 attempts. Its own server failed (503).").waitFor();
  assert.deepEqual(await violationsOn(page), []);

  app.status = 204;
  await messages
    .first()
    .getByRole("button", { name: /Try again/ })
    .click();
  await page.waitForFunction(() => document.querySelectorAll('[aria-label="Messages"] > li').length === 2);
  await page.getByRole("button", { name: /^Remove http.*\/two$/ }).click();
  await page.getByRole("button", { name: "Try all again" }).click();
  await page.getByText(/^\d\smessages? will be tried again within seconds\.$/).waitFor();
  await page.getByRole("radio", { name: "Delivered" }).check();
  await page.getByText("Arrived after 1 attempt.").first().waitFor();
  assert.match(page.url(), /show=delivered/);
  assert.deepEqual(errors, []);
  await page.context().close();
});
