import type { ClassEntry } from "./class-entry.ts";
import type { Query } from "./query.ts";

/** From this fit on a class is said to have the wished feel. */
const fittingFeel = 0.4;

/** Plain sentences: what a class fulfils, which words its text shares, which wish it fits. */
export function whyOf(query: Query, entry: ClassEntry, matched: readonly string[], fit: number): string[] {
  const { plan } = entry;
  const why = query.constraints.map((constraint): string => {
    switch (constraint.kind) {
      case "duration":
        return `${plan.durationS / 60} min, as long as you asked.`;
      case "sport":
        return `It is ${plan.sport}.`;
      case "intensity":
        return `The work is ${plan.intensity}.`;
      case "level":
        return `Made for ${plan.level} level.`;
      case "equipment":
        return `Uses your ${constraint.equipment.filter((thing) => plan.equipment.includes(thing)).join(" and ")}.`;
      case "no-equipment":
        return "Needs no equipment.";
      case "without-equipment":
        return `Needs no ${constraint.equipment}.`;
      case "low-impact":
        return "Low impact.";
      case "without":
        return `No ${constraint.concept} in it.`;
    }
  });
  if (matched.length > 0) why.push(`Its text speaks of ${matched.map((word) => `"${word}"`).join(", ")}.`);
  const feel = query.chips.filter((chip) => chip.kind === "feel").map((chip) => chip.label);
  if (feel.length > 0 && fit > fittingFeel) why.push(`Fits "${feel.join(", ")}".`);
  return why;
}
