import type { ClassPlan } from "#domain/class-plan.ts";
import { jsonOfPlan } from "./class-json.ts";
import { zwoOfPlan } from "./zwo-export.ts";

export const exportFormats = ["zwo", "json"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** A class as a file to keep: its name, its text, and in plain sentences what the format cannot say. */
export function fileOfPlan(
  plan: ClassPlan,
  format: ExportFormat,
): { readonly fileName: string; readonly text: string; readonly losses: readonly string[] } {
  const write = { zwo: zwoOfPlan, json: jsonOfPlan }[format];
  return { fileName: `${plan.id}.${format}`, ...write(plan) };
}
