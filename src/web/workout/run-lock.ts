/** A running workout holds a lock of the browser, so that another tab neither offers to continue nor ends it. */
function nameOf(workoutId: string): string {
  return `upbeat-run-${workoutId}`;
}

/** Holds the lock until the returned function is called or the tab goes away. */
export function lockRun(workoutId: string): () => void {
  let release = () => {};
  if ("locks" in navigator) {
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    void navigator.locks.request(nameOf(workoutId), () => held);
  }
  return () => release();
}

export async function runningElsewhere(workoutId: string): Promise<boolean> {
  if (!("locks" in navigator)) return false;
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === nameOf(workoutId));
}
