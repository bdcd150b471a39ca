import type { DatabaseSync } from "node:sqlite";
import type { ClassPlan } from "#domain/class-plan.ts";
import type { SynchronousParts } from "./methods.ts";

export function sqliteClasses(db: DatabaseSync): SynchronousParts["classes"] {
  const put = db.prepare(
    "INSERT INTO class_plan (id, plan) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET plan = excluded.plan",
  );
  const get = db.prepare("SELECT plan FROM class_plan WHERE id = ?");
  const list = db.prepare("SELECT plan FROM class_plan ORDER BY id");
  const remove = db.prepare("DELETE FROM class_plan WHERE id = ?");
  return {
    putClass(plan) {
      put.run(plan.id, JSON.stringify(plan));
    },
    getClass(id) {
      const row = get.get(id);
      return row === undefined ? null : (JSON.parse(row.plan as string) as ClassPlan);
    },
    listClasses: () => list.all().map((row) => JSON.parse(row.plan as string) as ClassPlan),
    removeClass(id) {
      remove.run(id);
    },
  };
}
