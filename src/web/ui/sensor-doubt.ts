import type { Doubt } from "#web/device/bluetooth/known-sensors.ts";

/** Why a sensor is not used until the person says that it is theirs. */
export function doubtText(name: string, doubt: Doubt): string {
  return doubt === "stranger"
    ? `This is not the ${name} you used before, though it has its name. It is not used yet.`
    : `${name} now says it is another device than before. It is not used yet.`;
}
