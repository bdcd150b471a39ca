/** The Today page: what it suggests, how hard, in which mood, and what is next in a programme. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { wordingOf } from "#domain/consent.ts";
import { oneServer } from "./one-server.ts";

const openPage = oneServer();

let made = 0;
/** Somebody does a class to its end. */
async function did(page: Page, classId: string, hoursAgo: number): Promise<void> {
  const plan = await (await page.request.get(`/v1/classes/${classId}`)).json();
  made += 1;
  const url = `/v1/workouts/01900000-0000-7000-8000-${String(made).padStart(12, "0")}`;
  const startedAtMs = Date.now() - hoursAgo * 3_600_000;
  const head = {
    classId,
    classTitle: plan.title,
    sport: plan.sport,
    startedAtMs,
    mode: "auto",
    source: "none",
  };
  assert.equal((await page.request.put(url, { data: head })).status(), 200);
  const ended = { reason: "class-finished", trackPlays: [], blockPasses: [], distrustS: 0, chunks: 0 };
  const end = await page.request.put(`${url}/end`, { data: { ...ended, durationS: plan.durationS } });
  assert.equal(end.status(), 200);
}

test("a first visit is told how to begin, and one press starts a mix", async () => {
  const { page, errors } = await openPage();
  await page.getByText("its beats land on your strokes").waitFor();
  const mixes = page.getByRole("list", { name: "Mixes by mood" });
  await mixes.getByRole("link", { name: "Start the driving mix" }).click();
  await page.waitForURL(/\/workout\/.*~driving$/);
  await page.getByRole("button", { name: "Start", exact: true }).last().waitFor();
  assert.deepEqual(errors, []);
  await page.context().close();
});

test("how hard today is chosen by keyboard, kept in the address, and holds", async () => {
  const { page, errors } = await openPage();
  const easy = page.getByRole("radio", { name: "Easy" });
  await easy.waitFor();
  await easy.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.waitForURL(/hard=hard/);
  await page
    .getByRole("region", { name: "Suggested class" })
    .getByText(/· (very )?hard/)
    .waitFor();
  await page.reload();
  assert.equal(await page.getByRole("radio", { name: "Hard" }).isChecked(), true);
  await page
    .getByRole("list", { name: "More classes for today" })
    .getByText(/· (very )?hard/)
    .first()
    .waitFor();
  assert.deepEqual(errors, []);
  await page.context().close();
});

test("the mood of a class is chosen on its page", async () => {
  const { page } = await openPage();
  await page.goto("/classes/cycling-norwegian-3x4-35");
  await page.getByRole("radio", { name: "Calm" }).check();
  await page.waitForURL(/~calm/);
  await page
    .getByRole("list", { name: "About this class" })
    .getByText(/Music calm/)
    .waitFor();
  await page.getByRole("radio", { name: "As the class" }).check();
  await page.waitForURL((url) => !url.pathname.includes("calm"));
  await page.context().close();
});

test("what was done informs it only after a yes; the next session of a programme is there either way", async () => {
  const { page, errors } = await openPage();
  const { sessions } = await (await page.request.get("/v1/programmes/couch-to-5k")).json();
  await did(page, sessions[0].classId, 60);
  await page.goto("/");
  await page.getByText("know nothing of your workouts").waitFor();
  const next = page.getByRole("list", { name: "Next sessions" });
  await next.getByRole("link", { name: `Start ${sessions[1].title}` }).waitFor();
  const data = { granted: true, wordingVersion: wordingOf("recommend").version };
  await page.request.put("/v1/consents/recommend", { data });
  await page.reload();
  const suggested = page.getByRole("region", { name: "Suggested class" });
  await suggested.getByText(/Next in “Couch to 5k”: 2 of 27/).waitFor();
  assert.equal(await page.getByText("know nothing of your workouts").count(), 0);
  assert.equal(await next.count(), 0, "it is suggested already");
  assert.deepEqual(errors, []);
  await page.context().close();
});
