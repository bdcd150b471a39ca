/** Deleting with a moment to think again: nothing is sent until the moment has passed. */
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from "react";
import { Button } from "./controls.tsx";
import "./undo.css";

/** Long enough to read the line and reach the button. */
const undoForMs = 8000;

interface Pending {
  readonly id: string;
  readonly text: string;
  readonly carryOut: () => Promise<unknown>;
}

interface Undo {
  /** Ids that are as good as gone: leave them out of lists. */
  readonly goneIds: ReadonlySet<string>;
  readonly later: (pending: Pending) => void;
}

const UndoContext = createContext<Undo>({ goneIds: new Set(), later: () => undefined });

export const useUndo = () => useContext(UndoContext);

export function UndoProvider({ children }: { children: ReactNode }) {
  const [pending, setPending] = useState<Pending | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [goneIds, setGoneIds] = useState<ReadonlySet<string>>(new Set());
  const waiting = useRef<Pending | null>(null);

  const settle = useCallback(() => {
    const due = waiting.current;
    waiting.current = null;
    setPending(null);
    due?.carryOut().catch(() => {
      setFailed("The server did not delete it, so it is still here.");
      setGoneIds((ids) => new Set([...ids].filter((id) => id !== due.id)));
    });
  }, []);
  const later = useCallback(
    (next: Pending) => {
      settle();
      waiting.current = next;
      setFailed(null);
      setPending(next);
      setGoneIds((ids) => new Set([...ids, next.id]));
    },
    [settle],
  );
  const undo = useCallback(() => {
    const { id } = waiting.current ?? { id: "" };
    waiting.current = null;
    setPending(null);
    setGoneIds((ids) => new Set([...ids].filter((gone) => gone !== id)));
  }, []);

  useEffect(() => {
    if (pending === null) return;
    const timer = setTimeout(settle, undoForMs);
    return () => clearTimeout(timer);
  }, [pending, settle]);
  useEffect(() => {
    addEventListener("pagehide", settle);
    return () => removeEventListener("pagehide", settle);
  }, [settle]);

  const value = useMemo(() => ({ goneIds, later }), [goneIds, later]);
  return (
    <UndoContext.Provider value={value}>
      {children}
      <div className="undo-place" role="status">
        {pending !== null && (
          <div className="undo">
            <span>{pending.text}</span>
            <Button onPress={undo}>Undo</Button>
          </div>
        )}
        {failed !== null && (
          <div className="undo">
            <span>{failed}</span>
            <Button onPress={() => setFailed(null)}>Close</Button>
          </div>
        )}
      </div>
    </UndoContext.Provider>
  );
}
