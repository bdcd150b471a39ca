import type { ClassPlan } from "../class-plan.ts";
import { classDims, classVectorOf } from "./class-vector.ts";
import { Vectors } from "./vectors.ts";

/** Within one family neighbours differ by minutes: so many places are looked through for other families. */
const lookedThrough = 120;
const mostOfFamily = 2;

/** Whoever can do the one can do the other: the same sport, no other equipment, low impact where it was. */
function canReplace(plan: ClassPlan, other: ClassPlan): boolean {
  return (
    other.id !== plan.id &&
    other.sport === plan.sport &&
    other.equipment.every((item) => plan.equipment.includes(item)) &&
    (other.lowImpact || !plan.lowImpact)
  );
}

const indexes = new WeakMap<readonly ClassPlan[], Vectors>();

function vectorsOf(plans: readonly ClassPlan[]): Vectors {
  const known = indexes.get(plans);
  if (known !== undefined) return known;
  const rows = new Float32Array(plans.length * classDims);
  for (const [row, plan] of plans.entries()) rows.set(classVectorOf(plan), row * classDims);
  const vectors = new Vectors(rows, classDims);
  indexes.set(plans, vectors);
  return vectors;
}

/** The classes most like one, the nearest first; at most two of a family. The index is kept for as long as the list of classes. */
export function classesLike(
  plan: ClassPlan,
  plans: readonly ClassPlan[],
  { limit }: { readonly limit: number },
): ClassPlan[] {
  const among = Uint32Array.from(plans.keys()).filter((row) => canReplace(plan, plans[row]!));
  const near = vectorsOf(plans).nearest(classVectorOf(plan), { limit: lookedThrough, among });
  const placed = new Map<string, number>();
  const chosen: ClassPlan[] = [];
  for (const { row } of near) {
    const other = plans[row]!;
    const count = placed.get(other.family) ?? 0;
    if (count >= mostOfFamily) continue;
    placed.set(other.family, count + 1);
    chosen.push(other);
    if (chosen.length === limit) break;
  }
  return chosen;
}
