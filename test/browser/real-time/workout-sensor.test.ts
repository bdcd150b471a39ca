import { test } from "node:test";
import { chooseSensor } from "../choose-sensor.ts";
import { clickTrack, openPage } from "../harness.ts";
import { cadenceSensor, Pedalling } from "../pedalling.ts";
import { recordAudio, untilMusicGoesAt } from "../recorder.ts";
import { openWithSensors } from "../with-sensors.ts";

/** Two beats a revolution: 80 rpm is 160 BPM, 90 rpm is 180; this track is 6 % away from both. */
const trackBpm = 170;
const aClass = "cycling-endurance-20";

test(
  "a sensor's cadence goes from 80 to 90 rpm, and the music in the air goes along",
  { timeout: 240_000 },
  async (t) => {
    const music = { "a.wav": clickTrack(trackBpm, 80), "b.wav": clickTrack(trackBpm, 70) };
    const { bluez, upbeat, browser } = await openWithSensors(t, [cadenceSensor], music);
    const { page } = await openPage(browser, upbeat, { bypassCSP: true });
    await recordAudio(page);
    await chooseSensor(page, cadenceSensor.name);
    await page.goto(`/workout/${aClass}?source=sensors&mode=follow`);
    await page.getByRole("button", { name: "Add a sensor" }).click();
    await bluez.subscribed(cadenceSensor);
    const pedalling = new Pedalling(bluez, 80);
    t.after(() => pedalling.stop());
    await page.getByRole("button", { name: "Start", exact: true }).click();

    const before = await untilMusicGoesAt(page, 160);
    pedalling.cadenceRpm = 90;
    const after = await untilMusicGoesAt(page, 180);
    t.diagnostic(`tempo in the audio: ${before.bpm.toFixed(1)} BPM at 80 rpm within ${before.afterS} s`);
    t.diagnostic(`${after.bpm.toFixed(1)} BPM at 90 rpm within ${after.afterS} s of the change`);

    bluez.lose(cadenceSensor);
    await page.getByText("lost, looking for it").waitFor();
    bluez.bringBack(cadenceSensor);
    const backMs = performance.now();
    await bluez.subscribed(cadenceSensor);
    t.diagnostic(`heard again ${Math.round(performance.now() - backMs)} ms after the sensor's return`);
    await page.getByText(cadenceSensor.name, { exact: true }).waitFor();

    await page.goto("/you");
    await page.getByRole("button", { name: "Add a sensor" }).click();
    const listed = page.getByRole("list", { name: "Sensors" }).getByRole("listitem");
    await listed.filter({ hasText: cadenceSensor.name }).getByText("Connected").waitFor();
    await page.getByRole("button", { name: `Forget ${cadenceSensor.name}` }).click();
    await listed.waitFor({ state: "detached" });
  },
);
