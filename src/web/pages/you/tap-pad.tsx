/** A large field to tap on; Space, Enter and T tap, too. */
import { useEffect } from "react";
import "./tap-pad.css";

/** Taps count when the finger comes down. */
export function useTapKeys(on: boolean, tap: (tMs: number) => void): void {
  useEffect(() => {
    if (!on) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key !== " " && event.key !== "Enter" && event.key.toLowerCase() !== "t") return;
      event.preventDefault();
      tap(event.timeStamp);
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [on, tap]);
}

interface TapPadProps {
  readonly word: string;
  readonly figures: string;
  readonly progress: { readonly value: number; readonly max: number; readonly label: string };
  readonly onTap: (tMs: number) => void;
}

export function TapPad({ word, figures, progress, onTap }: TapPadProps) {
  return (
    <button type="button" className="tap-pad" onPointerDown={({ timeStamp }) => onTap(timeStamp)}>
      <span className="tap-pad-word">{word}</span>
      <span className="figures">{figures}</span>
      <progress max={progress.max} value={progress.value} aria-label={progress.label} />
    </button>
  );
}

/** In the pad's place when taps are no longer counted: a late one presses nothing. */
export function RestPad({ word, figures, progress }: Omit<TapPadProps, "onTap">) {
  return (
    <div className="tap-pad rest-pad">
      <span className="tap-pad-word">{word}</span>
      <span className="figures">{figures}</span>
      <progress max={progress.max} value={progress.value} aria-label={progress.label} />
    </div>
  );
}
