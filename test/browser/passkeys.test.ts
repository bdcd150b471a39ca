/** Passkeys with Chromium's own virtual authenticator: added, named, a way in, asked for beside the password, removed. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { closeBrowser, openBrowser, openPage, startUpbeat, type Upbeat } from "./harness.ts";

const password = "correct horse battery";
let upbeat: Upbeat;
let browser: Browser;

before(async () => {
  [upbeat, browser] = await Promise.all([startUpbeat(), openBrowser()]);
});
after(async () => {
  await closeBrowser(browser);
  await upbeat?.close();
});

/** A device that knows who holds it and says yes at once; answers how its owner can be made to fail. */
async function giveDevice(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    knowPerson: (isUserVerified: boolean) =>
      session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
    lose: () => session.send("WebAuthn.clearCredentials", { authenticatorId }),
  };
}

async function signOut(page: Page): Promise<void> {
  await page.goto(named("/you"));
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in", exact: true }).waitFor();
}

/** Passkeys belong to a name. */
function named(path: string): string {
  const url = new URL(path, upbeat.address);
  url.hostname = "localhost";
  return url.href;
}

test(
  "a passkey is added, opens a browser, and is asked for beside the password",
  { timeout: 180_000 },
  async () => {
    const { page } = await openPage(browser, upbeat, { newcomer: true });
    await page.goto("/you/signing-in");
    await page.getByRole("link", { name: "Open Upbeat as localhost" }).click();
    await page.waitForURL(named("/you/signing-in"));
    const device = await giveDevice(page);
    await page.getByText("Set a password first").waitFor();
    await page.getByLabel("New password").fill(password);
    await page.getByRole("button", { name: "Set a password" }).click();

    const form = page.getByRole("form", { name: "Add a passkey" });
    await form.getByLabel("What to call it").fill("Laptop");
    await form.getByLabel("Your password").fill("wrong guess");
    await form.getByRole("button").click();
    await form.getByRole("alert").waitFor();
    await form.getByLabel("Your password").fill(password);
    await form.getByRole("button").click();
    const mine = page.getByRole("list", { name: "Passkeys" });
    await mine.getByText("Laptop", { exact: true }).first().waitFor();
    await form.getByLabel("Your password").fill(password);
    await form.getByRole("button").click();
    await form.getByText("This device has a passkey of yours already.").waitFor();
    await mine.getByRole("button", { name: "Rename Laptop" }).click();
    await mine.getByLabel("Name").fill("Old laptop");
    await mine.getByRole("button", { name: "Save the name" }).click();
    await mine.getByText("Old laptop", { exact: true }).first().waitFor();

    await signOut(page);
    const alone = page.getByRole("button", { name: "Sign in with a passkey" });
    await device.knowPerson(false);
    await alone.click();
    await page.getByRole("alert").filter({ hasText: "No passkey was given." }).waitFor();
    await device.knowPerson(true);
    await alone.click();
    await page.getByRole("heading", { name: "You", exact: true }).waitFor();

    await page.goto(named("/you/signing-in"));
    const beside = page.getByRole("switch", { name: "Ask for a passkey beside the password" });
    await beside.click();
    await page.getByLabel("Your password").last().fill(password);
    await page.getByRole("button", { name: "Ask for it" }).click();
    await page.locator('[role="switch"][aria-checked="true"]').waitFor();
    await mine.getByRole("button", { name: "Remove Old laptop" }).click();
    await mine.getByText("Switch that off first.").waitFor();

    await signOut(page);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("heading", { name: "You", exact: true }).waitFor();
    await signOut(page);
    await device.lose();
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("alert").filter({ hasText: "No passkey was given." }).waitFor();
    assert.equal(await page.evaluate(async () => (await fetch("/v1/session")).status), 401);
    await page.context().close();
  },
);
