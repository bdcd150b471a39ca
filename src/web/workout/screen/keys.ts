/** The keys of the workout screen. */
import { useEffect } from "react";

export type KeyAction =
  | "start-or-pause"
  | "skip-track"
  | "skip-block"
  | "end"
  | "tap"
  | "why"
  | "video"
  | "help"
  | "close";

export const keyList: readonly {
  readonly keys: string;
  readonly does: string;
  readonly action: KeyAction;
}[] = [
  { keys: "Space", does: "Start, pause, go on", action: "start-or-pause" },
  { keys: "→", does: "Next track", action: "skip-track" },
  { keys: "↓", does: "Next block", action: "skip-block" },
  { keys: "T", does: "Tap your strokes or steps", action: "tap" },
  { keys: "E", does: "End the workout", action: "end" },
  { keys: "W", does: "Show or hide why the music does this", action: "why" },
  { keys: "V", does: "Show or hide the video", action: "video" },
  { keys: "?", does: "Show or hide this", action: "help" },
  { keys: "Esc", does: "Close what is open", action: "close" },
];

const actionsByKey: Readonly<Record<string, KeyAction>> = {
  " ": "start-or-pause",
  ArrowRight: "skip-track",
  ArrowDown: "skip-block",
  t: "tap",
  T: "tap",
  e: "end",
  E: "end",
  w: "why",
  W: "why",
  v: "video",
  V: "video",
  "?": "help",
  Escape: "close",
};

/** A focused control keeps its own keys: Space presses a button, arrows move a choice. */
function belongsToControl(event: KeyboardEvent): boolean {
  const { target, key } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("input, select, textarea, [role=slider]") !== null) return true;
  if (key.startsWith("Arrow") && target.closest("dialog") !== null) return true;
  return key === " " && target.closest("button, a, summary") !== null;
}

export function useWorkoutKeys(act: (action: KeyAction, pressedMs: number) => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const action = actionsByKey[event.key];
      if (action === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      if (belongsToControl(event) || event.repeat) return;
      event.preventDefault();
      act(action, event.timeStamp);
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [act]);
}
