import type { WorkoutView } from "./screen/contract.ts";

/** What the page shows of a run: the screen's view, and what lies around it. */
export interface RunView extends WorkoutView {
  readonly workoutId: string;
  /** What went wrong and what it means, for the person; null while nothing did. */
  readonly trouble: string | null;
}

/** The latest view and who wants to hear of new ones; made for React's useSyncExternalStore. */
export class RunStore {
  #view: RunView;
  readonly #listeners = new Set<() => void>();

  constructor(view: RunView) {
    this.#view = view;
  }

  readonly getSnapshot = (): RunView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  publish(view: RunView): void {
    this.#view = view;
    for (const listener of this.#listeners) listener();
  }
}
