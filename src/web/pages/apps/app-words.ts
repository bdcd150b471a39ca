/** What apps read and are told, in words. */
import type { AppReport, Volume } from "#protocol/api/usage.ts";
import type { WebhookEvent } from "#domain/webhook.ts";
import { count } from "../../ui/format.ts";

type Category = AppReport["usage"][number]["category"];

export const categoryNames: Readonly<Record<Category, string>> = {
  catalogue: "Classes",
  music: "Music",
  body: "Your body",
  joined: "Music and body together",
  account: "Consents and webhooks",
};

export const eventTexts: Readonly<Record<WebhookEvent, string>> = {
  "workout.finished": "Workout finished",
  "consent.changed": "Consent changed",
};

export function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1000)}\u00a0kB` : `${(bytes / 1e6).toFixed(1)}\u00a0MB`;
}

export function volumeText({ calls, rows, bytes }: Volume): string {
  return `${count(calls, "call")}, ${count(rows, "entry", "entries")}, ${sizeText(bytes)}`;
}
