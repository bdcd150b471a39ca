/** How late each output of this browser sounds, beyond what the browser itself knows: measured once, kept here. */
export interface OutputDelay {
  readonly delayMs: number;
  readonly uncertaintyMs: number;
}

export interface OutputDevice {
  /** As the system calls it; null where the browser does not say (most do only after being allowed to record). */
  readonly name: string | null;
  readonly likelyWireless: boolean;
}

const storageKey = "upbeat.output-delays";
/** Everything that sounds while no output has a name. */
const unnamed = "";
const wirelessNames = /bluetooth|wireless|airpods|buds|hands-?free/i;

/** The output in use, as far as it can be known. */
export async function outputDevice(): Promise<OutputDevice> {
  const nothing = { name: null, likelyWireless: false };
  if (!("mediaDevices" in navigator)) return nothing;
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  const outputs = devices.filter(({ kind, label }) => kind === "audiooutput" && label !== "");
  const used = outputs.find(({ deviceId }) => deviceId === "default") ?? outputs[0];
  return used === undefined ? nothing : { name: used.label, likelyWireless: wirelessNames.test(used.label) };
}

export function delayOf({ name }: OutputDevice): OutputDelay | null {
  return allDelays()[name ?? unnamed] ?? null;
}

/** Null forgets it. */
export function keepDelay({ name }: OutputDevice, delay: OutputDelay | null): void {
  const { [name ?? unnamed]: _, ...others } = allDelays();
  const delays = delay === null ? others : { ...others, [name ?? unnamed]: delay };
  localStorage.setItem(storageKey, JSON.stringify(delays));
}

function allDelays(): Record<string, OutputDelay> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "{}");
    if (typeof kept !== "object" || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter(([, delay]) => isDelay(delay)));
  } catch {
    return {};
  }
}

function isDelay(value: unknown): value is OutputDelay {
  if (typeof value !== "object" || value === null) return false;
  if (!("delayMs" in value && "uncertaintyMs" in value)) return false;
  return Number.isFinite(value.delayMs) && Number.isFinite(value.uncertaintyMs);
}
