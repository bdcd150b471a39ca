/** Asks before unsaved changes are left behind: by a link, by Back, or by closing the page. */
import { useCallback, useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { Button } from "../../ui/controls.tsx";
import { Dialog } from "../../ui/dialog.tsx";

export interface LeaveGuard {
  /** Where the person wants to go; null while nobody wants to. */
  readonly wanted: string | null;
  readonly stay: () => void;
  /** Goes there without asking. */
  readonly leaveFor: (path: string) => void;
}

export function useLeaveGuard(isDirty: boolean): LeaveGuard {
  const [wanted, setWanted] = useState<string | null>(null);
  const [, navigate] = useLocation();
  const free = useRef(false);
  useEffect(() => {
    if (!isDirty) return;
    const closing = (event: BeforeUnloadEvent) => {
      if (!free.current) event.preventDefault();
    };
    const leaving = (event: NavigateEvent) => {
      const { href, origin, pathname, search } = new URL(event.destination.url);
      const isHere = pathname === location.pathname && search === location.search;
      if (free.current || !event.cancelable || event.downloadRequest !== null || isHere) return;
      event.preventDefault();
      setWanted(origin === location.origin ? `${pathname}${search}` : href);
    };
    // Browsers without the Navigation API guard the closing of the page alone.
    const api = "navigation" in globalThis ? navigation : null;
    addEventListener("beforeunload", closing);
    api?.addEventListener("navigate", leaving);
    return () => {
      removeEventListener("beforeunload", closing);
      api?.removeEventListener("navigate", leaving);
    };
  }, [isDirty]);
  const leaveFor = useCallback(
    (path: string) => {
      free.current = true;
      navigate(path);
    },
    [navigate],
  );
  return { wanted, stay: useCallback(() => setWanted(null), []), leaveFor };
}

export function LeaveDialog({ guard }: { guard: LeaveGuard }) {
  const { wanted, stay, leaveFor } = guard;
  if (wanted === null) return null;
  return (
    <Dialog title="Leave without saving?" onClose={stay}>
      <p>What you changed since the last save is lost.</p>
      <div className="dialog-choice">
        <Button weight="primary" onPress={stay}>
          Keep editing
        </Button>
        <Button weight="danger" onPress={() => leaveFor(wanted)}>
          Leave
        </Button>
      </div>
    </Dialog>
  );
}
