/** Connected apps as a person meets them: the page that connects one, what it read, and messages that did not arrive. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { violationsOn } from "./accessible.ts";
import { askAs, connectApp, startApp, type SampleApp } from "./connected-app.ts";
import { clickTrack, closeBrowser, openBrowser, openPage, startUpbeat, type Upbeat } from "./harness.ts";

/** Nothing here is about music, and a library to read would keep the machine busy. */
const oneTrack = { "click-120.wav": clickTrack(120, 20) };
let upbeat: Upbeat;
let browser: Browser;
let app: SampleApp;

before(async () => {
  [upbeat, browser, app] = await Promise.all([startUpbeat(oneTrack), openBrowser(), startApp()]);
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
  // A page that is open would report a server that is away.
  await page.goto("about:blank");
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

test("an address of one's own is typed wrong, then right, shows its secret once, is told, and is taken back", async () => {
  const { page, errors } = await openPage(browser, upbeat);
  await askAs(page, "PUT", "/v1/outbound", { allowedOrigins: [app.origin] });
  await page.goto("/you/messages?show=delivered");
  const field = page.getByLabel("Address", { exact: true });
  const url = `${app.origin}/mine`;
  await field.fill("my programme");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").filter({ hasText: "This is no address." }).waitFor();
  assert.deepEqual(await violationsOn(page), [], "with what is wrong");
  await field.fill(url);
  await page.getByRole("checkbox", { name: "Workout finished" }).uncheck();
  await page.getByRole("checkbox", { name: "Consent changed" }).uncheck();
  await page.getByText("Nothing is ticked.").waitFor();
  await page.getByRole("checkbox", { name: "Consent changed" }).check();
  await page.getByRole("button", { name: "Tell this address" }).click();
  const secret = page.getByText(/^whsec_/);
  await secret.waitFor();
  assert.deepEqual(await violationsOn(page), [], "with the secret");
  const mine = page.getByRole("list", { name: "Addresses" }).getByRole("listitem").filter({ hasText: url });
  await mine.getByText(/^Consent changed · yours since/).waitFor();

  const told = page.getByRole("list", { name: "Messages" }).getByRole("listitem");
  const before = await told.count();
  await askAs(page, "PUT", "/v1/consents/recommend", { granted: false, wordingVersion: 1 });
  await page.waitForFunction(
    (many) => document.querySelectorAll('[aria-label="Messages"] > li').length > many,
    before,
  );
  await page.reload();
  await mine.waitFor();
  assert.equal(await secret.count(), 0, "it is shown once");
  await mine.getByRole("button", { name: `Remove ${url}` }).click();
  await mine.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await mine.waitFor();
  await mine.getByRole("button", { name: `Remove ${url}` }).click();
  await page.goto("/you/apps");
  // Leaving the page does not keep it.
  await page.waitForFunction(async (gone) => {
    const { items } = (await (await fetch("/v1/webhooks")).json()) as { items: { url: string }[] };
    return items.every((webhook) => webhook.url !== gone);
  }, url);
  assert.deepEqual(errors, []);
  await page.context().close();
});

test("an app is connected, says what it read, is held to a tier, and is removed with a moment to undo", async () => {
  const { page, errors } = await openPage(browser, upbeat);
  const scopes = "workouts:read tracks:read";
  const { clientId, headers } = await connectApp(page, upbeat, { app, name: "Training diary", scopes });
  for (let call = 0; call < 3; call += 1) await fetch(`${upbeat.address}/v1/workouts`, { headers });

  await page.goto("/you/apps");
  await page.getByText(/In the last 30 days: 3\scalls/).waitFor();
  await page.getByText("It may read the summary of each of your workouts").waitFor();
  assert.deepEqual(await violationsOn(page), [], "connected apps");
  await page.getByRole("link", { name: "Report on Training diary" }).click();
  await page.getByRole("list", { name: "What it read" }).getByText("Your body").waitFor();
  assert.deepEqual(await violationsOn(page), [], "report");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as a file" }).click();
  assert.equal((await saved).suggestedFilename(), `upbeat-app-${clientId}.json`);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.getByRole("navigation").isVisible(), false, "paper has no navigation");
  await page.emulateMedia({ media: null });

  await page.goto("/you/consent");
  await page.getByRole("switch", { name: "Share with Training diary" }).waitFor();
  await page.goto("/you/who-read");
  await page.getByRole("listitem").filter({ hasText: "Training diary" }).waitFor();
  assert.deepEqual(await violationsOn(page), [], "who read");

  await page.goto("/you/server-apps");
  await page.getByRole("button", { name: "Add a tier" }).click();
  const tier = page.getByRole("group", { name: "tier 2" });
  await tier.getByLabel("Bodies").fill("none");
  await tier.getByText("Calls an hour are whole numbers").waitFor();
  await tier.getByLabel("Bodies").fill("1");
  await tier.getByLabel("Name").fill("strict");
  assert.deepEqual(await violationsOn(page), [], "apps of this server");
  await page.getByRole("button", { name: "Save tiers" }).click();
  await page.getByText("Saved. It holds from the next call on.").waitFor();
  await page.getByLabel("Tier of Training diary").selectOption("strict");
  await page.waitForFunction(async () => {
    const { tierOf } = (await (await fetch("/v1/app-tiers")).json()) as { tierOf: object };
    return Object.values(tierOf).includes("strict");
  });
  const refused = await fetch(`${upbeat.address}/v1/workouts`, { headers });
  assert.equal(refused.status, 429);
  await page.getByRole("link", { name: "Training diary" }).click();
  await page.getByText(/At most 1\scall an hour/).waitFor();

  await page.goto("/you/server-apps");
  const known = page.getByRole("list", { name: "Known apps" }).getByRole("listitem");
  await page.getByRole("button", { name: "Remove Training diary" }).click();
  await known.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await known.waitFor();
  await page.goto("/you/apps");
  await page.getByRole("button", { name: "Disconnect Training diary" }).click();
  await page.getByRole("heading", { name: "No app is connected" }).waitFor();
  const gone = await fetch(`${upbeat.address}/v1/workouts`, { headers });
  assert.equal(gone.status, 401);
  assert.deepEqual(errors, []);
  await page.context().close();
});
