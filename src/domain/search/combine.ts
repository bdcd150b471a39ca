import type { Constraint } from "./query.ts";

/** A constraint and whether a negation made it. */
export interface Said {
  readonly constraint: Constraint;
  readonly negation: boolean;
}

/** Wanted lists are alternatives ("run or row"); what a negation leaves holds for each of them. */
function combine<T>(
  said: readonly { readonly list: readonly T[]; readonly negation: boolean }[],
): readonly T[] | null {
  if (said.length === 0) return null;
  const wanted = said.filter((one) => !one.negation).flatMap((one) => one.list);
  const allowed = said.filter((one) => one.negation).map((one) => one.list);
  const from = wanted.length > 0 ? wanted : (allowed[0] ?? []);
  return [...new Set(from)].filter((item) => allowed.every((list) => list.includes(item)));
}

/** One constraint for each of sport, intensity, level and equipment ("dumbbells or bands" is either); all others as they were said. */
export function merged(said: readonly Said[]): Constraint[] {
  const rest: Constraint[] = [];
  const sportLists = [];
  const intensityLists = [];
  const levelLists = [];
  const things: string[] = [];
  for (const { constraint, negation } of said) {
    if (constraint.kind === "sport") sportLists.push({ list: constraint.sports, negation });
    else if (constraint.kind === "intensity") intensityLists.push({ list: constraint.intensities, negation });
    else if (constraint.kind === "level") levelLists.push({ list: constraint.levels, negation });
    else if (constraint.kind === "equipment") things.push(...constraint.equipment);
    else rest.push(constraint);
  }
  const sports = combine(sportLists);
  const wantedIntensities = combine(intensityLists);
  const levels = combine(levelLists);
  return [
    ...rest,
    ...(things.length === 0 ? [] : [{ kind: "equipment", equipment: things } as const]),
    ...(sports === null ? [] : [{ kind: "sport", sports } as const]),
    ...(wantedIntensities === null ? [] : [{ kind: "intensity", intensities: wantedIntensities } as const]),
    ...(levels === null ? [] : [{ kind: "level", levels } as const]),
  ];
}
