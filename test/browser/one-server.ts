import { after, before } from "node:test";
import type { Browser } from "playwright-core";
import { closeBrowser, openBrowser, openPage, startUpbeat, type Upbeat } from "./harness.ts";

type PageOptions = Parameters<typeof openPage>[2];

/** One server, its music read, and one browser for all tests of the file that calls this; what opens their pages. */
export function oneServer(): (options?: PageOptions) => ReturnType<typeof openPage> {
  let upbeat: Upbeat;
  let browser: Browser;
  before(async () => {
    [upbeat, browser] = await Promise.all([startUpbeat(), openBrowser()]);
    await upbeat.musicRead();
  });
  after(async () => {
    await closeBrowser(browser);
    await upbeat?.close();
  });
  return (options) => openPage(browser, upbeat, options);
}
