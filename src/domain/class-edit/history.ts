/** What was done to a class in the editor, so that it can be undone. */
import type { ClassEdit } from "./class-edit.ts";

/** Deeper than anybody goes back. */
export const maxSteps = 200;

export interface EditHistory {
  readonly past: readonly ClassEdit[];
  readonly present: ClassEdit;
  readonly future: readonly ClassEdit[];
  /** What the last step was about; the same again becomes one step with it. */
  readonly about: string | null;
}

export function startHistory(edit: ClassEdit): EditHistory {
  return { past: [], present: edit, future: [], about: null };
}

/**
 * Adds a step and forgets what was undone. Steps in a row about the same thing, such as one drag or one number being typed,
 * are undone together. An edit that is the one before is no step.
 */
export function did(history: EditHistory, edit: ClassEdit, about: string | null = null): EditHistory {
  if (edit === history.present) return history;
  const joins = about !== null && about === history.about;
  const past = joins ? history.past : [...history.past, history.present].slice(-maxSteps);
  return { past, present: edit, future: [], about };
}

/** The next step begins anew, whatever it is about. */
export function settled(history: EditHistory): EditHistory {
  return history.about === null ? history : { ...history, about: null };
}

export function undone(history: EditHistory): EditHistory {
  const present = history.past.at(-1);
  if (present === undefined) return history;
  const future = [history.present, ...history.future];
  return { past: history.past.slice(0, -1), present, future, about: null };
}

export function redone(history: EditHistory): EditHistory {
  const [present, ...future] = history.future;
  if (present === undefined) return history;
  return { past: [...history.past, history.present], present, future, about: null };
}
