/** Where in the revolution each sensor of this browser counts: learned from taps, kept here. */
export interface CrankAngle {
  readonly angleRev: number;
  readonly delayMs: number;
  readonly uncertaintyMs: number;
}

const storageKey = "upbeat.crank-angles";

/** Null forgets it. */
export function keepCrankAngle(sensor: string, angle: CrankAngle | null): void {
  const { [sensor]: _, ...others } = crankAngles();
  const angles = angle === null ? others : { ...others, [sensor]: angle };
  localStorage.setItem(storageKey, JSON.stringify(angles));
}

/** By sensor. */
export function crankAngles(): Readonly<Record<string, CrankAngle>> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "{}");
    if (typeof kept !== "object" || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter(([, angle]) => isAngle(angle)));
  } catch {
    return {};
  }
}

function isAngle(value: unknown): value is CrankAngle {
  if (typeof value !== "object" || value === null) return false;
  if (!("angleRev" in value && "delayMs" in value && "uncertaintyMs" in value)) return false;
  return [value.angleRev, value.delayMs, value.uncertaintyMs].every(Number.isFinite);
}
