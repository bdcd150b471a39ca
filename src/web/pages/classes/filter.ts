/** The filter of the class list, kept in the address so that it can be shared and returned to. */
import { intensities, sports } from "#domain/class-plan.ts";
import type { ClassFilter } from "#client/paths.ts";

export const lengths = [
  { value: "", label: "Any length" },
  { value: "0-20", label: "Up to 20 min" },
  { value: "20-40", label: "20 to 40 min" },
  { value: "40-60", label: "40 to 60 min" },
  { value: "60-1000", label: "An hour or more" },
] as const;

export interface FilterFields {
  readonly query: string;
  readonly sport: string;
  readonly length: string;
  readonly intensity: string;
}

/** Reads the address; what is not known is dropped. */
export function fieldsOf(search: string): FilterFields {
  const parameters = new URLSearchParams(search);
  const one = (name: string, known: readonly string[]) =>
    known.find((value) => value === parameters.get(name)) ?? "";
  return {
    query: (parameters.get("query") ?? "").slice(0, 300),
    sport: one("sport", sports),
    length: one(
      "length",
      lengths.map(({ value }) => value),
    ),
    intensity: one("intensity", intensities),
  };
}

export function searchOf(fields: FilterFields): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value !== "") parameters.set(name, String(value));
  return parameters.toString();
}

export function apiFilterOf({ query, sport, length, intensity }: FilterFields): ClassFilter {
  const [low, high] = length.split("-").map(Number);
  return {
    query: query.trim(),
    sport,
    intensity,
    ...(length === "" ? {} : { minMinutes: low, maxMinutes: high }),
  };
}
