/** The taste page: what was said, learned and brought along is seen there, and taken back there. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { oneServer } from "./one-server.ts";

const openPage = oneServer();

test("a word is seen and taken back; a history is brought, counted and taken out; all is forgotten", async () => {
  const { page, errors } = await openPage();
  const { items } = await (await page.request.get("/v1/tracks")).json();
  const [track] = items;
  await page.request.put(`/v1/tracks/${track.id}/taste`, { data: { word: "ban" } });
  await page.goto("/you");
  await page.getByRole("link", { name: "Your taste" }).click();
  const signals = page.getByRole("list", { name: "Signals" });
  await signals.getByText("You never want to hear it.").waitFor();
  await signals.getByRole("button", { name: /Take back/ }).click();
  await page.getByText("Nothing known yet").waitFor();

  const buffer = Buffer.from(
    `#EXTM3U\n#EXTINF:75,${track.artist} - ${track.title}\nx.wav\nother - thing.mp3\n`,
  );
  const picker = page.getByLabel("Choose a file");
  await picker.setInputFiles({ name: "liked.m3u", mimeType: "audio/x-mpegurl", buffer });
  await page
    .getByRole("status")
    .getByText(/2\sfavourites read\. 1 of 2\srecordings in the library, 1 not/)
    .waitFor();
  await signals.getByText("It is in a list of favourites you imported.").waitFor();
  await picker.setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from("{}") });
  await page.getByRole("alert").getByText("no listens").waitFor();
  await page.getByRole("button", { name: /Take out.*liked\.m3u/ }).click();
  await page.getByText("Nothing known yet").waitFor();

  await page.request.put(`/v1/tracks/${track.id}/taste`, { data: { word: "like" } });
  await page.reload();
  await signals.getByText("You like it.").waitFor();
  await page.getByRole("button", { name: "Forget everything" }).click();
  await page.getByRole("button", { name: "Forget it all" }).click();
  await page.getByText("Nothing known yet").waitFor();
  assert.deepEqual(
    errors.filter((error) => !error.includes("400")),
    [],
  );
  await page.context().close();
});
