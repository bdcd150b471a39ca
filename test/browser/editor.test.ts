/** The class editor, by role: what a person with a keyboard, a mouse or a finger does in it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { sizes } from "./harness.ts";
import { oneServer } from "./one-server.ts";

const openPage = oneServer();

const blocks = (page: Page) => page.getByRole("listbox", { name: "Blocks" });
const block = (page: Page, name: string | RegExp) => blocks(page).getByRole("option", { name });
const chosen = (page: Page) => blocks(page).getByRole("option", { selected: true });
const lengthField = (page: Page) => page.getByLabel("Length", { exact: true });

async function openNew(options: Parameters<typeof openPage>[0] = {}, path = "/classes/new") {
  const opened = await openPage(options);
  await opened.page.goto(path);
  await blocks(opened.page).waitFor();
  return opened;
}

async function nameOf(option: Locator): Promise<string> {
  return ((await option.getAttribute("aria-label")) ?? "").replaceAll("\u00a0", " ");
}

test("a class is made by keyboard, undone, redone, saved, found and changed", async () => {
  const { page, errors } = await openNew();
  await page.getByLabel("Title").fill("Hills by hand");
  await blocks(page).focus();
  await page.keyboard.press("ArrowRight");
  assert.match(await nameOf(chosen(page)), /^Work, 3 min, 91 rpm, 95 % of FTP/);
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("ArrowUp");
  assert.equal(await lengthField(page).inputValue(), "3:15");
  assert.match(await nameOf(chosen(page)), /96 % of FTP/);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  assert.equal(await lengthField(page).inputValue(), "3:00");
  await page.keyboard.press("Control+y");
  assert.equal(await lengthField(page).inputValue(), "3:15");
  await page.keyboard.press("Alt+ArrowLeft");
  assert.match(await nameOf(blocks(page).getByRole("option").first()), /^Work/);
  await page.keyboard.press("Alt+ArrowRight");
  await page.keyboard.press("Control+d");
  await block(page, /^Work 2 of 2/).waitFor();
  await page.keyboard.press("Delete");
  await block(page, /^Work, /).waitFor();
  await page.getByRole("group", { name: "Add a block" }).getByRole("button", { name: "Recovery" }).click();
  await blocks(page).focus();
  await page.keyboard.press("ArrowLeft");
  await page.getByLabel("Times").fill("3");
  await page.getByRole("button", { name: "Make a repeat" }).click();
  await block(page, /^Work 3 of 3/).waitFor();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("heading", { name: "Hills by hand" }).waitFor();
  await page.getByText("All 8 blocks").waitFor();
  await page.goto("/classes");
  const own = page.getByRole("list", { name: "Your classes" });
  await own.getByRole("link", { name: /Hills by hand/ }).click();
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await block(page, /^Work 1 of 3/).click();
  await page.getByLabel("Rounds").fill("5");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("All 12 blocks").waitFor();
  assert.deepEqual(errors, []);
  await page.context().close();
});

/** Presses in the middle of `from`, moves by (dx, dy) in steps, lets go. */
async function dragBy(page: Page, from: { x: number; y: number }, dx: number, dy: number): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let step = 1; step <= 4; step += 1)
    await page.mouse.move(from.x + (dx * step) / 4, from.y + (dy * step) / 4);
  await page.mouse.up();
}

async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  assert.ok(box);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test("edges and tops are dragged, each drag is one undo, and the soundtrack is planned anew", async () => {
  const { page, errors } = await openNew();
  await page.getByText("of the recorded tempo").waitFor();
  const edge = await block(page, /^Work/).boundingBox();
  assert.ok(edge);
  const planned = page.waitForResponse((response) => response.url().endsWith("/v1/soundtracks/preview"));
  // The mouse takes hold of the edge itself, whether the block is chosen or not.
  await dragBy(page, { x: edge.x + edge.width - 1, y: edge.y + edge.height - 4 }, edge.width, 0);
  const doubled = await lengthField(page).inputValue();
  assert.ok(["5:55", "6:00", "6:05"].includes(doubled), doubled);
  const request = (await planned).request().postDataJSON() as { class: { durationS: number } };
  assert.ok(request.class.durationS > 780, "the class as it is now");
  await page.keyboard.press("Control+z");
  assert.equal(await lengthField(page).inputValue(), "3:00");
  await dragBy(page, await middleOf(page.getByTitle(/^Target of Work/)), 0, 40);
  const power = Number(await page.getByLabel("Power from").inputValue());
  assert.ok(power < 90 && power > 20, String(power));
  assert.equal(await page.getByLabel("Power to").inputValue(), String(power));
  await page.getByRole("button", { name: "Undo" }).click();
  assert.equal(await page.getByLabel("Power from").inputValue(), "95");
  assert.deepEqual(errors, []);
  await page.context().close();
});

test("a finger drags the handles of the block it has chosen", async () => {
  const { page } = await openNew({ viewport: sizes.phone, hasTouch: true });
  await block(page, /^Work/).tap();
  const from = await middleOf(page.getByTitle(/^Length of Work/));
  const devtools = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", x: number) =>
    devtools.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: type === "touchEnd" ? [] : [{ x, y: from.y }],
    });
  await touch("touchStart", from.x);
  for (const moved of [10, 20, 30]) await touch("touchMove", from.x + moved);
  await touch("touchEnd", from.x + 30);
  assert.notEqual(await lengthField(page).inputValue(), "3:00");
  assert.ok(
    await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
    "nothing overflows",
  );
  await page.context().close();
});

test("what is wrong is said beside the place and keeps the class from being saved", async () => {
  const { page } = await openNew();
  const title = page.getByLabel("Title");
  assert.equal(
    await title.getAttribute("aria-invalid"),
    "false",
    "nothing is missed before anything was done",
  );
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("alert").filter({ hasText: "Give the class a name." }).waitFor();
  assert.equal(await title.getAttribute("aria-invalid"), "true");
  await title.fill("Named");
  await lengthField(page).fill("soon");
  await page.getByText("A time, such as 4:30").waitFor();
  await page.getByLabel("Power from").fill("250");
  await page.getByText("More than twice the threshold").waitFor();
  await page.getByRole("button", { name: "Add a cue" }).click();
  await page.getByText("Write what is to be said.", { exact: true }).waitFor();
  await page.getByLabel("Say").fill("Up the hill");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("heading", { name: "Named" }).waitFor();
  await page.context().close();
});

test("unsaved changes are not left behind without asking", async () => {
  const { page } = await openNew();
  await page.getByRole("link", { name: "Music" }).click();
  await page.waitForURL("**/music");
  await page.goBack();
  await page.getByLabel("Title").fill("Almost lost");
  await page.getByRole("link", { name: "Music" }).click();
  const dialog = page.getByRole("dialog", { name: "Leave without saving?" });
  await dialog.getByRole("button", { name: "Keep editing" }).click();
  assert.equal(await page.getByLabel("Title").inputValue(), "Almost lost");
  await page.getByRole("link", { name: "Music" }).click();
  await dialog.getByRole("button", { name: "Leave" }).click();
  await page.waitForURL("**/music");
  await page.context().close();
});

const zwo = `<workout_file><author>A</author><name>From a file</name><description>D</description><workout>
<Warmup Duration="300" PowerLow="0.4" PowerHigh="0.7"/>
<IntervalsT Repeat="4" OnDuration="60" OffDuration="60" OnPower="1.1" OffPower="0.5" Cadence="95" CadenceResting="85"/>
</workout></workout_file>`;
const fileOf = (name: string, text: string) => ({ name, mimeType: "", buffer: Buffer.from(text) });

test("a file opens in the editor with its losses named; a broken one loses nothing", async () => {
  const { page, errors } = await openNew();
  const picker = page.getByLabel("Open a file");
  await picker.setInputFiles(fileOf("hills.zwo", zwo));
  await page.getByRole("list", { name: "Not kept" }).getByText("<author> is not kept.").waitFor();
  assert.equal(await page.getByLabel("Title").inputValue(), "From a file");
  await block(page, /^Work 4 of 4/).click();
  assert.equal(await page.getByLabel("Rounds").inputValue(), "4");
  await picker.setInputFiles(fileOf("broken.zwo", "<!DOCTYPE x>" + zwo));
  await page.getByRole("alert").getByText("DOCTYPE").waitFor();
  assert.equal(await page.getByLabel("Title").inputValue(), "From a file");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  assert.equal(await page.getByLabel("Title").inputValue(), "", "opening a file is one step");
  assert.deepEqual(errors, []);
  await page.context().close();
});

test("a copy of a built-in class is deleted, and taken back", async () => {
  const { page } = await openNew({}, "/classes/cycling-norwegian-4x4-40/edit");
  await page.waitForURL("**/classes/new?copy=*");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("heading", { name: "Norwegian ride 4 × 4 min, my way" }).waitFor();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download ZWO" }).click();
  assert.match((await download).suggestedFilename(), /^own-norwegian.*\.zwo$/);
  await page.getByText("The names of blocks are not kept.").waitFor();
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await page.getByRole("button", { name: "Delete class" }).click();
  await page.getByText("Class deleted.").waitFor();
  const card = page.getByRole("list", { name: "Your classes" }).getByRole("link", { name: /my way/ });
  assert.equal(await card.count(), 0);
  await page.getByRole("button", { name: "Undo" }).click();
  await card.waitFor();
  await page.context().close();
});
