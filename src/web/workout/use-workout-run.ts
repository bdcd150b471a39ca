import { useEffect, useState, useSyncExternalStore } from "react";
import type { Mode, Swap } from "#domain/soundtrack.ts";
import type { Leaves, Source } from "../ui/routes.ts";
import { fetchCourse } from "./course.ts";
import { openKeep, privateKeep } from "./keep/keep.ts";
import { movementOf } from "./movement.ts";
import { WorkoutRun } from "./run.ts";
import type { RunView } from "./run-store.ts";
import type { WorkoutActions } from "./screen/contract.ts";

export interface RunChoice {
  readonly classId: string;
  readonly mode: Mode;
  readonly source: Source;
  readonly leaves: Leaves;
  readonly swaps: readonly Swap[];
  /** An interrupted workout to go on with instead of a new one. */
  readonly continueId: string | null;
  /** For the source "replay". */
  readonly replayFile: File | null;
}

export type RunState =
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "open"; readonly run: WorkoutRun };

async function makeRun(choice: RunChoice): Promise<WorkoutRun> {
  const leaves = choice.continueId === null ? choice.leaves : "all";
  const keep = leaves === "all" ? await openKeep() : privateKeep(leaves);
  const interrupted = choice.continueId === null ? null : await keep.get(choice.continueId);
  const { mode, source } = interrupted?.head ?? choice;
  const course = interrupted?.course ?? (await fetchCourse(choice.classId, choice.swaps));
  const makeMovement = await movementOf(source, course, choice.replayFile);
  return new WorkoutRun({ course, mode, source, makeMovement, keep, leaves, interrupted });
}

/** The run of a workout page: made when the page opens, closed when it is left. Another choice needs another page. */
export function useWorkoutRun(choice: RunChoice): RunState {
  const { classId, mode, source, leaves, swaps, continueId, replayFile } = choice;
  const [state, setState] = useState<RunState>({ kind: "loading" });
  useEffect(() => {
    let left = false;
    let run: WorkoutRun | null = null;
    makeRun({ classId, mode, source, leaves, swaps, continueId, replayFile }).then(
      (made) => {
        if (left) return made.close();
        run = made;
        setState({ kind: "open", run });
        return run.open();
      },
      (error: unknown) => setState({ kind: "failed", error }),
    );
    return () => {
      left = true;
      run?.close();
    };
  }, [classId, mode, source, leaves, swaps, continueId, replayFile]);
  return state;
}

/** What the screen needs of an open run. */
export function useRunView(run: WorkoutRun): { readonly view: RunView; readonly actions: WorkoutActions } {
  return { view: useSyncExternalStore(run.store.subscribe, run.store.getSnapshot), actions: run.actions };
}
