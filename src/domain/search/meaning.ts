import { intensities, levels as allLevels, sports as allSports, type Intensity } from "../class-plan.ts";
import type { FoundDuration } from "./duration.ts";
import type { Meaning } from "./lexicon.ts";
import type { ChipKind, Constraint, Feel } from "./query.ts";

/** What one phrase of a query adds to it. */
export interface Found {
  readonly constraint: Constraint | null;
  readonly chipKind: ChipKind;
  readonly label: string;
  readonly feel?: Feel;
}

function minutesLabel(seconds: number): string {
  return `${Math.round(seconds / 60)} min`;
}

export function durationLabel({ minS, maxS }: Pick<FoundDuration, "minS" | "maxS">): string {
  if (minS === 0) return `up to ${minutesLabel(maxS)}`;
  if (maxS >= 24 * 3600) return `at least ${minutesLabel(minS)}`;
  const middle = (minS + maxS) / 2;
  return maxS / minS < 1.25 ? minutesLabel(middle) : `${Math.round(minS / 60)}-${minutesLabel(maxS)}`;
}

function intensityLabel(list: readonly Intensity[]): string {
  return list.join(" or ");
}

/** What a phrase asks for when "no" or "not" stands before it. "Not hard" means less; "not easy" means more. */
export function negated(meaning: Meaning): Found | null {
  switch (meaning.kind) {
    case "intensity": {
      const left = intensities.filter((intensity) => !meaning.intensities.includes(intensity));
      return {
        constraint: { kind: "intensity", intensities: left },
        chipKind: "intensity",
        label: intensityLabel(left),
      };
    }
    case "sport": {
      const left = allSports.filter((sport) => !meaning.sports.includes(sport));
      const label = `no ${meaning.sports.join(" or ")}`;
      return { constraint: { kind: "sport", sports: left }, chipKind: "sport", label };
    }
    case "equipment": {
      const { equipment } = meaning;
      return {
        constraint: { kind: "without-equipment", equipment },
        chipKind: "without-equipment",
        label: `no ${equipment}`,
      };
    }
    case "concept": {
      const { concept } = meaning;
      if (concept === "jumps")
        return { constraint: { kind: "low-impact" }, chipKind: "low-impact", label: "low impact" };
      return { constraint: { kind: "without", concept }, chipKind: "without", label: `no ${concept}` };
    }
    case "length": {
      const minS = meaning.minMinutes === 0 ? meaning.maxMinutes * 60 : 0;
      const maxS = meaning.minMinutes === 0 ? 24 * 3600 : meaning.minMinutes * 60 - 1;
      return {
        constraint: { kind: "duration", minS, maxS },
        chipKind: "duration",
        label: durationLabel({ minS, maxS }),
      };
    }
    case "level": {
      const left = allLevels.filter((level) => level !== meaning.level);
      return { constraint: { kind: "level", levels: left }, chipKind: "level", label: left.join(" or ") };
    }
    case "feel":
    case "music":
    case "low-impact":
    case "no-equipment":
      return null;
  }
}

/** What a phrase asks for where nothing negates it. */
export function affirmed(meaning: Meaning, phrase: string): Found {
  switch (meaning.kind) {
    case "intensity":
      return {
        constraint: { kind: "intensity", intensities: meaning.intensities },
        chipKind: "intensity",
        label: intensityLabel(meaning.intensities),
      };
    case "sport":
      return {
        constraint: { kind: "sport", sports: meaning.sports },
        chipKind: "sport",
        label: meaning.sports.join(" or "),
      };
    case "level":
      return {
        constraint: { kind: "level", levels: [meaning.level] },
        chipKind: "level",
        label: meaning.level,
      };
    case "equipment":
      return {
        constraint: { kind: "equipment", equipment: [meaning.equipment] },
        chipKind: "equipment",
        label: meaning.equipment,
      };
    case "no-equipment":
      return { constraint: { kind: "no-equipment" }, chipKind: "no-equipment", label: "no equipment" };
    case "low-impact":
      return { constraint: { kind: "low-impact" }, chipKind: "low-impact", label: "low impact" };
    case "length": {
      const minS = meaning.minMinutes * 60;
      const maxS = Math.min(meaning.maxMinutes * 60, 24 * 3600);
      const label =
        meaning.minMinutes === 0 ? durationLabel({ minS, maxS }) : `at least ${minutesLabel(minS)}`;
      return { constraint: { kind: "duration", minS, maxS }, chipKind: "duration", label };
    }
    case "concept":
      return {
        constraint: null,
        chipKind: "feel",
        label: phrase,
        ...(meaning.feel && { feel: meaning.feel }),
      };
    case "feel":
      return {
        constraint:
          meaning.intensities === undefined ? null : { kind: "intensity", intensities: meaning.intensities },
        chipKind: "feel",
        label: meaning.name,
        feel: meaning.feel,
      };
    case "music":
      return { constraint: null, chipKind: "music", label: `music: ${phrase}` };
  }
}
