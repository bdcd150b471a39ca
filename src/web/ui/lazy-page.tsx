/** Pages whose code comes when they are first needed, or a little before. */
import { lazy, type ComponentType, type LazyExoticComponent } from "react";
import { Failed } from "./states.tsx";

/** The page is there, its code is not: the server is away, or was replaced by a newer one. */
function CodeMissing() {
  const error = new Error("This page did not arrive from the server. Load it again.");
  return (
    <main className="page">
      <Failed error={error} onRetry={() => location.reload()} />
    </main>
  );
}

const loads: (() => Promise<unknown>)[] = [];

export function lazyPage<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  loads.push(load);
  return lazy(async () => ({ default: await load().catch(() => CodeMissing) }));
}

/** Gets every page's code while nothing else is to be done, so that no page has to be waited for. */
export function loadPagesWhenIdle(): void {
  const loadAll = () => {
    for (const load of loads) load().catch(() => {}); // it is asked for again when the page is opened
  };
  if ("requestIdleCallback" in globalThis) requestIdleCallback(loadAll);
  else setTimeout(loadAll, 2_000); // Safari
}
