import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ClassPlan } from "#domain/class-plan.ts";
import { planFromJson } from "#protocol/class-json.ts";
import { databaseName, defaultKeysDir } from "#server/open-data-folder.ts";
import { ownClassesIn } from "#server/own-classes-in.ts";
import type { RunningServer } from "#server/running-server.ts";
import { withDataFolder } from "./data-folder.ts";

export interface OwnClassChoice {
  readonly data: string;
  readonly keys?: string;
}

interface ClassPage {
  readonly items: readonly { readonly id: string }[];
  readonly nextCursor: string | null;
}

async function ownClassesOfServer(server: RunningServer): Promise<ClassPlan[]> {
  const plans: ClassPlan[] = [];
  let cursor: string | null = null;
  do {
    const from: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page = (await (await server.request("GET", `/v1/classes?own=true${from}`)).json()) as ClassPage;
    for (const { id } of page.items) {
      const file = await server.request("GET", `/v1/classes/${encodeURIComponent(id)}/file?format=json`);
      plans.push(planFromJson(((await file.json()) as { text: string }).text).plan);
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return plans;
}

/** The classes that the owner of a data folder made or brought; none where there is no such folder yet. */
export async function ownClasses({
  data,
  keys = defaultKeysDir(),
}: OwnClassChoice): Promise<readonly ClassPlan[]> {
  if (!existsSync(join(data, databaseName))) return [];
  return withDataFolder<readonly ClassPlan[]>(data, {
    throughServer: ownClassesOfServer,
    directly: ({ store }) => ownClassesIn(store, keys),
  });
}
