/** Answers the browser's Bluetooth chooser, as a person would. */
import type { Page } from "playwright-core";

interface Prompt {
  readonly id: string;
  readonly devices: readonly { readonly id: string; readonly name: string }[];
}

/** From now on the chooser of this page picks the sensor of that name as soon as it is listed. */
export async function chooseSensor(page: Page, name: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const answered = new Set<string>();
  session.on("DeviceAccess.deviceRequestPrompted", ({ id, devices }: Prompt) => {
    const device = devices.find((candidate) => candidate.name === name);
    if (device === undefined || answered.has(id)) return;
    answered.add(id); // a second answer to one prompt crashes the browser
    void session.send("DeviceAccess.selectPrompt", { id, deviceId: device.id });
  });
  await session.send("DeviceAccess.enable");
}
