/** What the keys do while the blocks have the focus. */
import { duplicateBlock, moveBlock, removeBlock } from "#domain/class-edit/operations.ts";
import { keyStepS, nudged, withDuration } from "./dragging.ts";
import type { Editor } from "./use-editor.ts";

export const keyList = [
  { keys: "← →", does: "another block" },
  { keys: "Shift ← →", does: "shorter, longer" },
  { keys: "↑ ↓", does: "harder, easier; with Shift in larger steps" },
  { keys: "Alt ← →", does: "earlier, later" },
  { keys: "Ctrl D", does: "duplicate" },
  { keys: "Delete", does: "delete" },
  { keys: "Ctrl Z", does: "undo" },
  { keys: "Ctrl Y", does: "redo" },
] as const;

interface Press {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** Undo and redo, anywhere in the editor. True when the press was one of ours. */
export function pressAnywhere(press: Press, editor: Editor): boolean {
  if (!press.ctrlKey && !press.metaKey) return false;
  const key = press.key.toLowerCase();
  if (key === "z" && !press.shiftKey) editor.undo();
  else if (key === "y" || key === "z") editor.redo();
  else return false;
  return true;
}

/** How many steps of power or exertion a press with Shift is. */
const largeStep = 5;

function chooseAt(editor: Editor, index: number): void {
  const placed = editor.placed[Math.min(Math.max(0, index), editor.placed.length - 1)];
  if (placed !== undefined) editor.choose({ blockId: placed.block.id, pass: placed.pass });
}

/** A press while the blocks have the focus. True when it was one of ours. */
export function pressOnBlocks(press: Press, editor: Editor): boolean {
  const { chosen, chosenIndex, edit } = editor;
  if (chosen === null) return false;
  const { id, durationS } = chosen.block;
  const sideways = press.key === "ArrowLeft" ? -1 : 1;
  const harder = press.key === "ArrowDown" ? -1 : 1;
  switch (press.key) {
    case "ArrowLeft":
    case "ArrowRight":
      if (press.altKey) editor.change(moveBlock(edit, id, sideways));
      else if (press.shiftKey)
        editor.changeChosen(
          (block) => withDuration(block, durationS + sideways * keyStepS(durationS)),
          "length",
        );
      else chooseAt(editor, chosenIndex + sideways);
      return true;
    case "ArrowUp":
    case "ArrowDown":
      editor.changeChosen((block) => nudged(block, harder * (press.shiftKey ? largeStep : 1)), "target");
      return true;
    case "Home":
      chooseAt(editor, 0);
      return true;
    case "End":
      chooseAt(editor, editor.placed.length - 1);
      return true;
    case "Delete":
    case "Backspace":
      removeChosen(editor);
      return true;
    case "d":
      if (!press.ctrlKey && !press.metaKey) return false;
      duplicateChosen(editor);
      return true;
    default:
      return false;
  }
}

/** The block before the deleted one is chosen next. */
export function removeChosen(editor: Editor): void {
  if (editor.chosen === null) return;
  const { id } = editor.chosen.block;
  const before = editor.placed.slice(0, editor.chosenIndex).findLast(({ block }) => block.id !== id);
  editor.change(removeBlock(editor.edit, id));
  if (before !== undefined) editor.choose({ blockId: before.block.id, pass: before.pass });
}

export function duplicateChosen(editor: Editor): void {
  if (editor.chosen === null) return;
  const { edit, chosen } = editor;
  editor.change(duplicateBlock(edit, chosen.block.id));
  editor.choose({ blockId: edit.nextId, pass: chosen.pass });
}
