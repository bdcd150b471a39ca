import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";
import { FakeBluez, type FakeSensor } from "./fake-bluez.ts";
import { closeBrowser, openBrowser, startUpbeat, type Music } from "./harness.ts";

/** A server, its music read, and a browser that hears these sensors over Bluetooth; all of it gone with the test. */
export async function openWithSensors(t: TestContext, sensors: readonly FakeSensor[], music?: Music) {
  const folder = mkdtempSync(path.join(tmpdir(), "upbeat-bus-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const bluez = await FakeBluez.start(folder, sensors);
  t.after(() => bluez.stop());
  const upbeat = await startUpbeat(music);
  t.after(() => upbeat.close());
  await upbeat.musicRead();
  const browser = await openBrowser(["--enable-features=WebBluetooth"], {
    DBUS_SYSTEM_BUS_ADDRESS: bluez.busAddress,
  });
  t.after(() => closeBrowser(browser));
  return { bluez, upbeat, browser };
}
