/** The class being edited, what was done to it, and which block is chosen. */
import { useCallback, useMemo, useState } from "react";
import {
  placedBlocks,
  type ClassEdit,
  type EditBlock,
  type PlacedBlock,
} from "#domain/class-edit/class-edit.ts";
import { did, redone, settled, startHistory, undone, type EditHistory } from "#domain/class-edit/history.ts";
import { changeBlock } from "#domain/class-edit/operations.ts";

interface Choice {
  readonly blockId: number;
  readonly pass: number;
}

export interface Editor {
  readonly edit: ClassEdit;
  readonly placed: readonly PlacedBlock[];
  /** Null only in a class without blocks. */
  readonly chosen: PlacedBlock | null;
  readonly chosenIndex: number;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** One step; the same `about` in a row is one step together. */
  readonly change: (edit: ClassEdit, about?: string) => void;
  readonly changeChosen: (change: (block: EditBlock) => EditBlock, about?: string) => void;
  readonly choose: (choice: Choice) => void;
  readonly settle: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

export function useEditor(initial: ClassEdit): Editor {
  const [history, setHistory] = useState<EditHistory>(() => startHistory(initial));
  const [choice, choose] = useState<Choice | null>(null);
  const { present } = history;
  const placed = useMemo(() => placedBlocks(present), [present]);
  const found = placed.findIndex(({ block, pass }) => block.id === choice?.blockId && pass === choice.pass);
  const sameBlock = placed.findIndex(({ block }) => block.id === choice?.blockId);
  const chosenIndex = found >= 0 ? found : Math.max(0, sameBlock);
  const chosen = placed[chosenIndex] ?? null;
  const change = useCallback(
    (edit: ClassEdit, about?: string) => setHistory((before) => did(before, edit, about)),
    [],
  );
  const chosenId = chosen?.block.id;
  const changeChosen = useCallback(
    (changing: (block: EditBlock) => EditBlock, about?: string) => {
      if (chosenId === undefined) return;
      setHistory((before) =>
        did(
          before,
          changeBlock(before.present, chosenId, changing),
          about === undefined ? null : `${about} ${chosenId}`,
        ),
      );
    },
    [chosenId],
  );
  return {
    edit: present,
    placed,
    chosen,
    chosenIndex,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    change,
    changeChosen,
    choose,
    settle: useCallback(() => setHistory(settled), []),
    undo: useCallback(() => setHistory(undone), []),
    redo: useCallback(() => setHistory(redone), []),
  };
}
