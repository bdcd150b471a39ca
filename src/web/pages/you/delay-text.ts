import type { OutputDelay } from "#web/device/audio/output-delay.ts";

export function delayText({ delayMs, uncertaintyMs }: OutputDelay): string {
  return `${Math.round(Math.max(0, delayMs))} ms, give or take ${Math.max(1, Math.round(uncertaintyMs))}`;
}
