import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseSensor } from "../choose-sensor.ts";
import { openPage } from "../harness.ts";
import { cadenceSensor, Pedalling } from "../pedalling.ts";
import { openWithSensors } from "../with-sensors.ts";

test(
  "garbage is counted; a stranger of a known name and a sensor that changed move nothing until they are accepted",
  { timeout: 240_000 },
  async (t) => {
    const mine = { ...cadenceSensor, information: { "2a29": "Acme", "2a24": "C1" } };
    const other = { ...mine, address: "00:11:22:33:44:07" };
    const { bluez, upbeat, browser } = await openWithSensors(t, [mine, other]);
    bluez.lose(other);
    const { page, errors } = await openPage(browser, upbeat);
    await chooseSensor(page, mine.name);
    const addSensor = page.getByRole("button", { name: /^Add/ });
    const listed = page.getByRole("list", { name: "Sensors" }).getByRole("listitem");

    await page.goto("/you");
    await addSensor.click();
    await bluez.subscribed(mine);
    await listed.getByText("Connected").waitFor();
    assert.equal(await page.getByText("It is mine").count(), 0); // the first of its name is believed
    bluez.notify(mine, Uint8Array.of(0xff));
    await listed.getByText("One of its messages could not be read").waitFor();
    bluez.notify(mine, Uint8Array.of(2, 1));
    await listed.getByText("2 of its messages could not be read").waitFor();

    bluez.lose(mine);
    mine.information = { "2a29": "Acme", "2a24": "C9" };
    bluez.bringBack(mine);
    await listed.getByText("now says it is another device").waitFor();
    await page.getByRole("button", { name: "It is mine" }).click();
    await listed.getByText("now says it is another device").waitFor({ state: "detached" });

    bluez.lose(mine);
    bluez.bringBack(other);
    await page.goto("/workout/cycling-endurance-20?source=sensors&mode=follow");
    await addSensor.click();
    await bluez.subscribed(other);
    const pedalling = new Pedalling(bluez, 80, 0, other);
    t.after(() => pedalling.stop());
    await page.getByText(`${other.name}: not used yet`).waitFor();
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.getByText("This is not the Test cadence you used before").waitFor();
    const strokes = pedalling.topsMs.length;
    while (pedalling.topsMs.length < strokes + 6)
      await page.evaluate(() => new Promise(requestAnimationFrame));
    const cadence = page.locator(".tile-crank .figure-value").first();
    assert.match((await cadence.textContent()) ?? "", /no signal/);
    await page.getByRole("button", { name: "It is mine" }).click();
    await cadence.filter({ hasText: /^(79|80|81)/ }).waitFor();
    await page.getByText(other.name, { exact: true }).waitFor();

    // Both are known from now on.
    await page.goto("/you");
    await addSensor.click();
    await listed.getByText("Connected").waitFor();
    assert.equal(await page.getByText("It is mine").count(), 0);
    assert.deepEqual(errors, []);
  },
);
