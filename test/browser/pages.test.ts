import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { violationsOn } from "./accessible.ts";
import { sizes } from "./harness.ts";
import { oneServer } from "./one-server.ts";

const openPage = oneServer();

const aClass = "cycling-norwegian-3x4-35";

/** Every page with something that shows when it has loaded. */
const pages: Readonly<
  Record<string, { path: string; shows: (page: Page) => ReturnType<Page["getByRole"]> }>
> = {
  today: { path: "/", shows: (page) => page.getByRole("link", { name: "Start", exact: true }) },
  classes: {
    path: "/classes?query=30+min+easy+ride%2C+no+sprints",
    shows: (page) => page.getByRole("list", { name: "Understood" }),
  },
  "classes, none found": {
    path: "/classes?query=zzzz&sport=mobility&length=60-1000&intensity=very+hard",
    shows: (page) => page.getByRole("heading", { name: "No class fits all of that" }),
  },
  class: {
    path: `/classes/${aClass}`,
    shows: (page) => page.getByText("no repeats").or(page.getByText("repeat")).first(),
  },
  "class editor": {
    path: `/classes/new?copy=${aClass}`,
    shows: (page) => page.getByRole("listbox", { name: "Blocks" }),
  },
  programmes: { path: "/programmes", shows: (page) => page.getByRole("list", { name: "Programmes" }) },
  programme: {
    path: "/programmes/couch-to-5k",
    shows: (page) => page.getByRole("list", { name: "Sessions of week 9" }),
  },
  history: { path: "/history", shows: (page) => page.getByRole("link", { name: "Choose a class" }) },
  music: { path: "/music", shows: (page) => page.getByRole("link", { name: "click-120" }) },
  "music, found": {
    path: "/music?query=over+100%2C+no+zzzz",
    shows: (page) => page.getByRole("table", { name: "Found tracks" }),
  },
  you: { path: "/you", shows: (page) => page.getByLabel("Threshold power (FTP)") },
  consent: {
    path: "/you/consent",
    shows: (page) => page.getByRole("switch", { name: "Keep my workouts" }),
  },
  "who read": {
    path: "/you/who-read",
    shows: (page) => page.getByText("Nobody but you has read anything of yours."),
  },
  "signing in": {
    path: "/you/signing-in",
    shows: (page) => page.getByRole("list", { name: "Sessions" }),
  },
  people: { path: "/you/people", shows: (page) => page.getByRole("list", { name: "People" }) },
  "use a phone": {
    path: "/you/phone",
    shows: (page) => page.getByRole("heading", { name: "This server serves this machine only" }),
  },
  join: { path: "/join#secret", shows: (page) => page.getByRole("button", { name: "Join" }) },
  calibrate: { path: "/you/calibrate", shows: (page) => page.getByRole("button", { name: "Start" }) },
  "crank angle": { path: "/you/crank-angle", shows: (page) => page.getByRole("button", { name: "Start" }) },
  "connected apps": {
    path: "/you/apps",
    shows: (page) => page.getByRole("heading", { name: "No app is connected" }),
  },
  "apps of this server": {
    path: "/you/server-apps",
    shows: (page) => page.getByRole("button", { name: "Add a tier" }),
  },
  networks: {
    path: "/you/networks",
    shows: (page) => page.getByRole("button", { name: "Forbid pairing there" }),
  },
  "messages to webhooks": {
    path: "/you/messages",
    shows: (page) => page.getByRole("heading", { name: "Nothing was given up" }),
  },
  developers: {
    path: `/developers?search=tracks#${encodeURIComponent("GET/v1/tracks")}`,
    shows: (page) => page.getByRole("button", { name: "Try it" }),
  },
  taste: { path: "/you/taste", shows: (page) => page.getByText("Choose a file") },
  "not found": { path: "/nowhere", shows: (page) => page.getByRole("link", { name: "Go to Today" }) },
  "workout, before Start": {
    path: `/workout/${aClass}?source=simulated`,
    shows: (page) => page.getByRole("button", { name: "Start", exact: true }).last(),
  },
};

describe("every page", () => {
  for (const colorScheme of ["dark", "light"] as const) {
    test(`is accessible, ${colorScheme}`, async () => {
      const { page } = await openPage({
        colorScheme,
        reducedMotion: "reduce",
        viewport: colorScheme === "dark" ? sizes.wide : sizes.phone,
      });
      const found: Record<string, string[]> = {};
      for (const [name, { path, shows }] of Object.entries(pages)) {
        await page.goto(path);
        await shows(page).waitFor();
        const violations = await violationsOn(page);
        if (violations.length > 0) found[name] = violations;
      }
      await page.goto("/music");
      await page.getByRole("link", { name: "click-120" }).click();
      await page.getByRole("heading", { name: "Beat grid" }).waitFor();
      const onTrack = await violationsOn(page);
      if (onTrack.length > 0) found.track = onTrack;
      assert.deepEqual(found, {});
      await page.context().close();
    });
  }
});

test("the API is found, read and tried by keyboard, under the page's own policy", async () => {
  const { page, errors } = await openPage();
  await page.goto("/you/apps");
  await page.getByRole("link", { name: "Read and try the API" }).click();
  await page.getByRole("searchbox", { name: "Search the API" }).fill("library, tempoBpm");
  await page.getByText("1 route", { exact: true }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("tempoConfidence", { exact: true }).waitFor();
  await page.getByLabel("limit").fill("1");
  await page.keyboard.press("Enter");
  const answer = page.getByRole("textbox", { name: "Answer" });
  await answer.waitFor();
  assert.match(await answer.inputValue(), /"tempoBpm": \d/);
  assert.match(page.url(), /search=library%2C\+tempoBpm#GET/);
  assert.deepEqual(await violationsOn(page), [], "with an answer");
  assert.deepEqual(errors, []);
  await page.context().close();
});

test("a search shows what it understood, in the address too, and a chip takes it back", async () => {
  const { page, errors } = await openPage();
  await page.getByRole("link", { name: "Classes" }).click();
  await page.getByRole("searchbox", { name: "Search classes" }).fill("20 min run, no sprints");
  const chips = page.getByRole("list", { name: "Understood" }).getByRole("button");
  await chips.first().waitFor();
  assert.match(page.url(), /query=20\+min\+run/);
  const first = page.getByRole("list", { name: "Classes" }).getByRole("listitem").first();
  await first.getByText("Running").waitFor();
  const chipsBefore = await chips.count();
  await chips.filter({ hasText: /run/i }).first().click();
  await page.waitForURL((url) => !url.search.includes("run"));
  await page.waitForFunction(
    (many) => document.querySelectorAll('[aria-label="Understood"] button').length < many,
    chipsBefore,
  );
  assert.deepEqual(errors, []);
  await page.context().close();
});

test("tracks are found by what one types, and a chip takes a part of it back", async () => {
  const { page, errors } = await openPage();
  await page.goto("/music");
  await page.getByRole("searchbox", { name: "Search tracks" }).fill("calm, arond 92");
  await page.waitForURL(/query=calm/);
  const found = page.getByRole("table", { name: "Found tracks" });
  await found.getByRole("link", { name: "click-92" }).waitFor();
  assert.equal(await found.getByRole("row").count(), 2, "its head and one track");
  const chips = page.getByRole("list", { name: "Understood" }).getByRole("button");
  await chips.filter({ hasText: "around 92 BPM" }).click();
  await page.waitForURL((url) => !url.search.includes("92"));
  await found.getByRole("link", { name: "click-84" }).waitFor();
  assert.deepEqual(errors, []);
  await page.context().close();
});

test("the profile drawing is read by keyboard", async () => {
  const { page } = await openPage();
  await page.goto(`/classes/${aClass}`);
  const drawing = page.getByRole("slider", { name: "Moment of the class" });
  await drawing.focus();
  await page.keyboard.press("Home");
  assert.match((await drawing.getAttribute("aria-valuetext")) ?? "", /^0:00: Warm-up, 80\srpm/);
  await page.keyboard.press("PageDown");
  assert.doesNotMatch((await drawing.getAttribute("aria-valuetext")) ?? "", /Warm-up/);
  await page.context().close();
});

test("mode and movement are kept in the address and carried to the workout", async () => {
  const { page } = await openPage();
  await page.goto(`/classes/${aClass}`);
  await page.getByRole("radio", { name: "Simulated" }).check();
  await page
    .getByRole("group", { name: "Music", exact: true })
    .getByRole("radio", { name: "Steady" })
    .check();
  await page.waitForURL(/mode=steady/);
  await page.getByRole("link", { name: "Start" }).click();
  await page.waitForURL(/\/workout\/.*mode=steady&source=simulated/);
  await page.context().close();
});

test("wireless headphones are offered to be calibrated, once", async () => {
  const { page } = await openPage();
  await page.addInitScript(() => {
    const headphones = { kind: "audiooutput", label: "Sample Buds (Bluetooth)", deviceId: "default" };
    navigator.mediaDevices.enumerateDevices = async () => [headphones as MediaDeviceInfo];
  });
  await page.goto(`/classes/${aClass}`);
  const offer = page.getByRole("link", { name: "Tap to the beat once" });
  await offer.waitFor();
  await page.evaluate(() => {
    const delays = { "Sample Buds (Bluetooth)": { delayMs: 180, uncertaintyMs: 9 } };
    localStorage.setItem("upbeat.output-delays", JSON.stringify(delays));
  });
  await page.reload();
  await page.getByRole("radio", { name: "Simulated" }).waitFor();
  await page.getByText("no repeats").or(page.getByText("repeat")).first().waitFor();
  assert.equal(await offer.count(), 0);
  await page.context().close();
});

test("the athlete's profile is saved and stays", async () => {
  const { page } = await openPage();
  await page.goto("/you");
  const threshold = page.getByLabel("Threshold power (FTP)");
  await threshold.fill("9999");
  await page.getByText("Between 30 and 700.").waitFor();
  await threshold.fill("231");
  await page.keyboard.press("Enter");
  await page.getByText("Saved.").waitFor();
  await page.reload();
  await page.getByLabel("Threshold power (FTP)").waitFor();
  assert.equal(await page.getByLabel("Threshold power (FTP)").inputValue(), "231");
  await page.context().close();
});

test("the theme can be switched and stays", async () => {
  const { page } = await openPage({ colorScheme: "dark" });
  await page.goto("/you");
  await page.getByRole("radio", { name: "Light" }).check();
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await page.reload();
  assert.equal(await background(), light);
  await page.getByRole("radio", { name: "Dark" }).check();
  assert.notEqual(await background(), light);
  await page.context().close();
});

test("a workout by keyboard: start, skip, end early, read it, delete it, take that back", async () => {
  const { page, errors } = await openPage();
  await page.goto(`/workout/${aClass}?source=simulated&mode=follow`);
  await page.getByRole("button", { name: "Start", exact: true }).last().waitFor();
  await page.locator('button[aria-disabled="false"]').filter({ hasText: "Start" }).waitFor();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Pause", exact: true }).waitFor();
  await page.getByRole("timer", { name: "Left in this block" }).waitFor();
  assert.deepEqual(await violationsOn(page, { aaa: true }), [], "readable from afar while it runs");
  const why = page.getByRole("dialog", { name: "Why the music does this" });
  assert.equal(await why.count(), 0, "nobody asked yet");
  await page.keyboard.press("w");
  await why
    .getByRole("listitem")
    .filter({ hasText: /click-\d+ leads.*BPM/ })
    .waitFor();
  assert.deepEqual(await violationsOn(page, { aaa: true }), [], "why");
  await page.keyboard.press("Escape");
  await why.waitFor({ state: "detached" });
  const whyButton = page.getByRole("button", { name: "Why", exact: true });
  await whyButton.click();
  await why.getByRole("button", { name: "Close" }).click();
  await why.waitFor({ state: "detached" });
  const focused = await whyButton.evaluate((button) => button === document.activeElement);
  assert.ok(focused, "the focus goes back");
  await page.keyboard.press("ArrowDown");
  await page.getByText("Quick legs").first().waitFor();
  await page.keyboard.press("e");
  await page.getByRole("button", { name: "End the workout" }).click();
  await page.waitForURL(/\/history\/[0-9a-f-]{36}$/);
  await page.getByRole("heading", { name: "Norwegian ride 3 × 4 min" }).waitFor();
  await page.getByRole("link", { name: "Download FIT" }).waitFor();
  assert.deepEqual(await violationsOn(page), [], "summary");
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByText("Workout deleted.").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("link", { name: "Norwegian ride 3 × 4 min" }).waitFor();
  assert.deepEqual(errors, []);
  await page.context().close();
});

test("without a session the sign-in page asks for the password, accessibly", async () => {
  const { page } = await openPage();
  const refusal = { type: "about:blank", title: "Unauthorized", status: 401 };
  await page.route("**/v1/session", (route) => route.fulfill({ status: 401, json: refusal }));
  await page.goto("/history");
  await page.getByLabel("Password").waitFor();
  assert.deepEqual(await violationsOn(page), []);
  await page.unroute("**/v1/session");
  await page.getByLabel("Password").fill("whatever it is");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").waitFor();
  await page.context().close();
});

test("a page says what failed and what to do, and tries again", async () => {
  const { page } = await openPage();
  await page.route("**/v1/workouts*", (route) => route.abort());
  await page.goto("/history");
  await page.getByText("The server does not answer.").waitFor();
  await page.unroute("**/v1/workouts*");
  await page.getByRole("button", { name: "Try again" }).click();
  await page
    .getByRole("link", { name: /Choose a class|Norwegian/ })
    .first()
    .waitFor();
  await page.context().close();
});
