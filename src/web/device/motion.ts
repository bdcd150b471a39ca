/** Acceleration including gravity, m/s²; `tMs` is host time (performance.now()). */
export interface MotionReading {
  readonly tMs: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** A device that feels motion tells so at once; one without says nothing for ever. */
const silenceMs = 3_000;

/** iOS asks the person; elsewhere there is no such method. */
type Asking = typeof DeviceMotionEvent & { requestPermission?: () => Promise<"granted" | "denied"> };

/** Why this device's motion cannot be used, as far as can be known without asking for it; null when it may. */
export function motionTrouble(): string | null {
  if (!globalThis.isSecureContext) {
    return "This address is not a secure one, so the browser keeps motion off. Open Upbeat over HTTPS.";
  }
  if (!("DeviceMotionEvent" in globalThis) || navigator.maxTouchPoints === 0) {
    return "This device feels no motion. A phone that you carry or wear does.";
  }
  return null;
}

/**
 * Tells readings, about 60 a second, until the returned function is called. Call it from a press: some browsers ask the
 * person. `onSilence` is called once when nothing comes. Rejects in words when it is not allowed.
 */
export async function listenToMotion(
  onReading: (reading: MotionReading) => void,
  onSilence: () => void,
): Promise<() => void> {
  const trouble = motionTrouble();
  if (trouble !== null) throw new Error(trouble);
  const answer = await (DeviceMotionEvent as Asking).requestPermission?.();
  if (answer === "denied") throw new Error("The browser was not allowed to feel this phone's motion.");
  const silence = setTimeout(onSilence, silenceMs);
  const onMotion = ({ accelerationIncludingGravity: acceleration, timeStamp }: DeviceMotionEvent) => {
    if (acceleration === null) return;
    const { x, y, z } = acceleration;
    if (x === null || y === null || z === null) return;
    clearTimeout(silence);
    onReading({ tMs: timeStamp, x, y, z });
  };
  addEventListener("devicemotion", onMotion);
  return () => {
    clearTimeout(silence);
    removeEventListener("devicemotion", onMotion);
  };
}
