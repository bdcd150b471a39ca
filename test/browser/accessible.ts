import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

interface Axe {
  run(options: { rules: Record<string, { enabled: boolean }> }): Promise<{ violations: Violation[] }>;
}

/** What axe-core finds on the page as it stands, in words; `aaa` asks for a contrast of 7:1. */
export async function violationsOn(page: Page, { aaa = false } = {}): Promise<string[]> {
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async (enabled) => {
    const { axe } = globalThis as unknown as { axe: Axe };
    return (await axe.run({ rules: { "color-contrast-enhanced": { enabled } } })).violations;
  }, aaa);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
  );
}
